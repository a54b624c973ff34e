import { describe, expect, test } from "vitest";
import { along } from "../../../src/page/draw/along.js";

describe("a step along x̄", () => {
  test("changes pixels in proportion to x̄, the largest by 16 grey levels", () => {
    const { pixels, expected } = along(Uint8Array.of(100, 100, 100, 100), [0.02, -0.01, 0, 0.04]);
    expect(Array.from(pixels)).toEqual([108, 96, 100, 116]);
    expect(expected).toBeCloseTo(8 * 0.02 + 4 * 0.01 + 16 * 0.04, 12);
  });

  test("stays between paper and full ink, and expects no more of it", () => {
    const { pixels, expected } = along(Uint8Array.of(0, 250), [-1, 1]);
    expect(Array.from(pixels)).toEqual([0, 255]);
    expect(expected).toBe(5);
  });

  test("leads nowhere where x̄ is 0", () => {
    expect(along(Uint8Array.of(1, 2), [0, 0])).toEqual({
      pixels: Uint8Array.of(1, 2),
      expected: 0,
    });
  });
});
