/** How the page is built: into dist/page, of what the rest of the build has put into dist/src. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = resolve(root, "src/page");

/**
 * The page is built of the same compiled library that the command uses: there, kernels and the scripts of
 * threads lie beside the code that asks for them.
 */
function builtLibrary(): Plugin {
  return {
    name: "built-library",
    enforce: "pre",
    resolveId(source, importer) {
      if (source === "#platform") return resolve(root, "dist/src/platform/browser.js");
      if (importer === undefined || !source.startsWith(".")) return null;
      const file = resolve(dirname(importer), source);
      if (!file.startsWith(resolve(root, "src")) || file.startsWith(page)) return null;
      const built = file.replace(resolve(root, "src"), resolve(root, "dist/src"));
      return existsSync(built) ? built : null;
    },
  };
}

export default defineConfig({
  root: page,
  base: "./",
  plugins: [builtLibrary()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es", plugins: () => [builtLibrary()] },
  build: {
    outDir: resolve(root, "dist/page"),
    emptyOutDir: true,
    target: "es2022",
    // Everything is a file of its own: the security policy permits no `data:` scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
