// Builds the libraries that the studio's page uses into one file each, with their licences beside them. Run by `make vendor`.
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const target = new URL("../src/deckbuilder/studio/static/vendor/", import.meta.url).pathname;
const modules = new URL("./node_modules/", import.meta.url).pathname;

await build({ entryPoints: ["codemirror.js"], bundle: true, format: "esm", minify: true, legalComments: "none", outfile: `${target}codemirror.js` });
copyFileSync(`${modules}sortablejs/modular/sortable.esm.js`, `${target}sortable.js`);
copyFileSync(`${modules}sortablejs/LICENSE`, `${target}sortable.LICENSE.txt`);
copyFileSync(`${modules}axe-core/axe.min.js`, new URL("../tests/fixtures/axe/axe.min.js", import.meta.url).pathname);
copyFileSync(`${modules}axe-core/LICENSE`, new URL("../tests/fixtures/axe/LICENSE.txt", import.meta.url).pathname);

// What is in the bundle, each with its version and licence.
const names = ["@codemirror", "@lezer", "@marijn"].flatMap((scope) => {
  try {
    return readdirSync(`${modules}${scope}`).map((name) => `${scope}/${name}`);
  } catch {
    return [];
  }
});
const said = [...names, "crelt", "style-mod", "w3c-keyname"].map((name) => {
  const { version } = JSON.parse(readFileSync(`${modules}${name}/package.json`, "utf8"));
  return `${name} ${version}\n\n${readFileSync(`${modules}${name}/LICENSE`, "utf8").trim()}\n`;
});
writeFileSync(`${target}codemirror.LICENSE.txt`, said.join(`\n${"-".repeat(72)}\n\n`));
