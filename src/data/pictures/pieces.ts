/** Pieces of ink that hang together. */
import type { Ink } from "./picture.js";

/** A rectangle of pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  /** The last column and the last row. */
  readonly right: number;
  readonly bottom: number;
}

/** Pixels of ink that touch each other, be it at corners only, in the box that they fit in. */
export interface Piece extends Box {
  /** The pixels, by their indices. */
  readonly pixels: readonly number[];
  /** The sum of their ink. */
  readonly mass: number;
}

/** The pieces whose pixels have at least as much ink as `least`, and one of them at least `core`. */
export function piecesOf({ width, height, values }: Ink, least: number, core: number): Piece[] {
  const isSeen = new Uint8Array(values.length);
  const pieces: Piece[] = [];
  for (let first = 0; first < values.length; first++) {
    if (isSeen[first] || values[first]! < core) continue;
    const pixels = [first];
    isSeen[first] = 1;
    let mass = 0;
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (const i of pixels) {
      const x = i % width;
      const y = Math.floor(i / width);
      mass += values[i]!;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const j = row * width + column;
          if (isSeen[j] || values[j]! < least) continue;
          isSeen[j] = 1;
          pixels.push(j);
        }
      }
    }
    pieces.push({ pixels, mass, left, top, right, bottom });
  }
  return pieces;
}

export function widthOf({ left, right }: Box): number {
  return right - left + 1;
}

export function heightOf({ top, bottom }: Box): number {
  return bottom - top + 1;
}

/** The longer side. */
export function sizeOf(box: Box): number {
  return Math.max(widthOf(box), heightOf(box));
}

/** The columns, or else the rows, that lie between two boxes; negative if they share some. */
export function gapBetween(a: Box, b: Box): { across: number; down: number } {
  return {
    across: Math.max(a.left - b.right, b.left - a.right) - 1,
    down: Math.max(a.top - b.bottom, b.top - a.bottom) - 1,
  };
}
