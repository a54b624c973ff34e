import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * Tests run what is published: whatever they import from src is taken from dist, where worker
 * threads and kernels lie beside the code that starts them. `npm test` builds it first.
 */
export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^(?:\.\.\/)+src\//,
        replacement: fileURLToPath(new URL("dist/src/", import.meta.url)),
      },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    maxConcurrency: availableParallelism(),
  },
});
