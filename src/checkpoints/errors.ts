/**
 * A file of a training run cannot be written or read, or is not what it should be. The message is
 * meant for the user and needs no stack trace.
 */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

/** A checkpoint is of another version of the format: it is not damaged, and nothing may take its place. */
export class VersionError extends CheckpointError {}

/** Makes an error of how a file is wrong: the rest of a sentence that begins with its name. */
export type Refuse = (how: string) => CheckpointError;
