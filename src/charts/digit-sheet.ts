/** A sheet of digits, each with what is to be said of it below. */
import { emptyContent, type FigureOptions, figure, MARGIN, widthOf } from "./figure.js";
import { checkPixels, greyPixels, placedPixels } from "./pixels.js";
import { element, group, hint, label, lineHeight } from "./svg.js";
import { SIZE } from "./text.js";

export interface Digit {
  /** From 0 (paper) to 255 (ink), row by row. */
  readonly pixels: ArrayLike<number>;
  /** A short text such as `4 → 9`. */
  readonly label?: string;
  /** A longer one, shown beside the pointer. */
  readonly hint?: string;
}

export interface DigitSheetOptions extends FigureOptions {
  /** Of each image; by default 28. */
  readonly rows?: number;
  readonly columns?: number;
  /** The width of an image in pixels, by default 56. */
  readonly side?: number;
}

const GAP = 8;

/**
 * The images in rows, as many beside each other as the width allows.
 *
 * @returns an SVG document
 * @throws {RangeError} if an image does not have rows × columns pixels
 */
export function digitSheet(digits: readonly Digit[], options: DigitSheetOptions): string {
  const width = widthOf(options);
  if (digits.length === 0) return figure(options, emptyContent(width, "no images"));
  const { rows = 28, columns = 28, side = 56 } = options;
  for (const { pixels } of digits) checkPixels("an image", pixels, rows, columns);
  const room = width - 2 * MARGIN;
  const across = Math.max(1, Math.floor((room + GAP) / (side + GAP)));
  const scale = Math.min(side, room) / columns;
  const tall = scale * rows;
  const labelled = digits.some(({ label = "" }) => label !== "");
  const step = tall + (labelled ? lineHeight() + 2 : 0) + GAP;
  const cells = digits.map((digit, k) => {
    const [x, y] = [MARGIN + (k % across) * (side + GAP), Math.floor(k / across) * step];
    const { label: text = "", hint: more = "" } = digit;
    return group(
      {},
      ...(more === "" ? [] : [hint(more)]),
      element("rect", { class: "cell", x, y, width: columns * scale, height: tall }),
      placedPixels(greyPixels(digit.pixels, columns), [x, y], scale),
      ...(text === ""
        ? []
        : [
            label(text, x + (columns * scale) / 2, y + tall + SIZE + 1, {
              anchor: "middle",
              class: "number",
              room: columns * scale + GAP - 2,
            }),
          ]),
    );
  });
  const summary = `${digits.length} ${digits.length === 1 ? "image" : "images"}${
    labelled ? `: ${digits.map(({ label = "–" }) => label).join("; ")}` : ""
  }.`;
  const height = Math.ceil(digits.length / across) * step + MARGIN - GAP;
  return figure(options, { height, marks: cells, summary });
}
