/** Images alone, without a heading or a ground, for pages that place them. */
import { checkPixels, greyPixels, signedPixels } from "./pixels.js";
import { element } from "./svg.js";

export interface ImageSize {
  readonly rows: number;
  readonly columns: number;
}

/**
 * An `svg` element as large as the page makes it, hidden from screen readers: what it shows stands in
 * the text beside it. Its colours are those of {@link STYLE}.
 *
 * @param pixels from 0 (paper) to 255 (ink), row by row
 * @throws {RangeError} unless there are rows × columns of them
 */
export function greyImage(pixels: ArrayLike<number>, { rows, columns }: ImageSize): string {
  checkPixels("an image", pixels, rows, columns);
  return imageOf(greyPixels(pixels, columns), { rows, columns });
}

/** The same for numbers of both signs; by default, the largest magnitude has full colour. */
export function signedImage(
  values: ArrayLike<number>,
  { rows, columns }: ImageSize,
  scale = Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0),
): string {
  checkPixels("an image", values, rows, columns);
  return imageOf(signedPixels(values, columns, scale || 1), { rows, columns });
}

function imageOf(pixels: ReturnType<typeof greyPixels>, { rows, columns }: ImageSize): string {
  const viewBox = `0 0 ${columns} ${rows}`;
  return element("svg", { class: "chart pixels", viewBox, "aria-hidden": "true" }, ...pixels).text;
}
