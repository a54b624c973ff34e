import { describe, expect, test } from "vitest";
import { inkOf } from "../../../src/data/pictures/ink.js";
import { normalise, SIDE } from "../../../src/data/pictures/normalise.js";
import type { Picture } from "../../../src/data/pictures/picture.js";
import { drawn, stroked } from "../../support/pictures/digits.js";
import {
  BLACK,
  type Colour,
  framed,
  inked,
  lit,
  noisy,
  painted,
  ruled,
  spotted,
  WHITE,
} from "../../support/pictures/effects.js";

const seen = (picture: Picture) => normalise(inkOf(picture, "x.png"));

/** How much ink has moved, in parts of all that there is. */
function difference(a: Uint8Array, b: Uint8Array): number {
  const sum = (pixels: ArrayLike<number>) => Array.from(pixels).reduce((total, p) => total + p, 0);
  return sum(a.map((pixel, i) => Math.abs(pixel - b[i]!))) / sum(b);
}

/** The same, if one may be moved by a pixel: in which of two places a centre is rounded to is all one. */
function differenceMoved(a: Uint8Array, b: Uint8Array): number {
  const shifts = [-SIDE - 1, -SIDE, 1 - SIDE, -1, 0, 1, SIDE - 1, SIDE, SIDE + 1];
  return Math.min(
    ...shifts.map((by) =>
      difference(
        a.map((_, i) => a[i + by] ?? 0),
        b,
      ),
    ),
  );
}

const DIGITS = [4, 5, 8];

/** What is seen in each of some digits is what is seen in them plain. */
function expectSeen(change: (picture: Picture) => Picture, most: number): void {
  for (const i of DIGITS) {
    const plain = inked(drawn(i, 300, 20));
    expect(difference(seen(change(plain)), seen(plain)), `digit ${i}`).toBeLessThanOrEqual(most);
  }
}

describe("ink is the same", () => {
  const colours: readonly { ink: Colour; paper: Colour }[] = [
    { ink: WHITE, paper: BLACK },
    { ink: [255, 255, 0], paper: WHITE },
    { ink: [255, 0, 0], paper: [0, 130, 0] },
    { ink: [76, 76, 76], paper: [0, 130, 0] },
    { ink: [110, 110, 110], paper: [150, 150, 150] },
  ];

  test.each(colours)("in $ink on $paper as in black on white", ({ ink, paper }) => {
    for (const i of DIGITS) {
      const map = drawn(i, 300, 20);
      expect(difference(seen(inked(map, ink, paper)), seen(inked(map)))).toBeLessThan(0.02);
    }
  });

  test.each([
    {
      what: "a pixel of 254 on 255",
      change: (of: Picture) => spotted(of, 3, 290, 1, [254, 254, 254]),
    },
    {
      what: "a grey square of 3 × 3",
      change: (of: Picture) => spotted(of, 290, 8, 3, [128, 128, 128]),
    },
    { what: "a black square of 4 × 4", change: (of: Picture) => spotted(of, 5, 280, 4, BLACK) },
  ])("beside $what as without", ({ change }) => {
    expectSeen(change, 0);
  });

  test.each([
    { what: "of 1 px", change: (of: Picture) => framed(of, 1) },
    { what: "of 30 px", change: (of: Picture) => framed(of, 30) },
    { what: "of grey", change: (of: Picture) => framed(of, 4, 0, [120, 120, 120]) },
    { what: "with paper outside", change: (of: Picture) => framed(of, 3, 15) },
    { what: "in a frame", change: (of: Picture) => framed(framed(of, 3, 15), 4) },
    {
      what: "on two sides",
      change: (of: Picture) => spotted(spotted(of, 0, -9, 10, BLACK), -9, 0, 10, BLACK),
    },
  ])("in a frame $what as without", ({ change }) => {
    expectSeen(change, 0.01);
  });

  test.each([
    { what: "from the left", light: (x: number) => 1 - 0.5 * x },
    { what: "from a corner", light: (x: number, y: number) => 1 - 0.35 * x - 0.3 * y },
    { what: "in the middle", light: (x: number, y: number) => 1 - (x - 0.5) ** 2 - (y - 0.5) ** 2 },
  ])("in light $what as in even light", ({ light }) => {
    expectSeen((of) => lit(of, light), 0.1);
  });

  test.each([
    { what: "ruled", lines: { apart: 40 } },
    { what: "squared", lines: { apart: 25, grid: true } },
    { what: "ruled aslant", lines: { apart: 40, thick: 2, slope: 0.05 } },
  ])("on $what paper, but where it meets the lines", ({ lines }) => {
    expectSeen((of) => ruled(of, { ...lines, colour: [170, 200, 235] }), 0.2);
  });

  test("on paper with noise, but for little", () => {
    expectSeen((of) => noisy(of, 20), 0.15);
  });
});

