/** Workers as entries of the page's own build, which share the chunks of the page and of each other. */
import type { Plugin } from "vite";

/** As all code says that starts a worker. */
const START = /\bnew Worker\(\s*new URL\("(\.[^"]+)", import\.meta\.url\)/g;

/**
 * Left alone, Vite bundles each worker with a copy of the library. Here a worker is one more entry: whatever
 * several of them import is in one file, which each imports.
 */
export function sharingWorkers(): Plugin {
  return {
    name: "sharing-workers",
    apply: "build",
    enforce: "pre",
    async transform(code, importer) {
      const found = [...code.matchAll(START)];
      if (found.length === 0) return null;
      const references = await Promise.all(
        found.map(async ([, script]) => {
          const resolved = await this.resolve(script as string, importer);
          if (resolved === null) this.error(`${importer} starts ${script}, which is not there`);
          return this.emitFile({ type: "chunk", id: resolved.id });
        }),
      );
      let next = 0;
      const shared = code.replace(
        START,
        () => `new Worker(import.meta.ROLLUP_FILE_URL_${references[next++]}`,
      );
      return { code: shared, map: null };
    },
  };
}
