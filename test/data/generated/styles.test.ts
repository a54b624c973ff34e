import { describe, expect, test } from "vitest";
import { drawHand } from "../../../src/data/generated/hand.js";
import { style } from "../../../src/data/generated/skeletons.js";
import { pickStyle, styles } from "../../../src/data/generated/styles.js";
import { write } from "../../../src/data/generated/variation.js";
import { generator } from "../../../src/random.js";

describe("the notation of skeletons", () => {
  test("lists points, a slash making the one before it a corner", () => {
    expect(style("seven", 2, "4,8 66,-5 / 28,100", "20,50 60,50")).toEqual({
      name: "seven",
      weight: 2,
      strokes: [
        { x: [4, 66, 28], y: [8, -5, 100], corner: [false, true, false] },
        { x: [20, 60], y: [50, 50], corner: [false, false] },
      ],
    });
  });

  test.each(["4,8 66", "4,8 a,b", "4,8  6,6", "4,8,9 1,2"])("refuses %j", (notation) => {
    expect(() => style("wrong", 1, notation)).toThrow(/expected a point/);
  });
});

describe("the styles", () => {
  test("cover ten digits, under distinct names, with strokes of two points or more", () => {
    expect(styles).toHaveLength(10);
    for (const ways of styles) {
      expect(new Set(ways.map(({ name }) => name)).size).toBe(ways.length);
      for (const { weight, strokes } of ways) {
        expect(weight).toBeGreaterThan(0);
        for (const { x } of strokes) expect(x.length).toBeGreaterThanOrEqual(2);
      }
    }
  });

  test.each(styles.map((ways, digit) => ({ ways, digit })))(
    "of $digit are all used, each as often as its weight says",
    ({ ways, digit }) => {
      const draws = 20_000;
      const random = generator(1, "styles");
      const counts = new Map(ways.map((way) => [way, 0]));
      for (let i = 0; i < draws; i++) {
        const way = pickStyle(digit, random);
        counts.set(way, (counts.get(way) ?? 0) + 1);
      }
      const total = ways.reduce((sum, { weight }) => sum + weight, 0);
      for (const [{ weight }, count] of counts) {
        const expected = (draws * weight) / total;
        expect(count).toBeGreaterThan(0);
        // Five standard deviations of a binomial count: one false alarm in millions of draws.
        expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
      }
    },
  );

  test("can all be written: finite coordinates and lines with a width", () => {
    const random = generator(2, "writing");
    for (const way of styles.flat()) {
      for (let attempt = 0; attempt < 20; attempt++) {
        for (const { x, y, radius } of write(way, drawHand(random, 1), random)) {
          expect(x.every(Number.isFinite) && y.every(Number.isFinite)).toBe(true);
          expect(radius.every((r) => r > 0)).toBe(true);
        }
      }
    }
  });
});
