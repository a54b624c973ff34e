/** What happens to digits on their way into pictures. */
import type { Picture } from "../../../src/data/pictures/picture.js";
import { generator, normal } from "../../../src/random.js";
import type { InkMap } from "./digits.js";

export type Colour = readonly [red: number, green: number, blue: number];

export const WHITE: Colour = [255, 255, 255];
export const BLACK: Colour = [0, 0, 0];

/** A picture of any colours. */
export function painted(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => Colour,
): Picture {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      const [red, green, blue] = colourAt(x, y);
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** Ink on paper. */
export function inked(
  { width, height, values }: InkMap,
  ink: Colour = BLACK,
  paper: Colour = WHITE,
): Picture {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    for (let c = 0; c < 3; c++) data[4 * i + c] = paper[c]! + value * (ink[c]! - paper[c]!);
  }
  return { width, height, data };
}

/** The same with each colour changed. */
export function changed(
  picture: Picture,
  change: (colour: Colour, x: number, y: number) => Colour,
): Picture {
  const { width, height, data } = picture;
  return painted(width, height, (x, y) => {
    const at = 4 * (y * width + x);
    return change([data[at]!, data[at + 1]!, data[at + 2]!], x, y);
  });
}

/** A frame so many pixels wide, so far from the edge. */
export function framed(picture: Picture, thickness: number, distance = 0, colour = BLACK): Picture {
  const { width, height } = picture;
  return changed(picture, (was, x, y) => {
    const depth = Math.min(x, y, width - 1 - x, height - 1 - y);
    return depth >= distance && depth < distance + thickness ? colour : was;
  });
}

/** A square of another colour. */
export function spotted(
  picture: Picture,
  left: number,
  top: number,
  side: number,
  colour: Colour,
): Picture {
  return changed(picture, (was, x, y) =>
    x >= left && x < left + side && y >= top && y < top + side ? colour : was,
  );
}

/** A margin of so many pixels of paper on all sides. */
export function padded({ width, height, data }: Picture, by: number): Picture {
  return painted(width + 2 * by, height + 2 * by, (x, y) => {
    if (x < by || y < by || x >= width + by || y >= height + by) return WHITE;
    const at = 4 * ((y - by) * width + x - by);
    return [data[at]!, data[at + 1]!, data[at + 2]!];
  });
}

/** Normally distributed noise in each colour. */
export function noisy(picture: Picture, deviation: number, seed = 1): Picture {
  const random = generator(seed, "noise of a picture");
  const noise = Float32Array.from({ length: PERIOD }, () => deviation * normal(random));
  let drawn = 0;
  return changed(picture, ([red, green, blue]) => [
    red + noise[drawn++ % PERIOD]!,
    green + noise[drawn++ % PERIOD]!,
    blue + noise[drawn++ % PERIOD]!,
  ]);
}

/** Noise repeats after so many values, which takes less time, and leaves no pattern. */
const PERIOD = 20_011;

/** Light that changes over the picture; `light` has what of it comes where, both from 0 to 1. */
export function lit(picture: Picture, light: (x: number, y: number) => number): Picture {
  const { width, height } = picture;
  return changed(picture, ([red, green, blue], x, y) => {
    const factor = light(x / width, y / height);
    return [factor * red, factor * green, factor * blue];
  });
}

/** Lines of a colour, behind the ink, so many pixels apart; upright ones, too, if it is a grid. */
export function ruled(
  picture: Picture,
  {
    apart,
    thick = 1,
    colour,
    grid = false,
    slope = 0,
    from = apart / 2,
  }: {
    readonly apart: number;
    readonly thick?: number;
    readonly colour: Colour;
    readonly grid?: boolean;
    readonly slope?: number;
    readonly from?: number;
  },
): Picture {
  const isLine = (at: number) => (((at - from) % apart) + apart) % apart < thick;
  return changed(picture, (was, x, y) =>
    isLine(y + slope * x) || (grid && isLine(x))
      ? [Math.min(was[0], colour[0]), Math.min(was[1], colour[1]), Math.min(was[2], colour[2])]
      : was,
  );
}
