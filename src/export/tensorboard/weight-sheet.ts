/** The weights into the first units as one picture: a tile for each, blue below zero and orange above. */
import type { Matrix } from "../../autodiff/index.js";
import type { EventImage } from "./events.js";
import { encodePng } from "./png.js";

const MOST_UNITS = 100;

/** Okabe and Ito's, as in all figures of weights. */
const [BELOW, ABOVE, ZERO] = [
  [0, 114, 178],
  [213, 94, 0],
  [255, 255, 255],
] as const;

/** Undefined if the inputs are no square image. */
export function weightSheet({ shape: [units, inputs], data }: Matrix): EventImage | undefined {
  const side = Math.sqrt(inputs);
  if (!Number.isInteger(side)) return undefined;
  const count = Math.min(units, MOST_UNITS);
  const across = Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  const [width, height] = [across, down].map((tiles) => tiles * (side + 1) - 1) as [number, number];
  const rgb = new Uint8Array(3 * width * height).fill(128);
  let largest = 0;
  for (const weight of data) largest = Math.max(largest, Math.abs(weight));
  for (let unit = 0; unit < count; unit++) {
    const [left, top] = [unit % across, Math.floor(unit / across)].map((k) => k * (side + 1));
    for (let pixel = 0; pixel < inputs; pixel++) {
      const [x, y] = [left! + (pixel % side), top! + Math.floor(pixel / side)];
      const part = data[pixel * units + unit]! / (largest || 1);
      const end = part < 0 ? BELOW : ABOVE;
      for (let channel = 0; channel < 3; channel++) {
        const [from, to] = [ZERO[channel]!, end[channel]!];
        rgb[3 * (y * width + x) + channel] = from + (to - from) * Math.abs(part);
      }
    }
  }
  return { width, height, png: encodePng(width, height, rgb) };
}
