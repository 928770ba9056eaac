// Builds everything the browser gets into src/mokmin/surfaces/kit/static/built/.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { krdsParts } from "./build/krds.mjs";
import { script, together } from "./build/scripts.mjs";
import { pageSheet, stylesheet } from "./build/styles.mjs";
import { modes, tokens } from "./build/tokens.mjs";

const HERE = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const OUT = path.join(HERE, "../src/mokmin/surfaces/kit/static/built");
const require = createRequire(import.meta.url);
const KRDS = path.dirname(require.resolve("krds-uiux/package.json"));
const HTMX = path.dirname(require.resolve("htmx.org/package.json"));

/** Parts of KRDS whose form is prescribed for public sites; all else is our own layer. */
const PUBLIC_PARTS = ["skip_link", "masthead", "breadcrumb", "footer", "identifier"];
/** Behaviours of forms: each set that a form may need is one file, loaded only where it is needed. */
const FIELDS = ["drafts", "drop", "money", "picker", "sheet"];
/** Looks of single staff pages, each loaded only there. */
const PAGES = ["charts", "gallery", "month", "organisation", "orgchart", "tree"];
/** Looks of fields, loaded with forms that have such a field. */
const LOOKS = ["drop", "money"];
const FONTS = ["Regular", "Bold"];

async function build() {
  const light = await tokens(path.join(KRDS, "resources/css/token/krds_tokens.css"));
  const files = new Map();
  const kit = { tokens: modes(light), root: krdsParts(KRDS, ["root"], "common") };
  for (const name of PAGES) files.set(`${name}.css`, pageSheet(path.join(HERE, `css/pages/${name}.css`)));
  for (const name of LOOKS) files.set(`${name}.css`, pageSheet(path.join(HERE, `css/fields/${name}.css`)));
  const pages = [...files.values()];
  files.set("staff.css", stylesheet(path.join(HERE, "css/staff.css"), { ...kit, pages }));
  files.set(
    "public.css",
    stylesheet(path.join(HERE, "css/public.css"), { ...kit, parts: krdsParts(KRDS, PUBLIC_PARTS) }),
  );
  files.set("mode.js", await script(path.join(HERE, "js/mode.js")));
  files.set("app.js", await script(path.join(HERE, "js/app.js")));
  for (const names of sets(FIELDS)) files.set(`${names.join("-")}.js`, await together(path.join(HERE, "js"), names));
  files.set("htmx.min.js", await readFile(path.join(HTMX, "dist/htmx.min.js")));
  files.set("favicon.svg", await readFile(path.join(HERE, "assets/favicon.svg")));
  for (const weight of FONTS) {
    const font = path.join(KRDS, `resources/fonts/PretendardGOV-${weight}.subset.woff2`);
    files.set(`pretendard-gov-${weight.toLowerCase()}.woff2`, await readFile(font));
  }
  files.set("LICENSES.txt", await licences());
  return files;
}

/** Every set of some of the names, in their order. */
function sets(names) {
  const wider = names.reduce((found, name) => [...found, ...found.map((set) => [...set, name])], [[]]);
  return wider.filter((set) => set.length > 0);
}

async function licences() {
  const htmx = await readFile(path.join(HTMX, "LICENSE"), "utf8");
  return [
    "htmx.min.js: htmx 4.0.1",
    htmx.trim(),
    "",
    "staff.css, public.css contain design tokens and parts of krds-uiux 1.1.0 (KRDS,",
    "the Korean government's design system): KOGL type 1 (공공누리 제1유형), source attribution.",
    "",
    "pretendard-gov-*.woff2: Pretendard GOV, Copyright (c) 2021 Kil Hyung-jin, with Reserved",
    "Font Name Pretendard, under the SIL Open Font License 1.1; files taken from krds-uiux 1.1.0.",
    "",
  ].join("\n");
}

// Written aside and put in place at once: an interrupted build leaves the last good one.
const files = await build();
const aside = path.join(HERE, "node_modules/.built");
await rm(aside, { recursive: true, force: true });
await mkdir(aside, { recursive: true });
for (const [name, content] of files) await writeFile(path.join(aside, name), content);
await rm(OUT, { recursive: true, force: true });
await mkdir(path.dirname(OUT), { recursive: true });
await rename(aside, OUT);
for (const [name, content] of files) {
  const zipped = /\.(css|js)$/.test(name) ? `, ${gzipSync(content, { level: 9 }).length} gz` : "";
  console.log(`${name.padEnd(30)} ${Buffer.byteLength(content)} bytes${zipped}`);
}
