import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataError, generateDigits, loadDirectory } from "../../../src/data/index.js";
import { inkOf } from "../../../src/data/pictures/ink.js";
import { normalise, SIDE } from "../../../src/data/pictures/normalise.js";
import type { Picture } from "../../../src/data/pictures/picture.js";
import { changed, painted } from "../../support/pictures/effects.js";
import { realData } from "../../support/real-data.js";

/** A picture, given how light its pixels are. */
function picture(width: number, height: number, light: (x: number, y: number) => number): Picture {
  return painted(width, height, (x, y) => {
    const grey = light(x, y);
    return [grey, grey, grey];
  });
}

const seen = (of: Picture) => normalise(inkOf(of, "x.png"));

const DIGITS = generateDigits({ count: 20, seed: 4 });
const digit = (i: number) => DIGITS.pixels.subarray(i * SIDE ** 2, (i + 1) * SIDE ** 2);

/** Digit i, each pixel as a square of so many, with a margin, as white on black. */
function enlarged(i: number, times: number, margin: number): Picture {
  const side = SIDE * times + 2 * margin;
  const at = (position: number) => Math.floor((position - margin) / times);
  return picture(side, side, (x, y) => {
    const [column, row] = [at(x), at(y)];
    const isInside = column >= 0 && column < SIDE && row >= 0 && row < SIDE;
    return isInside ? (digit(i)[row * SIDE + column] as number) : 0;
  });
}

const mapped = (of: Picture, light: (was: number) => number): Picture =>
  changed(of, ([grey]) => [light(grey), light(grey), light(grey)]);

const inverted = (of: Picture): Picture => mapped(of, (light) => 255 - light);

function distance(a: Uint8Array, b: Uint8Array): number {
  return Math.max(...a.map((pixel, i) => Math.abs(pixel - b[i]!)));
}

describe("a digit that is already as MNIST has them", () => {
  test.each(Array.from({ length: 20 }, (_, i) => i))("stays as it is (#%i)", (i) => {
    expect(distance(seen(enlarged(i, 1, 0)), digit(i))).toBeLessThanOrEqual(1);
  });

  test("stays so when it is enlarged, with a margin, and dark on light", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 19 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat({ max: 50 }),
        fc.boolean(),
        (i, times, margin, isDark) => {
          const large = enlarged(i, times, margin);
          expect(distance(seen(isDark ? inverted(large) : large), digit(i))).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("stays so, but for little, when it is faint, on paper that is not white", () => {
    const faint = mapped(enlarged(3, 4, 9), (light) => 200 - light / 4);
    expect(distance(seen(faint), digit(3))).toBeLessThan(8);
  });
});

describe.skipIf(realData === undefined)("digits of MNIST", () => {
  test("with full ink stay as they are", async () => {
    const { test: images } = await loadDirectory(realData as string);
    const size = images.rows * images.columns;
    let same = 0;
    let centred = 0;
    for (let i = 0; i < 200; i++) {
      const pixels = images.pixels.subarray(i * size, (i + 1) * size);
      if (!pixels.includes(255)) continue;
      centred++;
      const result = seen(
        picture(images.columns, images.rows, (x, y) => pixels[y * images.columns + x]!),
      );
      if (distance(result, pixels) <= 2) same++;
    }
    expect(same / centred).toBeGreaterThan(0.99);
  });
});

describe("any picture with ink", () => {
  const arbitrary = fc
    .record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 70 }) })
    .chain(({ width, height }) =>
      fc
        .array(fc.integer({ min: 0, max: 255 }), {
          minLength: width * height,
          maxLength: width * height,
        })
        .map((lights) => picture(width, height, (x, y) => lights[y * width + x] as number)),
    );

  test("fills a box of 20 pixels with its longer side, and is centred by mass", () => {
    fc.assert(
      fc.property(arbitrary, (of) => {
        let pixels: Uint8Array;
        try {
          pixels = seen(of);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
          return;
        }
        const inked = (along: (i: number) => number) => {
          const places = [...pixels.entries()].filter(([, p]) => p > 0).map(([i]) => along(i));
          return Math.max(...places) + 1 - Math.min(...places);
        };
        const longer = Math.max(
          inked((i) => i % SIDE),
          inked((i) => Math.floor(i / SIDE)),
        );
        expect(longer).toBeLessThanOrEqual(20);
      }),
      { numRuns: 200 },
    );
  });

  test("keeps its aspect ratio", () => {
    const bar = picture(60, 300, (x, y) => (x >= 10 && x < 50 && y >= 50 && y < 250 ? 0 : 255));
    const pixels = seen(bar);
    const rows = Array.from({ length: SIDE }, (_, r) => pixels.subarray(r * SIDE, (r + 1) * SIDE));
    const inked = rows.filter((row) => row.some((pixel) => pixel > 0));
    expect(inked).toHaveLength(20);
    for (const row of inked)
      expect([...row].filter((pixel) => pixel > 0)).toEqual([255, 255, 255, 255]);
  });

  test("is averaged over areas, not sampled: a pixel is as full as ink covers it", () => {
    // Bars whose edges are in the middle of a pixel of the result, which is ten of the picture's.
    const bars = picture(300, 300, (x, y) => {
      const isInside = x >= 50 && x < 250 && y >= 50 && y < 250;
      return isInside && (x - 50) % 80 < 45 ? 0 : 255;
    });
    const pixels = seen(bars);
    const row = [...pixels.subarray(14 * SIDE, 15 * SIDE)].filter((pixel) => pixel > 0);
    expect(row.filter((pixel) => pixel === 255)).toHaveLength(12);
    const halves = row.filter((pixel) => pixel < 255);
    expect(halves).toHaveLength(2);
    for (const half of halves) expect(Math.abs(half - 127.5)).toBeLessThan(1);
  });

  test("is told from noisy paper", () => {
    let state = 1;
    const noise = () => {
      state = (state * 48271) % 2147483647;
      return (state % 17) - 8;
    };
    const photographed = mapped(enlarged(7, 6, 20), (light) => 190 - 0.6 * light + noise());
    expect(distance(seen(photographed), digit(7))).toBeLessThan(100);
  });
});

