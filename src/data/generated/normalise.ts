/** The last step of MNIST's preparation: the digit in its field, centred by its centre of mass. */
import { BOX } from "./rasterise.js";

/** Side of the field, in pixels. */
export const SIDE = 28;

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
  const first = profile.findIndex((value) => value > 0);
  const last = profile.findLastIndex((value) => value > 0);
  const wanted = Math.round(SIDE / 2 - moment / mass);
  return Math.min(SIDE - 1 - last, Math.max(-first, wanted));
}
