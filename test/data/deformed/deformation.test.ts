import { describe, expect, test } from "vitest";
import {
  type Deformation,
  type ImageInEpoch,
  warpOf,
} from "../../../src/data/deformed/deformation.js";
import { correlation, part, STANDARD_ERRORS } from "../../support/statistics.js";

const FIRST: ImageInEpoch = { seed: 1, epoch: 1, index: 0, label: 0 };
const COUNT = 2000;
const DEGREE = Math.PI / 180;

/** The matrices of many images. */
const matrices = (deformation: Omit<Deformation, "gentle">) =>
  Array.from({ length: COUNT }, (_, index) => {
    const { matrix } = warpOf({ ...deformation, gentle: [] }, { ...FIRST, index });
    return matrix;
  });

/** A sample whose part below 0 is a half, but for chance. */
function expectBothSigns(sample: Float64Array): void {
  const error = 0.5 / Math.sqrt(COUNT);
  expect(Math.abs(part(sample, (x) => x < 0) - 0.5)).toBeLessThan(STANDARD_ERRORS * error);
}

describe("a warp", () => {
  test("without parameters is the identity", () => {
    for (const matrix of matrices({})) expect(matrix.map((x) => x + 0)).toEqual([1, 0, 0, 1]);
  });

  test("of a rotation turns by up to the angle, either way", () => {
    const angles = new Float64Array(COUNT);
    matrices({ rotation: 15 }).forEach(([xx, xy, yx, yy], i) => {
      expect([xx, xy]).toEqual([yy, -yx]);
      expect(xx * xx + xy * xy).toBeCloseTo(1, 14);
      angles[i] = Math.atan2(xy, xx) / DEGREE;
    });
    const largest = angles.reduce((most, angle) => Math.max(most, Math.abs(angle)), 0);
    expect(largest).toBeLessThanOrEqual(15);
    expect(largest).toBeGreaterThan(14.5);
    expectBothSigns(angles);
  });

  test("of a shear moves rows by up to the tangent of the angle, either way", () => {
    const slopes = new Float64Array(COUNT);
    matrices({ shear: 15 }).forEach(([xx, xy, yx, yy], i) => {
      expect([xx, yx, yy]).toEqual([1, 0, 1]);
      slopes[i] = xy;
    });
    const largest = slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
    expect(largest).toBeLessThanOrEqual(Math.tan(15 * DEGREE));
    expect(largest).toBeGreaterThan(Math.tan(14.5 * DEGREE));
    expectBothSigns(slopes);
  });

  test("of both is one of them, each as often", () => {
    const isShear = matrices({ rotation: 15, shear: 15 }).map(([, , yx]) => (yx === 0 ? -1 : 1));
    expectBothSigns(Float64Array.from(isShear));
  });

  test("of a scaling changes width and height by up to the percentage, independently", () => {
    const [width, height] = [new Float64Array(COUNT), new Float64Array(COUNT)];
    matrices({ scaling: 20 }).forEach(([xx, xy, yx, yy], i) => {
      expect([xy + 0, yx + 0]).toEqual([0, 0]);
      [width[i], height[i]] = [1 / xx - 1, 1 / yy - 1];
    });
    for (const sample of [width, height]) {
      const largest = sample.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(largest).toBeLessThanOrEqual(0.2 + 1e-12);
      expect(largest).toBeGreaterThan(0.195);
      expectBothSigns(sample);
    }
    expect(Math.abs(correlation(width, height))).toBeLessThan(STANDARD_ERRORS / Math.sqrt(COUNT));
  });

  test.each([{ rotation: 15 }, { shear: 15 }])(
    "of a gentle class has half the angle: %j",
    (one) => {
      for (let index = 0; index < 100; index++) {
        const angleOf = (label: number) => {
          const warp = warpOf({ ...one, gentle: [1, 7] }, { ...FIRST, index, label });
          return Math.atan2(warp.matrix[1], warp.matrix[0]);
        };
        expect(angleOf(1)).toBeCloseTo(angleOf(3) / 2, 12);
        expect(angleOf(7)).toBe(angleOf(1));
        expect(angleOf(9)).toBe(angleOf(3));
      }
    },
  );

  test("draws a strength from its range for each image, uniformly", () => {
    const sigmas = new Float64Array(COUNT);
    const alphas = new Float64Array(COUNT);
    const elastic = { sigma: { from: 5, to: 6 }, alpha: { from: 36, to: 38 } };
    for (let index = 0; index < COUNT; index++) {
      const drawn = warpOf({ elastic }, { ...FIRST, index }).elastic!;
      sigmas[index] = drawn.sigma - 5.5;
      alphas[index] = drawn.alpha - 37;
    }
    for (const [sample, half] of [
      [sigmas, 0.5],
      [alphas, 1],
    ] as const) {
      const most = sample.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(most).toBeLessThanOrEqual(half);
      expect(most).toBeGreaterThan(0.99 * half);
      expectBothSigns(sample);
      const inner = part(sample, (x) => Math.abs(x) < half / 2);
      expect(Math.abs(inner - 0.5)).toBeLessThan((STANDARD_ERRORS * 0.5) / Math.sqrt(COUNT));
    }
    expect(Math.abs(correlation(sigmas, alphas))).toBeLessThan(STANDARD_ERRORS / Math.sqrt(COUNT));
  });

  test("of a range is that of the strength drawn: nothing else depends on it", () => {
    for (let index = 0; index < 100; index++) {
      const image = { ...FIRST, index };
      const elastic = { sigma: 6, alpha: 36 };
      const fixed = warpOf({ elastic, rotation: 15, scaling: 20, gentle: [] }, image);
      const same = { from: 15, to: 15 };
      const ranged = warpOf({ elastic, rotation: same, scaling: 20, gentle: [] }, image);
      expect(ranged).toEqual(fixed);
      const other = { from: 5, to: 15 };
      const turned = warpOf({ elastic, rotation: other, scaling: 20, gentle: [] }, image);
      expect(turned.key).toEqual(fixed.key);
      const angle = ({ matrix: [, xy, , yy] }: typeof fixed) => Math.atan2(xy, yy) / DEGREE;
      expect(Math.abs(angle(turned))).toBeLessThan(15 * 1.5);
    }
  });

  test("differs with seed, epoch and index", () => {
    const images = [FIRST, { ...FIRST, seed: 2 }, { ...FIRST, epoch: 2 }, { ...FIRST, index: 1 }];
    const warps = images.map((image) => warpOf({ rotation: 15, gentle: [] }, image));
    expect(new Set(warps.map((warp) => JSON.stringify(warp))).size).toBe(4);
    expect(new Set(warps.map(({ key }) => String(key))).size).toBe(4);
  });
});
