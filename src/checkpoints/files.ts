/** Checkpoints on the disk. */
import { readFile, stat } from "node:fs/promises";
import { systemReason } from "../data/errors.js";
import type { Checkpoint } from "./checkpoint.js";
import { parseCheckpoint } from "./encoding.js";
import { CheckpointError } from "./errors.js";

/**
 * Reads a checkpoint. The memory in use is bounded by the length of the file, never by what its
 * header claims.
 *
 * @throws {CheckpointError} if the file cannot be read or is not an undamaged checkpoint
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  return parseCheckpoint(await readRegularFile(path), path);
}

/** Checks the kind of the file first: a device or a pipe might never end. */
async function readRegularFile(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).isFile()) return await readFile(path);
  } catch (error) {
    throw new CheckpointError(`Cannot read ${path}: ${systemReason(error)}.`, { cause: error });
  }
  throw new CheckpointError(`${path} is not a regular file.`);
}
