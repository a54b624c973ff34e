/** What of checkpoints runs everywhere, in browsers too: their encoding, and what a run needs of them. */
export type { Checkpoint, Made } from "./checkpoint.js";
export { encodeCheckpoint, parseCheckpoint } from "./encoding.js";
export { CheckpointError, VersionError } from "./errors.js";
export { type DatasetIdentity, identityOf, weightsSha256 } from "./identity.js";
export { capture, restore, startFrom } from "./run.js";
export {
  encodeSafetensors,
  parseSafetensors,
  type Safetensors,
  type Tensor,
} from "./safetensors.js";
export { parseWeights, type Weights } from "./weights.js";
