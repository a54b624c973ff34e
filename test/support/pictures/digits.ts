/** Digits as maps of ink of any size: those of MNIST enlarged, and others drawn as strokes. */
import { drawHand } from "../../../src/data/generated/hand.js";
import { styles } from "../../../src/data/generated/styles.js";
import { write } from "../../../src/data/generated/variation.js";
import { generator, uniform } from "../../../src/random.js";

/** How much of each pixel is covered with ink, from 0 to 1, row by row. */
export interface InkMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The part of the picture's side that the longer side of a drawn digit takes. */
const FILL = 0.65;

/** An image of side × side bytes, enlarged smoothly to a square picture. */
export function enlarged(pixels: Uint8Array, side: number, to: number): InkMap {
  const values = new Float32Array(to * to);
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= side || column >= side ? 0 : pixels[row * side + column]!;
  for (let y = 0; y < to; y++) {
    const v = ((y + 0.5) * side) / to - 0.5;
    const [row, down] = [Math.floor(v), v - Math.floor(v)];
    for (let x = 0; x < to; x++) {
      const u = ((x + 0.5) * side) / to - 0.5;
      const [column, right] = [Math.floor(u), u - Math.floor(u)];
      const upper = (1 - right) * at(row, column) + right * at(row, column + 1);
      const lower = (1 - right) * at(row + 1, column) + right * at(row + 1, column + 1);
      values[y * to + x] = ((1 - down) * upper + down * lower) / 255;
    }
  }
  return { width: to, height: to, values };
}

/** Digit i of an endless sequence, in which the digits follow each other, by a pen so many pixels wide. */
export function drawn(i: number, side: number, pen: number, wildness = 0.3): InkMap {
  const common = styles[i % 10]!.filter(({ weight }) => weight >= 2);
  const random = generator(5, `drawn ${i}`);
  const style = common[Math.floor(common.length * uniform(random))]!;
  const traces = write(style, { ...drawHand(random, wildness), slant: 0.1 }, random);
  const xs = traces.flatMap(({ x }) => x);
  const ys = traces.flatMap(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const scale = (FILL * side - pen) / Math.max(right - left, bottom - top);
  const strokes = traces.map(({ x, y }) =>
    x.map(
      (_, k) =>
        [
          side / 2 + scale * (x[k]! - (left + right) / 2),
          side / 2 + scale * (y[k]! - (top + bottom) / 2),
        ] as const,
    ),
  );
  return stroked(strokes, side, side, pen);
}

/** Polylines, drawn with a round pen. */
export function stroked(
  strokes: readonly (readonly (readonly [number, number])[])[],
  width: number,
  height: number,
  pen: number,
): InkMap {
  const values = new Float32Array(width * height);
  const reach = pen / 2 + 0.5;
  for (const stroke of strokes) {
    for (let k = 0; k + 1 < stroke.length; k++) {
      const [[x1, y1], [x2, y2]] = [stroke[k]!, stroke[k + 1]!];
      const [dx, dy] = [x2 - x1, y2 - y1];
      const square = Math.max(dx * dx + dy * dy, 1e-12);
      const from = Math.max(0, Math.floor(Math.min(y1, y2) - reach));
      const to = Math.min(height - 1, Math.ceil(Math.max(y1, y2) + reach));
      const first = Math.max(0, Math.floor(Math.min(x1, x2) - reach));
      const last = Math.min(width - 1, Math.ceil(Math.max(x1, x2) + reach));
      for (let y = from; y <= to; y++) {
        for (let x = first; x <= last; x++) {
          const [px, py] = [x + 0.5 - x1, y + 0.5 - y1];
          const along = Math.min(1, Math.max(0, (px * dx + py * dy) / square));
          const cover = Math.min(1, pen, reach - Math.hypot(px - along * dx, py - along * dy));
          if (cover > values[y * width + x]!) values[y * width + x] = cover;
        }
      }
    }
  }
  return { width, height, values };
}
