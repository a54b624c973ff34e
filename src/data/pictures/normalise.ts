/** MNIST's preparation of a digit: in a box of 20 × 20 pixels, centred by mass in one of 28 × 28. */
import { penOf, widened } from "./pen.js";
import type { Ink } from "./picture.js";
import { type Box, sizeOf } from "./pieces.js";

/** Side of the square in which MNIST's digits fit, in pixels. */
export const BOX = 20;

/** Side of the field, in pixels. */
export const SIDE = 28;

/** Pens thinner than any in MNIST, in pixels of the field, … */
const THIN = 1.25;

/** … are replaced by one as wide as most of MNIST's. */
const USUAL = 2;

/**
 * The digit in an image of any size as MNIST has them: the ink, scaled with its aspect ratio kept so
 * that its longer side fills the box, then centred. Every pixel of the result is the
 * mean of the area that it covers; a pen that would be thin there is made wider first. An image of MNIST
 * with full ink somewhere stays as it is.
 *
 * @param ink must not be all 0
 * @returns 784 pixels from 0 to 255, row by row
 */
export function normalise(ink: Ink): Uint8Array {
  const scale = BOX / sizeOf(boxOf(ink));
  const pen = scale * penOf(ink);
  return scaled(pen < THIN ? widened(ink, (USUAL - pen) / scale) : ink);
}

/** Where ink is. */
function boxOf({ width, height, values }: Ink): Box {
  const columns = new Float64Array(width);
  const rows = new Float64Array(height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x]!;
      columns[x]! += value;
      rows[y]! += value;
    }
  }
  const [left, right] = extent(columns);
  const [top, bottom] = extent(rows);
  return { left, top, right, bottom };
}

function scaled(ink: Ink): Uint8Array {
  const { width, values } = ink;
  const inked = boxOf(ink);
  const { left, top, right, bottom } = inked;
  const side = sizeOf(inked) / BOX;
  const box = new Float64Array(BOX * BOX);
  for (let row = 0; row < BOX; row++) {
    const [upper, lower] = [top + row * side, Math.min(top + (row + 1) * side, bottom + 1)];
    for (let column = 0; column < BOX; column++) {
      const [from, to] = [left + column * side, Math.min(left + (column + 1) * side, right + 1)];
      let mass = 0;
      for (let y = Math.floor(upper); y < lower; y++) {
        const tall = Math.min(lower, y + 1) - Math.max(upper, y);
        for (let x = Math.floor(from); x < to; x++) {
          const wide = Math.min(to, x + 1) - Math.max(from, x);
          mass += wide * tall * values[y * width + x]!;
        }
      }
      box[row * BOX + column] = mass / (side * side);
    }
  }
  const pixels = new Uint8Array(SIDE * SIDE);
  centre(box, pixels);
  return pixels;
}

/**
 * Places a BOX × BOX image of ink from 0 to 1 in a field of 28 × 28 pixels from 0 to 255, moved by
 * whole pixels so that the centre of mass is within half a pixel of row and column 14, counted from
 * zero, as in MNIST; or as near to it as the field lets the ink come.
 *
 * @param pixels receives 784 bytes, row by row
 */
export function centre(ink: Float64Array, pixels: Uint8Array): void {
  const rows = new Float64Array(BOX);
  const columns = new Float64Array(BOX);
  for (let row = 0; row < BOX; row++) {
    for (let column = 0; column < BOX; column++) {
      const value = ink[row * BOX + column]!;
      rows[row]! += value;
      columns[column]! += value;
    }
  }
  const top = offset(rows);
  const left = offset(columns);
  pixels.fill(0);
  for (let row = 0; row < BOX; row++) {
    for (let column = 0; column < BOX; column++) {
      const value = ink[row * BOX + column]!;
      if (value > 0) pixels[(top + row) * SIDE + left + column] = Math.round(255 * value);
    }
  }
}

/** How far to move, given the ink of each row (or column), so that all of it stays in the field. */
function offset(profile: Float64Array): number {
  let mass = 0;
  let moment = 0;
  for (let i = 0; i < BOX; i++) {
    mass += profile[i]!;
    moment += profile[i]! * i;
  }
  const [first, last] = extent(profile);
  const wanted = Math.round(SIDE / 2 - moment / mass);
  return Math.min(SIDE - 1 - last, Math.max(-first, wanted));
}

/** Where the first and the last of the ink is. */
function extent(profile: Float64Array): readonly [first: number, last: number] {
  const isInk = (value: number) => value > 0;
  return [profile.findIndex(isInk), profile.findLastIndex(isInk)];
}
