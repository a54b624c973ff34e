import { describe, expect, test } from "vitest";
import { deformed, displacements } from "../../../src/data/deformed/definition.js";
import { type Deformation, warpOf } from "../../../src/data/deformed/deformation.js";
import { type Images, loadEmbedded } from "../../../src/data/index.js";
import { noise } from "../../support/digits.js";

const FIRST = { seed: 1, epoch: 1, index: 0 };

/** 15 × 15 pixels with a soft dot whose centre is so far from the middle. */
function dotAt(u: number, v: number): Images {
  const side = 15;
  const pixels = Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) - 7 - u, Math.floor(i / side) - 7 - v];
    return Math.round(255 * Math.exp(-(x * x + y * y) / 2));
  });
  return { rows: side, columns: side, count: 1, pixels, labels: Uint8Array.of(0) };
}

/** The centre of mass, from the middle. */
function centreOf(image: Uint8Array, side: number): [number, number] {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((value, i) => {
    mass += value;
    x += value * ((i % side) - (side - 1) / 2);
    y += value * (Math.floor(i / side) - (side - 1) / 2);
  });
  return [x / mass, y / mass];
}

describe("normalised displacements", () => {
  const sizes = [
    { sigma: 0.5, rows: 29, columns: 29 },
    { sigma: 4, rows: 28, columns: 28 },
    { sigma: 8, rows: 9, columns: 31 },
    { sigma: 100, rows: 28, columns: 28 },
  ];

  test.each(sizes)("have lengths of the root mean square α/F: %j", ({ sigma, rows, columns }) => {
    for (const [alpha, field] of [
      [34, 29],
      [3, 7],
    ] as const) {
      const [dx, dy] = displacements({ sigma, alpha, field }, [1, 2], rows, columns);
      const square = dx.reduce((sum, x, i) => sum + x * x + dy[i]! ** 2, 0) / dx.length;
      expect(Math.sqrt(square)).toBeCloseTo(alpha / field, 10);
    }
  });

  test("of a field of the images' size have the norm α, and the directions of those that are not", () => {
    const [plain, normalised] = [undefined, 29].map((field) => {
      const both = displacements({ sigma: 4, alpha: 34, field }, [3, 4], 29, 29);
      return both.flatMap((along) => [...along]);
    }) as [number[], number[]];
    expect(Math.hypot(...normalised)).toBeCloseTo(34, 10);
    const cosine =
      plain.reduce((sum, each, i) => sum + each * normalised[i]!, 0) / (Math.hypot(...plain) * 34);
    expect(cosine).toBeCloseTo(1, 12);
  });

  test("are close to constant for a large σ, in a random direction", () => {
    const angles = Array.from({ length: 12 }, (_, key) => {
      const [dx, dy] = displacements({ sigma: 900, alpha: 9, field: 9 }, [key, 1], 9, 9);
      dx.forEach((x, i) => {
        expect(Math.hypot(x - dx[0]!, dy[i]! - dy[0]!)).toBeLessThan(0.1);
      });
      return Math.atan2(dy[0]!, dx[0]!) / (Math.PI / 4);
    });
    // From the nearest diagonal or axis, in parts of the way from one to the other.
    const off = angles.map((angle) => Math.abs(angle - Math.round(angle)));
    expect(off.filter((each) => each > 0.1).length).toBeGreaterThan(6);
  });

  test("are 0 where α is", () => {
    const [along] = displacements({ sigma: 4, alpha: 0, field: 29 }, [1, 2], 28, 28);
    expect(Math.hypot(...along)).toBe(0);
  });
});

describe("a deformed image", () => {
  test("with all parameters 0 is the image", () => {
    const images = noise(5, 1, 7);
    const nothing = { elastic: { sigma: 2, alpha: 0 }, rotation: 0, shear: 0, scaling: 0 };
    for (let index = 0; index < 5; index++) {
      const image = images.pixels.subarray(index * 49, (index + 1) * 49);
      expect(deformed(images, { gentle: [] }, { ...FIRST, index })).toEqual(image);
      expect(deformed(images, { ...nothing, gentle: [] }, { ...FIRST, index })).toEqual(image);
    }
  });

  test.each([
    { rotation: 40 },
    { shear: 30 },
    { scaling: 30 },
    { rotation: 30, shear: 30, scaling: 20 },
  ])("has a dot where the inverse of its matrix moves it, within 0.1 pixels: %j", (affine) => {
    const deformation: Deformation = { ...affine, gentle: [] };
    const [u, v] = [3, -2];
    for (let epoch = 1; epoch <= 20; epoch++) {
      const which = { ...FIRST, epoch };
      const image = deformed(dotAt(u, v), deformation, which);
      const [xx, xy, yx, yy] = warpOf(deformation, { ...which, label: 0 }).matrix;
      const determinant = xx * yy - xy * yx;
      const [x, y] = centreOf(image, 15);
      expect(Math.abs(x - (yy * u - xy * v) / determinant)).toBeLessThan(0.1);
      expect(Math.abs(y - (xx * v - yx * u) / determinant)).toBeLessThan(0.1);
    }
  });

  test("keeps its ink, on average, within 5%, and most of it always", async () => {
    const { train } = await loadEmbedded();
    const deformation: Deformation = {
      elastic: { sigma: 6, alpha: 36 },
      rotation: 15,
      shear: 15,
      scaling: 15,
      gentle: [1, 7],
    };
    const ink = (image: Uint8Array) => image.reduce((sum, value) => sum + value, 0);
    const ratios = Array.from({ length: 200 }, (_, index) => {
      const image = train.pixels.subarray(index * 784, (index + 1) * 784);
      return ink(deformed(train, deformation, { ...FIRST, index })) / ink(image);
    });
    const mean = ratios.reduce((sum, ratio) => sum + ratio) / ratios.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.05);
    expect(Math.min(...ratios)).toBeGreaterThan(0.5);
  });
});
