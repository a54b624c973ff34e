/** A network in a safetensors file, whoever has saved it. */
import type { Matrix } from "../autodiff/index.js";
import { expectBytes } from "../given.js";
import type { Parameters } from "../nn/index.js";
import type { Checkpoint } from "./checkpoint.js";
import { isCheckpoint, parseCheckpoint } from "./encoding.js";
import { CheckpointError } from "./errors.js";
import { layerNamesIn, layersNamed } from "./layers.js";
import { parseBeginning, parseSafetensors } from "./safetensors.js";

/** A network that is read from a file. */
export interface Weights {
  /** In the precision that they are saved in, at least float32. */
  readonly layers: Parameters<Matrix>;
  /** The run that they are of, if the file is a checkpoint. Other files have weights and no more. */
  readonly checkpoint?: Checkpoint;
}

/**
 * Reads a checkpoint, or weights that another program has saved: of fully connected layers one after the
 * other, in the layout [out, in], with the names that torch.nn.Sequential gives them (`0.weight`,
 * `2.bias`) or others that end in numbers (`layers.0.weight`).
 *
 * @param source what error messages call the file
 * @throws {CheckpointError} if it is neither, damaged, or of layers that do not fit together
 */
export function parseWeights(bytes: Uint8Array, source: string): Weights {
  expectBytes("parseWeights: the bytes", bytes);
  if (isCheckpoint(parseBeginning(bytes, bytes.length, source).metadata)) {
    const checkpoint = parseCheckpoint(bytes, source);
    return { layers: checkpoint.layers, checkpoint };
  }
  const { tensors } = parseSafetensors(bytes, source);
  const refuse = (how: string) => new CheckpointError(`${source} ${how}.`);
  return { layers: layersNamed(layerNamesIn(tensors, refuse), tensors, refuse) };
}
