/** Checkpoints on the disk. */
import { attemptToRead, attemptToWrite } from "../files/attempt.js";
import { withRegularFile } from "../files/regular.js";
import { replaceFile, tryToReplace } from "../files/replace.js";
import { expectObject, expectObjects } from "../given.js";
import type { Checkpoint } from "./checkpoint.js";
import { checkBeginning, encodeCheckpoint, parseCheckpoint } from "./encoding.js";
import { CheckpointError } from "./errors.js";
import { beginningLength, LENGTH_BYTES, parseBeginning } from "./safetensors.js";
import { parseWeights, type Weights } from "./weights.js";

/**
 * Reads a checkpoint. The memory in use is bounded by the length of the file, never by what its
 * header claims; of a file that says of itself that it is something else, only the header is read.
 *
 * @throws {CheckpointError} if the file cannot be read or is not an undamaged checkpoint
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  return parseCheckpoint(await readBytes(path, checkBeginning), path);
}

/**
 * Reads a checkpoint, or weights that another program has saved, as {@link parseWeights} does.
 *
 * @throws {CheckpointError} if the file cannot be read, or is neither
 */
export async function readWeights(path: string): Promise<Weights> {
  return parseWeights(await readBytes(path, parseBeginning), path);
}

/**
 * Puts a checkpoint in the place of what the file held before. At every instant the file is the one
 * or the other, whole, and the other stays if this fails.
 *
 * @throws {CheckpointError} if the file cannot be written, or if weights are not finite numbers
 */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const what = "writeCheckpoint: the checkpoint";
  expectObject(what, checkpoint, "an object, as capture makes it");
  expectObjects(`${what}: its layers`, checkpoint.layers, "{ w, b }");
  for (const { w, b } of checkpoint.layers) {
    for (const { data } of [w, b]) {
      if (data.every(Number.isFinite)) continue;
      throw new CheckpointError(
        `The weights are no longer finite numbers and are not saved, so that ${path} keeps what it has: try a smaller learning rate.`,
      );
    }
  }
  const bytes = encodeCheckpoint(checkpoint);
  await save(path, () => replaceFile(path, bytes));
}

/** Throws a {@link CheckpointError} if a checkpoint could not be written there. Changes nothing. */
export async function checkWritable(path: string): Promise<void> {
  await save(path, () => tryToReplace(path));
}

/** @param check looks at the beginning of the file, before the rest is read */
async function readBytes(
  path: string,
  check: (start: Uint8Array, size: number, path: string) => unknown,
): Promise<Buffer> {
  const read = () =>
    withRegularFile(path, async ({ size, start, all }) => {
      check(await start(beginningLength(await start(LENGTH_BYTES))), size, path);
      return all();
    });
  return attemptToRead(
    read,
    (reason, options) => new CheckpointError(`Cannot read ${path}: ${reason}.`, options),
  );
}

function save(path: string, write: () => Promise<void>): Promise<void> {
  return attemptToWrite(
    write,
    (reason, options) => new CheckpointError(`Cannot save to ${path}: ${reason}.`, options),
  );
}
