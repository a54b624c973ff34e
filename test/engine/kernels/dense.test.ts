/** Dense products C ← βC + αAB, ABᵀ and AᵀB. */
import { describe, test } from "vitest";
import type { Simd } from "../../../src/engine/runtime/kernels.js";
import {
  clear,
  EPSILON,
  expectElements,
  expectSameBits,
  kernel,
  Matrix,
  MODES,
  randomFrom,
  reserve,
  SIZES,
  scalar,
} from "./memory.js";

const random = randomFrom(4);
const signed = () => 2 * random() - 1;

interface Case {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Which of {@link MODES}. */
  readonly mode: number;
  readonly hasAlpha: boolean;
  /** Columns and rows (multiples of 4) at which the work is split. */
  readonly cuts?: readonly (readonly [column: number, row: number])[];
}

type Kind = "AB" | "ABᵀ" | "AᵀB";

function check(kind: Kind, { m, n, k, mode, hasAlpha, cuts = [] }: Case): void {
  const name = kind === "AᵀB" ? "gemmTransposed" : "gemm";
  clear();
  const isLeft = kind === "AᵀB";
  const isRight = kind === "ABᵀ";
  const { beta, mode: modeOf } = MODES[mode]!;
  const scratch = reserve(kernel("scratchBytes")());
  const [alpha, betaMode] = [hasAlpha ? scalar(0.5) : 0, modeOf()];
  const a = isLeft ? new Matrix(k, m, signed) : new Matrix(m, k, signed);
  const b = isRight ? new Matrix(n, k, signed) : new Matrix(k, n, signed);
  const c = new Matrix(m, n, beta === 0 ? () => Number.NaN : signed);
  const old = c.elements();
  const [row, column] = isRight ? [b.stride, 1] : [1, b.stride];
  /** The rows from `top` and columns from `first` of C. */
  const run = (first: number, last: number, top: number, bottom: number, simd: Simd = 128) =>
    kernel(name, simd)(
      ...[c.address + first * c.step + 4 * top, c.stride],
      ...[a.address + 4 * top * (isLeft ? a.stride : 1), a.stride],
      ...[b.address + 4 * first * column, row, column],
      ...[bottom - top, last - first, k, -1, alpha, betaMode, scratch],
    );

  run(0, n, 0, m);
  const tolerance = EPSILON * (2 * k + 4);
  expectElements(
    c,
    (r, j) => {
      let sum = 0;
      for (let i = 0; i < k; i++) {
        sum += (isLeft ? a.at(i, r) : a.at(r, i)) * (isRight ? b.at(j, i) : b.at(i, j));
      }
      return (beta === 0 ? 0 : beta * old[j * m + r]!) - (hasAlpha ? 0.5 : 1) * sum;
    },
    tolerance,
  );

  const whole = c.elements();
  c.restore(old);
  run(0, n, 0, m, 256);
  expectSameBits(c.elements(), whole);
  for (const [first, top] of cuts) {
    c.restore(old);
    run(0, first, 0, top, 256);
    run(0, first, top, m);
    run(first, n, 0, top);
    run(first, n, top, m, 256);
    expectSameBits(c.elements(), whole);
  }
}

describe.each<Kind>(["AB", "ABᵀ", "AᵀB"])("C ← βC + α%s", (kind) => {
  test("agrees with float64 to 2k ε for all sizes around the tiles, and has the same bits by tiles for 256 bits", () => {
    for (const m of SIZES) {
      for (const n of SIZES) {
        for (const k of [1, 3, 4, 10, 30]) {
          check(kind, { m, n, k, mode: (m + n + k) % 3, hasAlpha: (m + k) % 2 === 0 });
        }
      }
    }
  });

  test.each([
    { m: 30, n: 10, k: 784 },
    { m: 45, n: 21, k: 300 },
    { m: 64, n: 150, k: 515 },
    { m: 23, n: 259, k: 257 },
  ])("of $m×$n×$k, in several blocks, has the same bits however it is split", ({ m, n, k }) => {
    const cuts = [
      [1, 4],
      [2, 20],
      [n - 1, 8],
    ] as const;
    for (const mode of [0, 1, 2]) check(kind, { m, n, k, mode, hasAlpha: true, cuts });
  });
});
