/** Figures of any data: well-formed, with finite places inside their frame, and no text over text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  barChart,
  confusionChart,
  digitSheet,
  dotChart,
  histogram,
  lineChart,
  meanSeries,
  reliabilityChart,
  reliabilityOf,
  weightTiles,
} from "../../src/charts/index.js";
import { elementsOf, overlaps, parse, placesIn, textBoxes } from "./boxes.js";

const name = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc.constantFrom("", "test", "MMMMMMMM".repeat(20), "a word and ".repeat(20), `<"&'>`, "]]>"),
);
const extremes = [
  0,
  -0,
  1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  5e-324,
  1.7e308,
  -1.7e308,
  1e-300,
];
const value = fc.oneof(
  fc.double(),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 100 }),
  fc.constantFrom(...extremes),
);
const frame = { title: name, width: fc.integer({ min: 200, max: 900 }) };
const axis = fc.record({
  label: name,
  log: fc.boolean(),
  format: fc.constantFrom("number", "percent", "integer"),
});
const point = fc.record(
  {
    x: value,
    y: fc.option(value, { nil: undefined }),
    deviation: value.map((d) => (Number.isNaN(d) ? 0 : Math.abs(d))),
  },
  { requiredKeys: ["x", "y"] },
);
/** Values that are equal, or almost. */
const close = value.chain((x) => fc.array(fc.constantFrom(x, x * (1 + 1e-15), x * 1.0001)));
const values = fc.oneof(fc.array(value), close);

const series = fc.record({
  name,
  points: fc.oneof(
    fc.array(point, { maxLength: 20 }),
    close.map((ys) => ys.map((y, x) => ({ x, y }))),
  ),
});
const side = fc.integer({ min: 1, max: 9 });

/** Data of a kind, and how they are drawn. */
interface Drawing {
  readonly data: unknown;
  readonly svg: () => string;
}

const drawing = <T>(data: fc.Arbitrary<T>, draw: (data: T) => string): fc.Arbitrary<Drawing> =>
  data.map((data) => ({ data, svg: () => draw(data) }));

const kinds: Readonly<Record<string, fc.Arbitrary<Drawing>>> = {
  "line chart": drawing(
    fc.record({ series: fc.array(series, { maxLength: 12 }), ...frame, x: axis, y: axis }),
    ({ series, ...options }) => lineChart(series, options),
  ),
  "line chart of means": drawing(
    fc.record({ runs: fc.array(fc.array(point)), ...frame, x: axis, y: axis }),
    ({ runs, ...options }) => lineChart([{ name: "a", points: meanSeries(runs) }], options),
  ),
  "dot chart": drawing(
    fc.record({
      sets: fc.array(fc.record({ name, dots: fc.array(fc.record({ x: value, y: value, name })) }), {
        maxLength: 5,
      }),
      line: fc.option(fc.record({ name, points: fc.array(point) }), { nil: undefined }),
      ...frame,
      x: axis,
      y: axis,
    }),
    ({ sets, line, ...options }) => dotChart(sets, { ...options, ...(line && { line }) }),
  ),
  "dot chart of categories": drawing(
    fc.record({
      categories: fc.array(name, { minLength: 1, maxLength: 30 }),
      places: fc.array(fc.tuple(fc.nat({ max: 29 }), value)),
      ...frame,
      x: axis,
      y: axis,
    }),
    ({ categories, places, x, ...options }) => {
      const dots = places.map(([k, y]) => ({ x: k % categories.length, y }));
      return dotChart([{ name: "a", dots }], { ...options, x: { ...x, categories } });
    },
  ),
  histogram: drawing(
    fc.record({
      samples: fc.array(fc.record({ name, values }), { maxLength: 5 }),
      ...frame,
      label: name,
    }),
    ({ samples, ...options }) => histogram(samples, options),
  ),
  "bar chart": drawing(
    fc.record({
      groups: fc.array(
        fc.record({ name, values: fc.array(value.map(Math.abs), { minLength: 2, maxLength: 2 }) }),
        { maxLength: 12 },
      ),
      measures: fc.tuple(name, name),
      format: fc.constantFrom("number" as const, "percent" as const),
      ...frame,
    }),
    ({ groups, ...options }) => barChart(groups, options),
  ),
  confusion: drawing(
    fc.integer({ min: 0, max: 30 }).chain((n) => {
      const size = { minLength: n, maxLength: n };
      const row = fc.array(fc.nat({ max: 1e7 }), size);
      return fc.record({ counts: fc.array(row, size), classes: fc.array(name, size), ...frame });
    }),
    ({ counts, ...options }) => confusionChart(counts, options),
  ),
  reliability: drawing(
    fc.record({
      predictions: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean())),
      ...frame,
    }),
    ({ predictions, ...options }) => {
      const probabilities = predictions.map(([p]) => p);
      const right = predictions.map(([, is]) => is);
      return reliabilityChart(reliabilityOf(probabilities, right), options);
    },
  ),
  "sheet of digits": drawing(
    fc.tuple(side, side).chain(([rows, columns]) => {
      const size = { minLength: rows * columns, maxLength: rows * columns };
      const digit = fc.record({ pixels: fc.uint8Array(size), label: name, hint: name });
      const options = { rows: fc.constant(rows), columns: fc.constant(columns), ...frame };
      return fc.record({
        digits: fc.array(digit),
        side: fc.integer({ min: 10, max: 200 }),
        ...options,
      });
    }),
    ({ digits, ...options }) => digitSheet(digits, options),
  ),
  "tiles of weights": drawing(
    fc.tuple(side, side).chain(([rows, columns]) => {
      const size = { minLength: rows * columns, maxLength: rows * columns };
      const tile = fc.record({ weights: fc.array(value, size), hint: name });
      const options = { rows: fc.constant(rows), columns: fc.constant(columns), ...frame };
      return fc.record({ tiles: fc.array(tile), ...options });
    }),
    ({ tiles, ...options }) => weightTiles(tiles, options),
  ),
};

describe.each(Object.entries(kinds))("any %s", (_, drawings) => {
  test("is well-formed, inside its frame, and legible", () => {
    fc.assert(
      fc.property(drawings, ({ svg }) => {
        const text = svg();
        const root = parse(text);
        const { viewBox = "" } = root.attributes;
        const [, , width = 0, height = 0] = viewBox.split(" ").map(Number);
        const outside = placesIn(root).filter(([x, y]) => {
          return !(x >= -0.5 && x <= width + 0.5 && y >= -0.5 && y <= height + 0.5);
        });
        expect(outside).toEqual([]);
        expect(overlaps(textBoxes(root))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("has a title and a description that it is read by", () => {
    fc.assert(
      fc.property(drawings, ({ svg }) => {
        const root = parse(svg());
        const { role, "aria-labelledby": ids = "" } = root.attributes;
        expect(role).toBe("img");
        const named = elementsOf(root).filter(({ attributes }) => "id" in attributes);
        expect(named.map(({ attributes: { id } }) => id)).toEqual(ids.split(" "));
        expect(named.map(({ name }) => name)).toEqual(["title", "desc"]);
      }),
      { numRuns: 10 },
    );
  });
});
