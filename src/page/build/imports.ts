/** Imports of rooms as they are written. */
import type { Plugin } from "vite";

const HELPER = "\0vite/preload-helper.js";

/** What a room needs besides itself, the page has loaded before: Vite's own code to see to that is left out. */
export function plainImports(): Plugin {
  return {
    name: "plain-imports",
    apply: "build",
    enforce: "pre",
    load: (id) => (id === HELPER ? "export const __vitePreload = (load) => load();" : null),
  };
}
