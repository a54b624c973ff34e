/** The colours of a picture that lies on paper: no pixel is transparent. */
import type { Picture } from "./picture.js";

export interface Colours {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, from 0 to 255, row by row. */
  readonly values: Float32Array;
}

/** A picture laid onto paper of this grey. */
export function laidOnto(paper: number, { width, height, data }: Picture): Colours {
  const values = new Float32Array(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    const opacity = data[4 * i + 3]! / 255;
    for (let c = 0; c < 3; c++) values[3 * i + c] = paper + opacity * (data[4 * i + c]! - paper);
  }
  return { width, height, values };
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  /** The first column and the first row behind it. */
  readonly right: number;
  readonly bottom: number;
}

/** The part of a picture in a rectangle. */
export function cropped({ width, values }: Colours, { left, top, right, bottom }: Rectangle) {
  const part = new Float32Array(3 * (right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    const row = values.subarray(3 * (y * width + left), 3 * (y * width + right));
    part.set(row, 3 * (y - top) * (right - left));
  }
  return { width: right - left, height: bottom - top, values: part };
}

/** How far the colours that begin at two indices are apart: at most 442, from black to white. */
export function distance(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j = 0): number {
  const red = a[i]! - b[j]!;
  const green = a[i + 1]! - b[j + 1]!;
  const blue = a[i + 2]! - b[j + 2]!;
  return Math.sqrt(red * red + green * green + blue * blue);
}

/** The pixels of the edge, by their indices; those in the corners twice. */
export function edgeOf({ width, height }: Colours): number[] {
  const pixels: number[] = [];
  for (let x = 0; x < width; x++) pixels.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y++) pixels.push(y * width, (y + 1) * width - 1);
  return pixels;
}

/** Pixels from all over the picture, by their indices: all of a small one, some thousand of a large one; never none. */
export function sampleOf({ width, height }: Colours): number[] {
  const step = Math.max(1, Math.round(Math.max(width, height) / 48));
  const pixels: number[] = [];
  for (let y = Math.min(step, height) >> 1; y < height; y += step) {
    for (let x = Math.min(step, width) >> 1; x < width; x += step) pixels.push(y * width + x);
  }
  return pixels;
}

/** The medians of red, green and blue over some of the pixels. */
export function medianOf({ values }: Colours, pixels: readonly number[]): number[] {
  return [0, 1, 2].map((c) =>
    quantile(
      Float32Array.from(pixels, (i) => values[3 * i + c]!),
      0.5,
    ),
  );
}

/** The value that this part of the values is not above. */
export function quantile(values: Float32Array, part: number): number {
  return values.toSorted()[Math.floor(part * (values.length - 1))] ?? 0;
}
