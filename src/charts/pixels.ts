/** Pixels as paths: one for each level of grey or colour, made of horizontal runs. */
import { LEVELS } from "./style.js";
import { element, group, type Markup } from "./svg.js";

/**
 * A grey image in which 0 is paper and 255 is ink; each pixel is 1×1 in the coordinates around it.
 *
 * @param pixels row by row
 */
export function greyPixels(pixels: ArrayLike<number>, columns: number): Markup[] {
  const level = (value: number) => Math.round((LEVELS * value) / 255);
  return pathsOf(pixels, columns, level).map(({ level, d }) => {
    return element("path", { class: `g${level}`, d });
  });
}

/** Numbers of both signs as two colours; `scale` is what has full colour. */
export function signedPixels(values: ArrayLike<number>, columns: number, scale: number): Markup[] {
  const level = (value: number) => {
    const part = Math.max(-1, Math.min(1, value / scale));
    return Number.isNaN(part) ? 0 : Math.round(LEVELS * part);
  };
  return pathsOf(values, columns, level).map(({ level, d }) => {
    const sign = level < 0 ? "negative" : "positive";
    return element("path", { class: `${sign} g${Math.abs(level)}`, d });
  });
}

interface LevelPath {
  readonly level: number;
  readonly d: string;
}

/** A line 1 wide through the middle of each run; each move is relative to where the last run ended. */
function pathsOf(
  values: ArrayLike<number>,
  columns: number,
  levelOf: (value: number) => number,
): LevelPath[] {
  const paths = new Map<number, { d: string; x: number; y: number }>();
  for (let start = 0; start < values.length; ) {
    const level = levelOf(values[start]!);
    const [x, y] = [start % columns, Math.floor(start / columns)];
    let end = start + 1;
    while (end % columns !== 0 && levelOf(values[end]!) === level) end++;
    if (level !== 0) {
      const path = paths.get(level) ?? { d: "", x: 0, y: -0.5 };
      path.d += `m${x - path.x} ${y - path.y}h${end - start}`;
      paths.set(level, { d: path.d, x: x + end - start, y });
    }
    start = end;
  }
  return [...paths].sort(([a], [b]) => a - b).map(([level, { d }]) => ({ level, d }));
}

/** Pixels as a square of `size` at a place. */
export function placedPixels(
  pixels: readonly Markup[],
  [x, y]: readonly [number, number],
  scale: number,
  ...others: Markup[]
): Markup {
  const transform = `translate(${round(x)} ${round(y)})scale(${round(scale)})`;
  return group({ class: "pixels", transform }, ...others, ...pixels);
}

function round(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** @throws {RangeError} unless there are rows × columns numbers */
export function checkPixels(
  what: string,
  { length }: ArrayLike<number>,
  rows: number,
  columns: number,
): void {
  for (const side of [rows, columns]) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(`an image has whole numbers of rows and columns above 0, not ${side}`);
    }
  }
  if (length === rows * columns) return;
  throw new RangeError(`${what} has ${length} numbers, where ${rows}×${columns} are expected`);
}
