// One script file: our modules bundled for a plain <script src>.
import { build } from "esbuild";

export async function script(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
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
