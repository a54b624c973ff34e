/** The digits that come with the package, for where there is no other data. */
import { fileURLToPath } from "node:url";
import type { Dataset } from "../dataset.js";
import { loadDirectory } from "./directory.js";

/** Digits drawn by src/data/generated; data/README.md says how they were made. */
export function loadEmbedded(): Promise<Dataset> {
  return loadDirectory(fileURLToPath(new URL("../../../../data", import.meta.url)), "generated");
}
