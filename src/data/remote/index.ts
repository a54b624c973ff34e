/** Data sets from the network: the catalogue, the cache, and what fills it. */
export { cacheRoot, clear, datasetDirectory, type FileState, glance, inspect } from "./cache.js";
export { type CatalogueEntry, type CatalogueFile, catalogue, catalogueEntry } from "./catalogue.js";
export { DownloadError } from "./failures.js";
export { type DownloadProgress, type ObtainOptions, obtainDataset } from "./obtain.js";
