/** The data part: IDX files, and data sets in the format of MNIST made of four of them. */
export { type Dataset, type Images, loadDirectory, type Unlabelled } from "./dataset.js";
export { deformed } from "./deformed/definition.js";
export type { Deformation } from "./deformed/deformation.js";
export { Deformer } from "./deformed/deformer.js";
export { loadEmbedded } from "./embedded.js";
export { DataError, type DataRemedy } from "./errors.js";
export { type GeneratedDigits, generateDigits } from "./generated/generate.js";
export { encodeIdx, type IdxArray, type IdxType, parseIdx } from "./idx.js";
export { readImages } from "./pictures/read-images.js";
export { readIdxFile } from "./read.js";
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
