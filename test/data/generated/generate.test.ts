import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateDigits } from "../../../src/data/generated/generate.js";

const SIZE = 784;

describe("the sequence of a seed", () => {
  test("is the same each time", () => {
    expect(generateDigits({ count: 50, seed: 7 })).toEqual(generateDigits({ count: 50, seed: 7 }));
  });

  test("differs from that of another seed, in images and in the order of labels", () => {
    const a = generateDigits({ count: 50, seed: 7 });
    const b = generateDigits({ count: 50, seed: 8 });
    expect(a.pixels).not.toEqual(b.pixels);
    expect(a.labels).not.toEqual(b.labels);
  });

  test("has no image twice", () => {
    const { pixels, count } = generateDigits({ count: 500, seed: 1 });
    const images = new Set<string>();
    for (let i = 0; i < count; i++) {
      images.add(pixels.subarray(SIZE * i, SIZE * (i + 1)).join());
    }
    expect(images.size).toBe(count);
  });

  test("can be drawn in parts: a digit depends on the seed and its number alone", () => {
    const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const number = fc.integer({ min: 0, max: 39 });
    fc.assert(
      fc.property(seed, number, (seed, number) => {
        const all = generateDigits({ count: 40, seed });
        const one = generateDigits({ count: 1, seed, first: number });
        expect(one.labels[0]).toBe(all.labels[number]);
        expect(one.pixels).toEqual(all.pixels.slice(SIZE * number, SIZE * (number + 1)));
      }),
      { numRuns: 20 },
    );
  });

  test("holds every digit once in each ten", () => {
    const { labels } = generateDigits({ count: 200, seed: 3 });
    for (let ten = 0; ten < 200; ten += 10) {
      expect([...labels.subarray(ten, ten + 10)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  });

  test("may be empty", () => {
    expect(generateDigits({ count: 0, seed: 1 }).pixels).toHaveLength(0);
  });

  test.each([
    { count: -1 },
    { count: 2.5 },
    { count: 1, first: -1 },
    { count: 1, first: Number.NaN },
    { count: 1, seed: -1 },
    { count: 1, seed: undefined as unknown as number },
  ])("refuses $count digits from $first of seed $seed", (options) => {
    expect(() => generateDigits({ seed: 1, ...options })).toThrow(/should be a whole number/);
  });

  test.each([-0.1, 1e9, Number.NaN])("refuses a wildness of %d", (wildness) => {
    expect(() => generateDigits({ seed: 1, count: 1, wildness })).toThrow(
      `generateDigits: wildness should be a number from 0 to 100, not ${wildness}`,
    );
  });

  test("draws the wildest hands, which nobody can read", () => {
    expect(generateDigits({ seed: 1, count: 20, wildness: 100 }).count).toBe(20);
  });
});

describe("an image", () => {
  const { pixels, count } = generateDigits({ count: 3000, seed: 11 });

  test("fills a box of 20 pixels with its longer side", () => {
    for (let i = 0; i < count; i++) {
      const { top, bottom, left, right } = measure(pixels.subarray(SIZE * i, SIZE * (i + 1)));
      expect(Math.max(bottom - top, right - left) + 1).toBe(20);
    }
  });

  test("is centred by mass, but for a few that the edge of the field stops", () => {
    let stopped = 0;
    for (let i = 0; i < count; i++) {
      const image = pixels.subarray(SIZE * i, SIZE * (i + 1));
      const { top, bottom, left, right, centreX, centreY } = measure(image);
      // A whole-pixel move leaves half a pixel; rounding to bytes moves the centre a little more.
      if (Math.max(Math.abs(centreX - 14), Math.abs(centreY - 14)) < 0.6) continue;
      expect(top === 0 || left === 0 || bottom === 27 || right === 27).toBe(true);
      stopped++;
    }
    expect(stopped / count).toBeLessThan(0.01);
  });

  test("has paper, ink and greys between", () => {
    for (let i = 0; i < count; i++) {
      const image = pixels.subarray(SIZE * i, SIZE * (i + 1));
      expect(image.includes(0)).toBe(true);
      expect(image.some((value) => value > 200)).toBe(true);
      expect(image.some((value) => value > 0 && value < 200)).toBe(true);
    }
  });
});

test("the nearest of ten mean images names five times as many digits as chance would", () => {
  const training = generateDigits({ count: 2000, seed: 21 });
  const means = Array.from({ length: 10 }, () => new Float64Array(SIZE));
  for (let i = 0; i < training.count; i++) {
    const mean = means[training.labels[i]!]!;
    for (let k = 0; k < SIZE; k++) mean[k]! += training.pixels[SIZE * i + k]! / 200;
  }
  const unseen = generateDigits({ count: 1000, seed: 22 });
  let right = 0;
  for (let i = 0; i < unseen.count; i++) {
    const image = unseen.pixels.subarray(SIZE * i, SIZE * (i + 1));
    const distances = means.map((mean) =>
      mean.reduce((sum, value, k) => sum + (value - image[k]!) ** 2, 0),
    );
    if (distances.indexOf(Math.min(...distances)) === unseen.labels[i]) right++;
  }
  expect(right / unseen.count).toBeGreaterThan(0.5);
});

function measure(image: Uint8Array) {
  let [top, bottom, left, right, mass, momentX, momentY] = [28, -1, 28, -1, 0, 0, 0];
  for (let row = 0; row < 28; row++) {
    for (let column = 0; column < 28; column++) {
      const value = image[28 * row + column]!;
      if (value === 0) continue;
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      left = Math.min(left, column);
      right = Math.max(right, column);
      mass += value;
      momentX += value * column;
      momentY += value * row;
    }
  }
  return { top, bottom, left, right, centreX: momentX / mass, centreY: momentY / mass };
}
