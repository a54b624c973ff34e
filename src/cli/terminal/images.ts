/** Images in characters: each stands for two pixels, one above the other. */
import type { Unlabelled } from "../../data/index.js";
import type { Paint } from "./streams.js";
import { padEnd } from "./width.js";

/** Ink from which on a pixel is drawn, and from which on it is not drawn faint. */
const FAINT = 64;
const FULL = 160;

const BETWEEN = "  ";

export interface Drawing {
  /** In characters; at least one image is drawn in each row. */
  readonly width: number;
  readonly paint: Paint;
  /** What stands above an image, in as many lines as all have, none longer than the image is wide. */
  readonly caption: (index: number) => string;
}

/**
 * The images with these indices, next to each other as far as the width allows, under captions.
 * Ink is light on a dark terminal and dark on a light one; with colours, faint ink is grey.
 */
export function drawImages(
  images: Unlabelled,
  indices: readonly number[],
  { width, paint, caption }: Drawing,
): string[] {
  const { columns } = images;
  const perRow = Math.max(1, Math.floor((width + BETWEEN.length) / (columns + BETWEEN.length)));
  const lines: string[] = [];
  for (let first = 0; first < indices.length; first += perRow) {
    const row = indices.slice(first, first + perRow);
    const captions = row.map((index) => caption(index).split("\n"));
    for (const l of captions[0]!.keys()) {
      const line = captions.map((lines) => padEnd(lines[l] ?? "", columns)).join(BETWEEN);
      lines.push(line.trimEnd());
    }
    for (let y = 0; y < images.rows; y += 2) {
      lines.push(row.map((index) => halfRows(images, index, y, paint)).join(BETWEEN));
    }
    lines.push("");
  }
  return lines;
}

/** Pixel rows y and y + 1 of an image, as runs of characters of one colour. */
function halfRows(images: Unlabelled, index: number, y: number, paint: Paint): string {
  const { rows, columns, pixels } = images;
  const inkAt = (x: number, y: number) =>
    y < rows ? (pixels[(index * rows + y) * columns + x] ?? 0) : 0;
  let line = "";
  for (let x = 0; x < columns; x++) {
    const [upper, lower] = [inkAt(x, y), inkAt(x, y + 1)];
    const character = blockOf(upper >= FAINT, lower >= FAINT);
    line +=
      character !== " " && Math.max(upper, lower) < FULL ? paint("gray", character) : character;
  }
  return line;
}

function blockOf(upper: boolean, lower: boolean): string {
  if (upper) return lower ? "█" : "▀";
  return lower ? "▄" : " ";
}
