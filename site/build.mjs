/**
 * Builds the site: the page as static files for any web host, and beside it the documents, with their
 * examples to run in place, the sources that they point to, and the API reference.
 *
 *     npm run site        # in the root of the repository; writes site/dist
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeApi } from "./api.mjs";
import { writeDocuments } from "./documents.mjs";
import { buildPage, mirroredMnist } from "./page.mjs";

const root = new URL("../", import.meta.url);
const out = new URL("site/dist/", root);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await buildPage(out, [mirroredMnist()], "docs/index.html");
const pages = await writeDocuments(root, out);
await writeApi(root, out);
const { stdout } = spawnSync("du", ["-sh", fileURLToPath(out)], { encoding: "utf8" });
process.stdout.write(`site/dist: ${pages} documents and sources ${stdout?.split("\t")[0] ?? ""}\n`);
