/** The page as files for any web host, with the generated digits, and with data sets that it may fetch. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { importTypeScript } from "./import.mjs";

const root = new URL("../", import.meta.url);
const { policy } = await importTypeScript("src/page/build/policy.ts");
const { catalogueEntry } = await importTypeScript("src/data/remote/catalogue.ts");
const { collections } = await importTypeScript("src/data/collections.ts");

/** Of the mirrors of MNIST the one that permits pages of other hosts to read its files. */
const PERMITS = "https://cdn.jsdelivr.net/";

/** What the page is told of MNIST at that mirror. */
export function mirroredMnist() {
  const { name, mirrors, files } = catalogueEntry("mnist");
  const mirror = mirrors.find((url) => url.startsWith(PERMITS));
  const { files: kinds, ...kind } = collections.find((each) => each.name === undefined);
  const known = {};
  let bytes = 0;
  for (const { remote, forms } of files) {
    const [unpacked, packed] = forms;
    known[mirror + remote] = { bytes: unpacked.bytes, sha256: unpacked.digest.hex };
    bytes += packed.bytes;
  }
  const address = (kind) => `${mirror}${kind.replace(" ", "-")}.gz`;
  const addresses = ({ images, labels }) => ({ images: address(images), labels: address(labels) });
  const parts = { train: addresses(kinds.train), test: addresses(kinds.test) };
  return { ...kind, name, files: parts, bytes, known };
}

/**
 * @param out a folder
 * @param mirrored the data sets that the page may fetch: from their hosts, and from no other
 * @param documents where the documents are, from the page
 */
export async function buildPage(out, mirrored, documents = "") {
  const origins = mirrored
    .flatMap(({ known }) => Object.keys(known))
    .map((url) => new URL(url).origin);
  const content = policy([...new Set(origins)]);
  const meta = { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content } };
  await build({
    configFile: fileURLToPath(new URL("src/page/vite.config.ts", root)),
    logLevel: "warn",
    define: { DOCUMENTS: JSON.stringify(documents) },
    plugins: [
      { name: "policy", transformIndexHtml: () => [{ ...meta, injectTo: "head-prepend" }] },
    ],
    build: { outDir: fileURLToPath(out) },
  });
  mkdirSync(new URL("data/", out), { recursive: true });
  cpSync(new URL("data/", root), new URL("data/", out), {
    recursive: true,
    filter: (file) => !file.endsWith(".md"),
  });
  const index = JSON.stringify({ sets: [], runs: [], mirrored });
  writeFileSync(new URL("data/index.json", out), index);
}