describe("paper", () => {
  test.each([
    { side: "left", isShadow: (x: number) => x < 5 },
    { side: "right", isShadow: (x: number) => x >= 95 },
    { side: "upper", isShadow: (_: number, y: number) => y < 5 },
    { side: "lower", isShadow: (_: number, y: number) => y >= 95 },
  ])("is as light as most of the edge, though its $side part be dark", ({ isShadow }) => {
    const { values } = inkOf(
      picture(100, 100, (x, y) => (isShadow(x, y) ? 0 : 255)),
      "x.png",
    );
    values.forEach((value, i) => {
      expect(value).toBe(isShadow(i % 100, Math.floor(i / 100)) ? 1 : 0);
    });
  });
});

describe("transparent pixels", () => {
  const shape = (x: number, y: number) => x >= 30 && x < 50 && y >= 10 && y < 90;
  const drawn = (light: number): Picture => {
    const { data, ...size } = picture(100, 100, () => light);
    const isInk = (i: number) => shape(i % 100, Math.floor(i / 100));
    return { ...size, data: data.map((value, i) => (i % 4 < 3 || isInk(i >> 2) ? value : 0)) };
  };
  const opaque = picture(100, 100, (x, y) => (shape(x, y) ? 0 : 255));

  test.each([{ ink: 0 }, { ink: 120 }, { ink: 255 }])(
    "are paper, for ink of luminance $ink",
    ({ ink }) => {
      expect(seen(drawn(ink))).toEqual(seen(opaque));
    },
  );
});

describe("a blank picture is refused by name:", () => {
  test.each([
    { what: "white", of: picture(30, 20, () => 255) },
    { what: "black", of: picture(30, 20, () => 0) },
    { what: "one pixel", of: picture(1, 1, () => 128) },
    { what: "nearly even", of: picture(30, 20, (x) => 200 + (x % 20)) },
    { what: "transparent", of: { width: 9, height: 9, data: new Uint8ClampedArray(324).fill(0) } },
  ])("$what", ({ of }) => {
    expect(() => inkOf(of, "x.png")).toThrow(DataError);
    expect(() => inkOf(of, "x.png")).toThrow("x.png is blank");
  });
});
