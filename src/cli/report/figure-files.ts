/** Each figure of a report in a file of its own, for a paper or slides. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../data/errors.js";
import { makeDirectory } from "../../files/directory.js";
import { systemReason } from "../../files/reason.js";
import type { ReportFigure } from "../../report/index.js";
import { writeText } from "../write-text.js";

/** Makes the folder if there is none. Throws a {@link DataError} if that fails. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeDirectory(folder);
    if (!(await stat(folder)).isDirectory()) throw new Error("it is a file, not a folder");
  } catch (error) {
    throw new DataError(`Cannot make the folder ${folder}: ${systemReason(error)}.`, {
      cause: error,
    });
  }
}

/** In pixels: as wide as a column of text. */
const WIDTH = 640;

/** The file of a figure in a folder. */
export function fileOf(folder: string, { file }: ReportFigure): string {
  return join(folder, `${file}.svg`);
}

export async function writeFigures(
  folder: string,
  figures: readonly ReportFigure[],
): Promise<void> {
  for (const figure of figures) await writeText(fileOf(folder, figure), figure.draw(WIDTH));
}