test("a frame of one pixel round a picture of 28 × 28 is no ink, whichever is light", () => {
  for (const [ink, paper] of [
    [WHITE, BLACK],
    [BLACK, WHITE],
  ] as const) {
    for (const i of DIGITS) {
      const picture = inked(drawn(i, 28, 2), ink, paper);
      expect(seen(framed(picture, 1, 0, ink))).toEqual(seen(picture));
    }
  }
});

describe("a pen", () => {
  test.each([1, 2, 3, 4, 6])("of %i px writes with full ink, as one of 20 px does", (pen) => {
    for (const i of DIGITS) {
      const [thin, usual] = [seen(inked(drawn(i, 300, pen))), seen(inked(drawn(i, 300, 20)))];
      expect(Math.max(...thin)).toBe(255);
      expect(differenceMoved(thin, usual)).toBeLessThan(0.35);
    }
  });

  test("of 2 px in a picture of 2,000 px is not lost", () => {
    const [large, small] = [seen(inked(drawn(7, 2000, 2))), seen(inked(drawn(7, 300, 2)))];
    expect(difference(large, small)).toBeLessThan(0.15);
  });
});

describe("several digits", () => {
  const strokes = {
    one: [
      [
        [50, 50],
        [50, 150],
      ],
    ],
    zero: [
      [
        [50, 50],
        [20, 70],
        [15, 100],
        [20, 130],
        [50, 150],
        [80, 130],
        [85, 100],
        [80, 70],
        [50, 50],
      ],
    ],
    brokenZero: [
      [
        [46, 52],
        [20, 70],
        [15, 100],
        [20, 130],
        [46, 148],
      ],
      [
        [54, 52],
        [80, 70],
        [85, 100],
        [80, 130],
        [54, 148],
      ],
    ],
    brokenFive: [
      [
        [30, 50],
        [85, 50],
      ],
      [
        [25, 62],
        [25, 95],
        [60, 92],
        [80, 120],
        [60, 148],
        [20, 145],
      ],
    ],
    openFour: [
      [
        [40, 50],
        [20, 110],
        [70, 110],
      ],
      [
        [75, 80],
        [75, 150],
      ],
    ],
  } satisfies Record<string, (readonly (readonly [number, number])[])[]>;
  const moved = (of: keyof typeof strokes, x: number, y = 0) =>
    strokes[of].map((stroke) => stroke.map(([a, b]) => [a + x, b + y] as const));
  const isSeveral = (...all: ReturnType<typeof moved>) =>
    inkOf(inked(stroked(all, 300, 400, 6)), "x.png").isSeveral;

  test.each([
    { what: "1 and 1", all: [...moved("one", 0), ...moved("one", 60)] },
    { what: "1 and 0", all: [...moved("one", 0), ...moved("zero", 60)] },
    { what: "0 and a broken 5", all: [...moved("zero", 0), ...moved("brokenFive", 100)] },
    { what: "a broken 5 and 0", all: [...moved("brokenFive", 0), ...moved("zero", 100)] },
    { what: "0 over 0", all: [...moved("zero", 50), ...moved("zero", 50, 160)] },
  ])("are noticed: $what", ({ all }) => {
    expect(isSeveral(...all)).toBe(true);
  });

  test.each(Object.keys(strokes) as (keyof typeof strokes)[])(
    "are not the strokes of %s",
    (digit) => {
      expect(isSeveral(...moved(digit, 80, 80))).toBe(false);
    },
  );

  test("are not the digits that one draws", () => {
    for (let i = 0; i < 60; i++) {
      expect(inkOf(inked(drawn(i, 100, 5)), "x.png").isSeveral, `digit ${i}`).toBe(false);
    }
  });
});

test("a picture of nothing but dots is looked through in time", () => {
  const dots = painted(600, 600, (x, y) => (x % 3 === 1 && y % 3 === 1 ? BLACK : WHITE));
  expect(seen(dots).some((pixel) => pixel > 0)).toBe(true);
});
