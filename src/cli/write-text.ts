/** Writing what a command has made to the file that the user names. */
import { DataError } from "../data/errors.js";
import { systemReason } from "../files/reason.js";
import { replaceFile } from "../files/replace.js";

/** Throws a {@link DataError} if the file cannot be written; it is then as it was before. */
export async function writeText(file: string, text: string): Promise<void> {
  try {
    await replaceFile(file, [Buffer.from(text)]);
  } catch (error) {
    throw new DataError(`Cannot write ${file}: ${systemReason(error)}.`, { cause: error });
  }
}
