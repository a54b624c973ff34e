/**
 * Builds the site: the page as static files for any web host, and beside it the documents, with their
 * examples to run in place, the sources that they point to, and the API reference.
 *
 *     npm run site        # in the root of the repository; writes site/dist
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { writeApi } from "./api.mjs";
import { writeDocuments } from "./documents.mjs";

const root = new URL("../", import.meta.url);
const out = new URL("site/dist/", root);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  configFile: fileURLToPath(new URL("src/page/vite.config.ts", root)),
  logLevel: "warn",
  define: { DOCUMENTS: JSON.stringify("docs/index.html") },
  build: { outDir: fileURLToPath(out) },
});
cpSync(new URL("data/", root), new URL("data/", out), {
  recursive: true,
  filter: (file) => !file.endsWith(".md"),
});
const pages = await writeDocuments(root, out);
await writeApi(root, out);
const { stdout } = spawnSync("du", ["-sh", fileURLToPath(out)], { encoding: "utf8" });
process.stdout.write(`site/dist: ${pages} documents and sources ${stdout?.split("\t")[0] ?? ""}\n`);
