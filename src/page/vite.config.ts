/** How the page is built: into dist/page, of what the rest of the build has put into dist/src. */
import { createReadStream, existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, normalizePath, type Plugin } from "vite";
import { plainImports } from "./build/imports.js";
import { policy } from "./build/policy.js";
import { sharingWorkers } from "./build/workers.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = resolve(root, "src/page");

/**
 * The page is built of the same compiled library that the command uses: there, kernels and the scripts of
 * threads lie beside the code that asks for them.
 *
 * @param platform the half of src/platform to build with; by default whatever the package's `imports` say
 */
export function builtLibrary(platform?: "browser"): Plugin {
  return {
    name: "built-library",
    enforce: "pre",
    resolveId(source, importer) {
      if (source === "#platform" && platform !== undefined) {
        return resolve(root, `dist/src/platform/${platform}.js`);
      }
      if (importer === undefined || !source.startsWith(".")) return null;
      const file = resolve(dirname(importer), source);
      if (!file.startsWith(resolve(root, "src")) || file.startsWith(page)) return null;
      const built = file.replace(resolve(root, "src"), resolve(root, "dist/src"));
      return existsSync(built) ? normalizePath(built) : null;
    },
  };
}

/** Stands in the place of a native BLAS. */
const NO_BLAS = `export function findBlas() {
  throw new Error("a page cannot use a native BLAS");
}
export const blasLinker = findBlas;`;

/** The engine without what browsers never use: kernels in the shapes for 256 bits, and a native BLAS. */
function engineForBrowsers(): Plugin {
  // As modules are called: with slashes on Windows, too.
  const isOf = (id: string, file: string) =>
    normalizePath(id) === normalizePath(resolve(root, "dist/src/engine/runtime", file));
  return {
    name: "engine-for-browsers",
    enforce: "pre",
    transform(code, id) {
      if (isOf(id, "blas.js")) return NO_BLAS;
      if (isOf(id, "kernels.js")) {
        return code.replace("../kernels.wasm", "../../../narrow/kernels.wasm");
      }
      return null;
    },
  };
}

/**
 * Serves the generated digits below `data/`, as all that serves the page does: they lie in the package once,
 * and no copy of them is among what is built.
 */
function generatedDigits(): Plugin {
  const serve = (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const [, file] = /^\/data\/([\w-]+\.gz)(?:\?|$)/.exec(request.url ?? "") ?? [];
    const path = file && resolve(root, "data", file);
    if (path === undefined || !existsSync(path)) return next();
    response.setHeader("content-type", "application/gzip");
    createReadStream(path).pipe(response);
  };
  return {
    name: "generated-digits",
    configureServer: ({ middlewares }) => void middlewares.use(serve),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(serve),
  };
}

/** What a server that has nothing else says of what is beside the page. */
function nothingBeside(): Plugin {
  const fileName = "data/index.json";
  const source = JSON.stringify({ sets: [], runs: [] });
  return {
    name: "nothing-beside",
    generateBundle() {
      this.emitFile({ type: "asset", fileName, source });
    },
  };
}

const { version } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as {
  version: string;
};

export default defineConfig({
  root: page,
  base: "./",
  // Where the documents are, beside the page; the site says so.
  define: { DOCUMENTS: '""', VERSION: JSON.stringify(version) },
  plugins: [
    builtLibrary("browser"),
    engineForBrowsers(),
    sharingWorkers(),
    plainImports(),
    generatedDigits(),
    nothingBeside(),
  ],
  // The same whoever builds: by itself Vite would add the places of all elements when tests build.
  oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
  worker: { format: "es", plugins: () => [builtLibrary("browser"), engineForBrowsers()] },
  // As the command's own server has it: what breaks the policy is to be seen in a preview, too.
  preview: { headers: { "content-security-policy": policy() } },
  build: {
    outDir: resolve(root, "dist/page"),
    emptyOutDir: true,
    target: "es2022",
    // Everything is a file of its own: the security policy permits no `data:` scripts.
    assetsInlineLimit: 0,
    // By the document: what a room needs besides is there when it is entered.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === "html" ? files : []),
    },
    // What is used in several places is in few files, which pack better than many.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "library", test: /dist.src|node_modules.(@noble|pure-rand)/, minShareCount: 2 },
            { name: "shared", test: /\.(tsx?|m?js)$/, minShareCount: 2 },
          ],
        },
      },
    },
  },
});
