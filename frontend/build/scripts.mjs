// Script files: our modules bundled for a plain <script src>.
import { build } from "esbuild";

/** A module with what it imports. */
export function script(entry) {
  return bundled({ entryPoints: [entry] });
}

/** Several modules of a folder in one file: smaller than one by one. */
export function together(folder, names) {
  const contents = names.map((name) => `import "./${name}.js";`).join("");
  return bundled({ stdin: { contents, resolveDir: folder } });
}

async function bundled(source) {
  const { outputFiles } = await build({
    ...source,
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
  });
  return outputFiles[0].contents;
}
