/** Matrices with too many elements to show: what is said of them, and which element stands for them. */
import type { Matrix, Shape } from "../../../autodiff/index.js";
import { short } from "./numbers.js";

const MOST = 12;

export function isLarge([rows, columns]: Shape): boolean {
  return rows * columns > MOST;
}

/** Its shape, and what its elements lie between, in two lines. */
export function summaryOf(value: Matrix): readonly [string, string] {
  return [
    value.shape.join("×"),
    `within ±${short(Math.abs(value.data[largestOf(value)] as number), 3)}`,
  ];
}

/** The place of the element that is farthest from 0. */
export function largestOf({ data }: Matrix): number {
  let largest = 0;
  data.forEach((x, k) => {
    if (Math.abs(x) > Math.abs(data[largest] as number)) largest = k;
  });
  return largest;
}
