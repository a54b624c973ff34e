/** The data part: IDX files, and data sets in the format of MNIST made of four of them. */

export { loadDirectory } from "./disk/directory.js";
export { loadEmbedded } from "./disk/embedded.js";
export { readIdxFile } from "./disk/read.js";
export { type ReadImages, readImages } from "./disk/read-images.js";
export * from "./portable.js";
export {
  type CatalogueEntry,
  type CatalogueFile,
  cacheRoot,
  catalogue,
  catalogueEntry,
  DownloadError,
  type DownloadProgress,
  datasetDirectory,
  type ObtainOptions,
  obtainDataset,
} from "./remote/index.js";
