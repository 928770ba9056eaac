// Chosen parts of KRDS compiled from its SCSS, without its own copies for high contrast.
import { readFileSync } from "node:fs";
import path from "node:path";

import { transform } from "lightningcss";
import * as sass from "sass";

const LOGO = /ico_logo_krds/;

/** CSS of the named SCSS files; icons become data addresses, the KRDS logo is left out. */
export function krdsParts(krds, names, folder = "component") {
  const scss = path.join(krds, "resources/scss");
  const source = ["common/include", ...names.map((name) => `${folder}/${name}`)]
    .map((name) => `@import "${name}";`)
    .join("\n");
  const compiled = sass.compileString(source, {
    loadPaths: [scss],
    url: new URL("file:///krds.scss"),
    logger: sass.Logger.silent,
    silenceDeprecations: ["import"],
  });
  return withoutModes(compiled.css, path.join(krds, "resources/img/component/icon"));
}

function withoutModes(css, icons) {
  const { code } = transform({
    filename: "krds.css",
    code: Buffer.from(css),
    visitor: {
      Rule: {
        style(rule) {
          const selectors = JSON.stringify(rule.value.selectors);
          return selectors.includes("data-krds-mode") ? [] : undefined;
        },
      },
      Declaration(declaration) {
        return LOGO.test(JSON.stringify(declaration)) ? [] : undefined;
      },
      Url(url) {
        return { ...url, url: dataAddress(path.join(icons, path.basename(url.url))) };
      },
    },
  });
  return code.toString();
}

function dataAddress(file) {
  const svg = readFileSync(file, "utf8").replace(/\s+/g, " ").trim();
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
