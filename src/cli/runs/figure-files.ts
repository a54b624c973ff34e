/** Each figure of a report in a file of its own, for a paper or slides. */
import { join } from "node:path";
import type { ReportFigure } from "../../report/index.js";
import { writeText } from "../write-text.js";

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
