import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { builtLibrary } from "./src/page/vite.config.js";

const inBrowser = "test/**/*.browser.test.ts";
const { BROWSER } = process.env;

/**
 * Tests run what is published: whatever they import from src is taken from dist, where worker
 * threads and kernels lie beside the code that starts them. The global set-up builds it first if a
 * source is newer. The page's own files are bundled there, and are taken from src.
 *
 * Those that use the page in a browser, as people do, are `npm run browser`.
 */
export default defineConfig({
  plugins: [builtLibrary()],
  resolve: {
    alias: [
      {
        find: /^(?:\.\.\/)+src\/(?!page\/)/,
        replacement: fileURLToPath(new URL("dist/src/", import.meta.url)),
      },
    ],
  },
  test: {
    globalSetup: "test/support/build.ts",
    include: BROWSER ? [inBrowser] : ["test/**/*.test.ts"],
    exclude: BROWSER ? [] : [inBrowser, "**/node_modules/**"],
    testTimeout: BROWSER ? 300_000 : 60_000,
    hookTimeout: BROWSER ? 120_000 : 60_000,
    ...(BROWSER && { expect: { poll: { timeout: 120_000 } } }),
    maxWorkers: availableParallelism(),
    maxConcurrency: availableParallelism(),
  },
});
