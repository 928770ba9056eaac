// One stylesheet: tokens, KRDS parts and our own layer, minified, without unused properties.
import { readFileSync } from "node:fs";
import path from "node:path";

import { bundle, transform } from "lightningcss";

const version = (major, minor = 0) => (major << 16) | (minor << 8);
const TARGETS = { chrome: version(105), firefox: version(121), safari: version(15, 4) };

/** What only a few pages need, in a file of its own; the frame's stylesheet has its tokens. */
export function pageSheet(entry) {
  return bundle({ filename: entry, targets: TARGETS, minify: true }).code.toString();
}

/**
 * The entry file, which imports our own layer, with the tokens and KRDS parts of `kit` before it.
 * Tokens that only the sheets of `kit.pages` use are kept as well.
 */
export function stylesheet(entry, kit) {
  const own = bundle({ filename: entry, targets: TARGETS }).code.toString();
  const css = [
    '@charset "utf-8";',
    `:root{${kit.tokens.light}}`,
    kit.root,
    kit.parts ?? "",
    own,
    ...contrast(entry, kit),
  ].join("\n");
  return withoutUnused(minified(css), names((kit.pages ?? []).join("")));
}

function names(css) {
  return [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name);
}

/** Both ways into high contrast, on screens only: paper stays black on white. */
function contrast(entry, kit) {
  const edges = readFileSync(path.join(path.dirname(entry), "contrast.css"), "utf8");
  const [, own] = edges.match(/:root\s*\{([^}]*)\}/);
  const values = `${kit.tokens.contrast}${own}`;
  return [
    `@media screen{[data-krds-mode="high-contrast"]{${values}}}`,
    `@media screen and (prefers-color-scheme:dark){[data-krds-mode="theme"]{${values}}}`,
  ];
}

function minified(css) {
  const options = { filename: "all.css", code: Buffer.from(css), minify: true, targets: TARGETS };
  return transform(options).code.toString();
}

/** Drops custom properties that nothing refers to, until none is left. */
function withoutUnused(css, kept) {
  const used = new Set([...kept, ...names(css)]);
  const left = css.replace(/(?<=[{;])(--[\w-]+):[^;}]*(;|(?=\}))/g, (whole, name) =>
    used.has(name) ? whole : "",
  );
  return left === css ? minified(css) : withoutUnused(left, kept);
}
