/** Checkpoints: a training run in a safetensors file, written so that it is always whole. */
export { readCheckpoint, readWeights, writeCheckpoint } from "./files.js";
export * from "./portable.js";
