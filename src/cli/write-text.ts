/** Writing what a command has made to the file, or into the folder, that the user names. */
import { DataError } from "../data/errors.js";
import { makeDirectory } from "../files/directory.js";
import { systemReason } from "../files/reason.js";
import { replaceFile, tryToReplace } from "../files/replace.js";

/** Throws a {@link DataError} if the file cannot be written; it is then as it was before. */
export async function writeText(file: string, text: string): Promise<void> {
  await writeBytes(file, Buffer.from(text));
}

/** The same of bytes, in pieces that follow each other. */
export async function writeBytes(file: string, ...pieces: readonly Uint8Array[]): Promise<void> {
  await orCannotWrite(file, replaceFile(file, pieces));
}

/** The same without writing, before work is spent on what is to be written. */
export async function tryToWriteText(file: string): Promise<void> {
  await orCannotWrite(file, tryToReplace(file));
}

/** Makes the folder if there is none. Throws a {@link DataError} if that fails. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeDirectory(folder);
  } catch (error) {
    throw new DataError(`Cannot make the folder ${folder}: ${systemReason(error)}.`, {
      cause: error,
    });
  }
}

async function orCannotWrite(file: string, action: Promise<void>): Promise<void> {
  try {
    await action;
  } catch (error) {
    throw new DataError(`Cannot write ${file}: ${systemReason(error)}.`, { cause: error });
  }
}
