import { expect, test } from "vitest";
import { DataError } from "../../../src/data/index.js";
import { laidOnto } from "../../../src/data/pictures/colours.js";
import { withoutFrames } from "../../../src/data/pictures/frame.js";
import { inkOf } from "../../../src/data/pictures/ink.js";
import { BLACK, painted, WHITE } from "../../support/pictures/effects.js";

/** Of what is most of the sample alone, there is none that is less like the edge: all counts as frame. */
const stripes = painted(300, 300, (x) => (x % 6 === 3 ? BLACK : WHITE));

test("a picture all of which counts as frame is read as it is", () => {
  const colours = laidOnto(255, stripes);
  expect(withoutFrames(colours)).toBe(colours);
  expect(inkOf(stripes, "x.png").width).toBe(300);
});

test.each([
  [300, 1],
  [300, 2],
  [1, 500],
  [4000, 30],
  [600, 6],
])("a blank strip of %i × %i pixels is said to be blank", (width, height) => {
  for (const colour of [WHITE, BLACK]) {
    const strip = painted(width, height, () => colour);
    expect(() => inkOf(strip, "x.png")).toThrow(DataError);
    expect(() => inkOf(strip, "x.png")).toThrow("x.png is blank");
  }
});

test("a strip in two colours, however narrow, is looked through to the end", () => {
  for (const side of [1, 2, 3, 6, 30]) {
    const strip = painted(600, side, (x) => (x > 100 && x < 120 ? BLACK : WHITE));
    expect(inkOf(strip, "x.png").width).toBeGreaterThan(0);
  }
});
