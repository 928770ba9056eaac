// One stylesheet: tokens, KRDS parts and our own layer, minified, without unused properties.
import { readFileSync } from "node:fs";
import path from "node:path";

import { bundle, transform } from "lightningcss";

const version = (major, minor = 0) => (major << 16) | (minor << 8);
const ALIAS = /(--mk-[\w-]+):\s*var\((--krds-[\w-]+)\)/g;
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
    resolved(own, values(kit.tokens.light)),
    ...contrast(entry, kit, [...own.matchAll(ALIAS)]),
  ].join("\n");
  return withoutUnused(minified(css), names((kit.pages ?? []).join("")));
}

function names(css) {
  return [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name);
}

/** Our names for tokens take their values, so that the tokens behind them fall away as unused. */
function resolved(css, known) {
  return css.replace(ALIAS, (whole, name, token) =>
    known.has(token) ? `${name}:${known.get(token)}` : whole,
  );
}

function values(declarations) {
  return new Map(declarations.split(";").map((each) => each.split(/:(.*)/s)));
}

/** Both ways into high contrast, on screens only: paper stays black on white. */
function contrast(entry, kit, aliases) {
  const known = values(kit.tokens.contrast);
  const edges = readFileSync(path.join(path.dirname(entry), "contrast.css"), "utf8");
  const [, own] = edges.match(/:root\s*\{([^}]*)\}/);
  const ours = aliases
    .filter(([, , token]) => known.has(token))
    .map(([, name, token]) => `${name}:var(${token});`)
    .join("");
  const block = kit.tokens.contrast + resolved(ours + own, known);
  return [
    `@media screen{[data-krds-mode="high-contrast"]{${block}}}`,
    `@media screen and (prefers-color-scheme:dark){[data-krds-mode="theme"]{${block}}}`,
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
