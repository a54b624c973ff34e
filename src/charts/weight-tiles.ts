/** The weights into each neuron as an image: what it looks for in the pixels. */
import { emptyContent, type FigureOptions, figure, MARGIN, widthOf } from "./figure.js";
import { brief } from "./numbers.js";
import { checkPixels, placedPixels, signedPixels } from "./pixels.js";
import { element, group, hint, label, type Markup } from "./svg.js";
import { SIZE, textWidth } from "./text.js";

export interface Tile {
  /** Row by row. */
  readonly weights: ArrayLike<number>;
  /** What it is, shown beside the pointer. */
  readonly hint?: string;
}

export interface WeightTilesOptions extends FigureOptions {
  /** Of each tile; by default 28. */
  readonly rows?: number;
  readonly columns?: number;
  /** The width of a tile in pixels, by default 56. */
  readonly side?: number;
  /** The weight with full colour; by default the largest magnitude among all. */
  readonly scale?: number;
}

const GAP = 6;

/** Of the scale of colours; odd, so that 0 is in the middle. */
const STEPS = 61;

/**
 * A tile for each neuron, all by one scale: blue below zero, orange above, with the scale below.
 *
 * @returns an SVG document
 * @throws {RangeError} if a tile does not have rows × columns weights, or the scale is not above 0
 */
export function weightTiles(tiles: readonly Tile[], options: WeightTilesOptions): string {
  const width = widthOf(options);
  if (tiles.length === 0) return figure(options, emptyContent(width, "no weights"));
  const { rows = 28, columns = 28, side = 56, scale = largestOf(tiles) } = options;
  for (const { weights } of tiles) checkPixels("a tile", weights, rows, columns);
  if (!(scale > 0)) throw new RangeError(`the scale of weights is above 0, not ${scale}`);
  const room = width - 2 * MARGIN;
  const across = Math.max(1, Math.floor((room + GAP) / (side + GAP)));
  const wide = Math.min(side, room);
  const tall = (wide / columns) * rows;
  const marks = tiles.map(({ weights, hint: text = "" }, k) => {
    const x = MARGIN + (k % across) * (side + GAP);
    const y = Math.floor(k / across) * (tall + GAP);
    return group(
      {},
      ...(text === "" ? [] : [hint(text)]),
      element("rect", { class: "cell", x, y, width: wide, height: tall }),
      placedPixels(signedPixels(weights, columns, scale), [x, y], wide / columns),
    );
  });
  const bottom = Math.ceil(tiles.length / across) * (tall + GAP) + 4;
  return figure(options, {
    height: bottom + 16 + MARGIN,
    marks: [...marks, signedScale(scale, bottom, room)],
    summary: `${tiles.length} tiles of ${rows}×${columns} weights, from −${brief(scale)} to ${brief(scale)}.`,
  });
}

function largestOf(tiles: readonly Tile[]): number {
  let largest = 0;
  for (const { weights } of tiles) {
    for (let i = 0; i < weights.length; i++) {
      const size = Math.abs(weights[i]!);
      if (size > largest && size < Number.POSITIVE_INFINITY) largest = size;
    }
  }
  return largest || 1;
}

/** From the lowest to the highest value, with both numbers beside it. */
function signedScale(scale: number, top: number, room: number): Markup {
  const ramp = Array.from({ length: STEPS }, (_, k) => (2 * k) / (STEPS - 1) - 1);
  // With an exponent of three digits, more would leave no room in the narrowest figure.
  const high = brief(scale, room < 300 ? 1 : 3);
  const low = `−${high}`;
  const left = MARGIN + textWidth(low) + 8;
  const unit = Math.min(2.5, (room - textWidth(low) - textWidth(high) - 16) / STEPS);
  const wide = STEPS * unit;
  return group(
    {},
    label(low, left - 8, top + SIZE, { anchor: "end", class: "soft number" }),
    element("rect", { class: "cell", x: left, y: top + 2, width: wide, height: 4 * unit }),
    placedPixels(
      signedPixels([...ramp, ...ramp, ...ramp, ...ramp], STEPS, 1),
      [left, top + 2],
      unit,
    ),
    label(high, left + wide + 8, top + SIZE, { class: "soft number" }),
  );
}
