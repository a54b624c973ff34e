import { describe, expect, test } from "vitest";
import { curveThrough } from "../../../src/data/generated/curve.js";
import { fitToBox, rasterise } from "../../../src/data/generated/rasterise.js";
import { BOX, centre } from "../../../src/data/pictures/normalise.js";

describe("a curve", () => {
  const zigzag = { x: [0, 30, 10, 50], y: [0, 20, 60, 90] };

  test("passes through its points, in order", () => {
    const corner = [false, false, false, false];
    const { x, y, at } = curveThrough({ ...zigzag, corner }, 5);
    for (let i = 0; i < 4; i++) {
      const k = at.indexOf(i);
      expect(x[k]).toBeCloseTo(zigzag.x[i]!, 10);
      expect(y[k]).toBeCloseTo(zigzag.y[i]!, 10);
    }
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });

  test("is straight between corners", () => {
    const { x, y, at } = curveThrough({ ...zigzag, corner: [true, true, true, true] }, 5);
    for (let k = 0; k < x.length; k++) {
      const i = Math.min(2, Math.floor(at[k]!));
      const cross =
        (x[k]! - zigzag.x[i]!) * (zigzag.y[i + 1]! - zigzag.y[i]!) -
        (y[k]! - zigzag.y[i]!) * (zigzag.x[i + 1]! - zigzag.x[i]!);
      expect(cross).toBeCloseTo(0, 8);
    }
  });

  test("turns gently where there is no corner and sharply where there is", () => {
    const right = { x: [0, 50, 50], y: [0, 0, 50] };
    const sharpestTurn = (corner: boolean) => {
      const { x, y } = curveThrough({ ...right, corner: [false, corner, false] }, 2);
      let least = 1;
      for (let k = 1; k + 1 < x.length; k++) {
        const [ax, ay] = [x[k]! - x[k - 1]!, y[k]! - y[k - 1]!];
        const [bx, by] = [x[k + 1]! - x[k]!, y[k + 1]! - y[k]!];
        least = Math.min(least, (ax * bx + ay * by) / (Math.hypot(ax, ay) * Math.hypot(bx, by)));
      }
      return least;
    };
    expect(sharpestTurn(true)).toBeCloseTo(0, 10);
    expect(sharpestTurn(false)).toBeGreaterThan(Math.SQRT1_2);
  });

  test("stays finite where points coincide", () => {
    const corner = [false, false, false, false];
    const { x, y } = curveThrough({ x: [1, 1, 1, 9], y: [2, 2, 2, 9], corner }, 5);
    expect([...x, ...y].every(Number.isFinite)).toBe(true);
  });
});

describe("drawing", () => {
  const drawn = (x: number[], y: number[], radius: number[], squareness: number) => {
    const ink = new Float64Array(BOX * BOX);
    rasterise([{ x, y, radius }], squareness, ink);
    return ink;
  };
  const total = (ink: Float64Array) => ink.reduce((sum, value) => sum + value, 0);

  test("leaves about as much ink as the line has area, wherever it lies on the grid", () => {
    for (const shift of [0, 0.2, 0.5, 0.9]) {
      const round = drawn([5 + shift, 15 + shift], [9 + shift, 9 + shift], [2, 2], 0);
      expect(total(round) / (10 * 4 + Math.PI * 4)).toBeCloseTo(1, 1);
      const square = drawn([5 + shift, 15 + shift], [9 + shift, 9 + shift], [2, 2], 1);
      expect(total(square) / (14 * 4)).toBeCloseTo(1, 1);
    }
  });

  test("does not darken where strokes cross", () => {
    const ink = new Float64Array(BOX * BOX);
    const across = { x: [4, 16], y: [10, 10], radius: [1.7, 1.7] };
    rasterise([across], 0, ink);
    const once = ink.slice();
    rasterise([across, across], 0, ink);
    expect(ink).toEqual(once);
  });

  test("fits the longer side to the box and keeps the aspect ratio", () => {
    const trace = { x: [100, 140], y: [-50, 30], radius: [5, 5] };
    fitToBox([trace]);
    const scale = BOX / 90;
    expect(trace.radius[0]).toBeCloseTo(5 * scale, 10);
    expect(trace.x[0]! - trace.radius[0]!).toBeCloseTo(0, 10);
    expect(trace.x[1]! - trace.x[0]!).toBeCloseTo(40 * scale, 10);
    expect(trace.y[0]! - trace.radius[0]!).toBeCloseTo(0, 10);
    expect(trace.y[1]! + trace.radius[1]!).toBeCloseTo(BOX, 10);
  });
});

describe("centring", () => {
  const placed = (points: readonly (readonly [row: number, column: number, ink: number])[]) => {
    const ink = new Float64Array(BOX * BOX);
    for (const [row, column, value] of points) ink[row * BOX + column] = value;
    const pixels = new Uint8Array(784).fill(99);
    centre(ink, pixels);
    const found: number[][] = [];
    for (const [i, value] of pixels.entries()) {
      if (value > 0) found.push([Math.floor(i / 28), i % 28, value]);
    }
    return found;
  };

  test("moves a single point to the middle, from every corner of the box", () => {
    for (const [row, column] of [
      [0, 0],
      [0, 19],
      [19, 0],
      [19, 19],
    ] as const) {
      expect(placed([[row, column, 1]])).toEqual([[14, 14, 255]]);
    }
  });

  test("balances by mass, not by extent", () => {
    expect(
      placed([
        [3, 2, 1],
        [3, 6, 0.2],
      ]),
    ).toEqual([
      [14, 13, 255],
      [14, 17, 51],
    ]);
  });

  test("keeps all ink in the field", () => {
    const heavyEnd = [0, 1, 2].flatMap((row) =>
      [0, 1, 2].map((column) => [row, column, 1] as const),
    );
    const rows = placed([...heavyEnd, [19, 1, 0.2]]).map(([row]) => row!);
    expect(Math.max(...rows)).toBe(27);
    expect(Math.min(...rows)).toBe(27 - 19);
  });
});
