/** Making large pictures small while they are read. */
import type { Picture } from "./picture.js";

/** The longer side that pictures are kept at, in pixels: plenty for a digit, and soon looked through. */
export const LARGEST_SIDE = 600;

/**
 * A picture that grows row by row. If it is larger than {@link LARGEST_SIDE}, each of its pixels becomes the
 * mean of a square of those that are added, weighted by their opacities.
 */
export class Reduction {
  readonly #times: number;
  readonly #width: number;
  readonly #height: number;
  /** Red, green and blue times opacity, opacity, and the number of pixels, of each square. */
  readonly #sums: Float64Array;

  constructor(width: number, height: number) {
    this.#times = Math.ceil(Math.max(width, height) / LARGEST_SIDE);
    this.#width = Math.ceil(width / this.#times);
    this.#height = Math.ceil(height / this.#times);
    this.#sums = new Float64Array(5 * this.#width * this.#height);
  }

  /** Adds pixels of row y: those at x, x + step, x + 2·step, …; four bytes each. */
  add(rgba: Uint8Array | Uint8ClampedArray, y: number, x = 0, step = 1): void {
    const sums = this.#sums;
    const times = this.#times;
    const first = Math.floor(y / times) * this.#width;
    for (let i = 0, column = x; i < rgba.length; i += 4, column += step) {
      const at = 5 * (first + Math.floor(column / times));
      const opacity = rgba[i + 3]!;
      sums[at]! += opacity * rgba[i]!;
      sums[at + 1]! += opacity * rgba[i + 1]!;
      sums[at + 2]! += opacity * rgba[i + 2]!;
      sums[at + 3]! += opacity;
      sums[at + 4]!++;
    }
  }

  picture(): Picture {
    const [width, height, sums] = [this.#width, this.#height, this.#sums];
    const data = new Uint8ClampedArray(4 * width * height);
    for (let i = 0; i < data.length / 4; i++) {
      const opacity = sums[5 * i + 3]!;
      for (let c = 0; c < 3; c++) data[4 * i + c] = opacity && sums[5 * i + c]! / opacity;
      data[4 * i + 3] = opacity / sums[5 * i + 4]!;
    }
    return { width, height, data };
  }
}

/** A picture of no more than {@link LARGEST_SIDE} pixels a side. */
export function reduced(picture: Picture): Picture {
  const { width, height, data } = picture;
  if (Math.max(width, height) <= LARGEST_SIDE) return picture;
  const reduction = new Reduction(width, height);
  for (let y = 0; y < height; y++)
    reduction.add(data.subarray(4 * y * width, 4 * (y + 1) * width), y);
  return reduction.picture();
}
