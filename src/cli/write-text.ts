/** Writing what a command has made to the file, or into the folder, that the user names. */
import { DataError } from "../data/errors.js";
import { attemptToWrite } from "../files/attempt.js";
import { makeDirectory } from "../files/directory.js";
import { replaceFile, tryToReplace } from "../files/replace.js";

/** Throws a {@link DataError} if the file cannot be written; it is then as it was before. */
export async function writeText(file: string, text: string): Promise<void> {
  await writeBytes(file, Buffer.from(text));
}

/** The same of bytes, in pieces that follow each other. */
export async function writeBytes(file: string, ...pieces: readonly Uint8Array[]): Promise<void> {
  await writing(file, () => replaceFile(file, pieces));
}

/** The same without writing, before work is spent on what is to be written. */
export async function tryToWriteText(file: string): Promise<void> {
  await writing(file, () => tryToReplace(file));
}

/** Makes the folder if there is none. Throws a {@link DataError} if that fails. */
export async function prepareFolder(folder: string): Promise<void> {
  await attemptToWrite(
    () => makeDirectory(folder),
    (reason, options) => new DataError(`Cannot make the folder ${folder}: ${reason}.`, options),
  );
}

function writing(file: string, write: () => Promise<void>): Promise<void> {
  return attemptToWrite(
    write,
    (reason, options) => new DataError(`Cannot write ${file}: ${reason}.`, options),
  );
}
