import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namesOf, numberIn, points, type Space, size } from "../../../src/sweeps/plan/points.js";

const axes = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom("a", "b", "c", "d"),
    values: fc.uniqueArray(fc.nat(99), { minLength: 1, maxLength: 4 }),
  }),
  { selector: ({ name }) => name, maxLength: 3 },
);

const drawn = [{ name: "u", draw: (u: number) => u }];
const all = (space: Space<number>) => [...points(space)].map((point) => [...point]);

describe("the points of a sweep", () => {
  test("are all combinations, each once, and the last axis changes fastest", () => {
    fc.assert(
      fc.property(axes, (axes) => {
        const space = { axes, drawn: [], draws: 1, seed: 1 };
        const found = all(space);
        let expected: number[][] = [[]];
        for (const { values } of axes) {
          expected = expected.flatMap((point) => values.map((value) => [...point, value]));
        }
        expect(found).toEqual(expected);
        expect(size(space)).toBe(expected.length);
        expect(namesOf(space)).toEqual(axes.map(({ name }) => name));
      }),
    );
  });

  test("repeat the grid for each draw, and more draws leave those before them as they are", () => {
    fc.assert(
      fc.property(axes, fc.integer({ min: 1, max: 5 }), fc.nat(), (axes, draws, seed) => {
        const space = { axes, drawn, draws, seed };
        const grid = all({ axes, drawn: [], draws: 1, seed });
        const found = all(space);
        expect(found.map(([, ...rest]) => rest)).toEqual(Array(draws).fill(grid).flat());
        expect(new Set(found.map(([u]) => u)).size).toBe(draws);
        expect(all({ ...space, draws: draws + 2 }).slice(0, found.length)).toEqual(found);
      }),
    );
  });

  test("another setting that is drawn beside it does not change a draw; another seed does", () => {
    const space = { axes: [], drawn, draws: 3, seed: 7 };
    const more = all({ ...space, drawn: [{ name: "v", draw: (u: number) => u }, ...drawn] });
    expect(more.map((point) => point[1])).toEqual(all(space).flat());
    expect(all({ ...space, seed: 8 })).not.toEqual(all(space));
  });
});

describe("a number that is drawn", () => {
  const u = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test("is within its range, and has at most four digits there", () => {
    const bounds = fc.tuple(
      fc.double({ min: 1e-6, max: 1, noNaN: true }),
      fc.integer({ min: 2, max: 1000 }),
    );
    fc.assert(
      fc.property(bounds, u, fc.constantFrom("linear", "log"), ([min, factor], u, scale) => {
        const max = min * factor;
        const number = numberIn({ min, max, scale }, u);
        expect(number).toBeGreaterThanOrEqual(min);
        expect(number).toBeLessThanOrEqual(max);
        if (number > min && number < max) expect(number).toBe(Number(number.toPrecision(4)));
      }),
    );
  });

  test("is half-way at u = 1/2: in the mean, or in the geometric mean", () => {
    expect(numberIn({ min: 1, max: 100, scale: "linear" }, 0.5)).toBe(50.5);
    expect(numberIn({ min: 0.001, max: 10, scale: "log" }, 0.5)).toBe(0.1);
  });
});
