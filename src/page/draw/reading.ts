/** What the network is shown of a picture: prepared as the command prepares pictures, by the same code. */
import { inkOf } from "../../data/pictures/ink.js";
import { normalise, SIDE } from "../../data/pictures/normalise.js";
import type { Ink, Picture } from "../../data/pictures/picture.js";
import { SEVERAL } from "../../data/pictures/several.js";
import { pixelsDrawn } from "../../report/field/ink.js";

export interface Reading {
  /** From 0 for paper to 255 for ink, row by row. */
  readonly pixels: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  /** What is to be known of it, in a sentence. */
  readonly warning?: string;
}

/**
 * @param source what sentences call the picture
 * @throws {DataError} if it is blank
 */
export function readPicture(picture: Picture, source: string): { reading: Reading; ink: Ink } {
  const ink = inkOf(picture, source);
  const reading = { pixels: normalise(ink), rows: SIDE, columns: SIDE };
  return {
    reading: ink.isSeveral ? { ...reading, warning: `${source} ${SEVERAL}.` } : reading,
    ink,
  };
}

/** The same of a drawing that is being made. Undefined if there is no ink. */
export function readQuickly(picture: Picture): Reading | undefined {
  const pixels = pixelsDrawn(picture);
  return pixels && { pixels, rows: SIDE, columns: SIDE };
}

/** An image from a data set, which is shown as it is. */
export function readImage(
  pixels: Uint8Array,
  rows: number,
  columns: number,
): { reading: Reading; ink: Ink } {
  const values = Float32Array.from(pixels, (pixel) => pixel / 255);
  return { reading: { pixels, rows, columns }, ink: { width: columns, height: rows, values } };
}
