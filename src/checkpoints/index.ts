/** Checkpoints: a training run in a safetensors file, written so that it is always whole. */
export type { Checkpoint, Made } from "./checkpoint.js";
export { encodeCheckpoint, parseCheckpoint } from "./encoding.js";
export { CheckpointError } from "./errors.js";
export { readCheckpoint, writeCheckpoint } from "./files.js";
export { type DatasetIdentity, identityOf, weightsSha256 } from "./identity.js";
export { capture, restore } from "./run.js";
export {
  encodeSafetensors,
  parseSafetensors,
  type Safetensors,
  type Tensor,
} from "./safetensors.js";
