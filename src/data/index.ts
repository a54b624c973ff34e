/** The data part: IDX files, and data sets in the format of MNIST made of four of them. */
export type { Dataset, Images, Unlabelled } from "./dataset.js";
export { deformed } from "./deformed/definition.js";
export type { Deformation } from "./deformed/deformation.js";
export { Deformer } from "./deformed/deformer.js";
export { loadDirectory } from "./disk/directory.js";
export { loadEmbedded } from "./disk/embedded.js";
export { readIdxFile } from "./disk/read.js";
export { type ReadImages, readImages } from "./disk/read-images.js";
export { DataError, type DataRemedy } from "./errors.js";
export { type GeneratedDigits, generateDigits } from "./generated/generate.js";
export { encodeIdx, type IdxArray, type IdxType, parseIdx } from "./idx.js";
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
