/** The data part: IDX files, and data sets in the format of MNIST made of four of them. */
export { type Dataset, type Images, loadDirectory } from "./dataset.js";
export { DataError } from "./errors.js";
export { encodeIdx, type IdxArray, type IdxType, parseIdx } from "./idx.js";
export { cacheDirectory, type DataLocation, locateData } from "./locate.js";
export { readIdxFile } from "./read.js";
