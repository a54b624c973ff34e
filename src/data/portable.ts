/** What of the data part runs everywhere, in browsers too: all that needs no disk and no network. */
export type { Dataset, Images, Unlabelled } from "./dataset.js";
export { deformed } from "./deformed/definition.js";
export type { Deformation, Elastic, Strength } from "./deformed/deformation.js";
export { Deformer } from "./deformed/deformer.js";
export { DataError, type DataRemedy } from "./errors.js";
export { generateDigits } from "./generated/generate.js";
export { encodeIdx, type IdxArray, type IdxType, parseIdx } from "./idx.js";
