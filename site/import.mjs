/** A module in TypeScript of this repository, imported under any Node.js. */
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);

export async function importTypeScript(path) {
  const entry = new URL(path, root);
  // Beside its source, so that what it finds by its own place stays there.
  const outfile = fileURLToPath(new URL(entry.href.replace(/\.ts$/, `.${process.pid}.mjs`)));
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
  try {
    return await import(`file://${outfile}`);
  } finally {
    rmSync(outfile);
  }
}
