import { InvalidArgumentError } from "commander";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  interval,
  layerSizes,
  parserOf,
  path,
  positive,
  sigmaAndAlpha,
  strength,
  threads,
  whole,
  wholes,
} from "../../../src/cli/options/parsers.js";
import { wordOf } from "../../../src/recipes/words.js";
import {
  below as belowRange,
  nonNegative as nonNegativeRange,
  ranges,
} from "../../../src/training/settings/ranges.js";

const accuracy = parserOf(ranges.targetAccuracy);
const dropoutRate = parserOf(ranges.dropout);
const nonNegative = parserOf(nonNegativeRange);
const partOfOne = parserOf(ranges.momentum);
const below = (bound: number) => parserOf(belowRange(bound));

const WORDS_THAT_ARE_NO_NUMBER = [
  "",
  " ",
  "x",
  "NaN",
  "Infinity",
  "1e999",
  "0x10",
  "1_0",
  "1,0",
  "--1",
];

describe("accuracy", () => {
  test.each([
    ["0.98", 0.98],
    ["1", 1],
    ["1e-3", 0.001],
  ])("takes %s", (word, value) => {
    expect(accuracy(word)).toBe(value);
  });
  test.each(["0", "-0.1", "1.01", "98", "98%", ...WORDS_THAT_ARE_NO_NUMBER])(
    "refuses '%s'",
    (word) => {
      expect(() => accuracy(word)).toThrow(InvalidArgumentError);
    },
  );
});

describe("whole", () => {
  test("takes every whole number within its bounds, and none outside", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b, c) => {
        const [least, middle, most] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        fc.pre(least < middle && middle < most);
        expect(whole(least, most)(String(middle))).toBe(middle);
        expect(() => whole(middle, most)(String(least))).toThrow(InvalidArgumentError);
        expect(() => whole(least, middle)(String(most))).toThrow(InvalidArgumentError);
      }),
    );
  });
  test.each([
    ["1e3", 1000],
    ["+5", 5],
    ["7.0", 7],
  ])("takes %s as %i", (word, value) => {
    expect(whole(1)(word)).toBe(value);
  });
  test.each([...WORDS_THAT_ARE_NO_NUMBER, "1.5", "0", "9007199254740993"])(
    "refuses '%s'",
    (word) => {
      expect(() => whole(1)(word)).toThrow(/whole number from 1 on/);
    },
  );
});

describe("positive and nonNegative", () => {
  test("take every number above 0 as it is written, unless it is near the ends of float32", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-38, max: 1e38, noNaN: true }), (x) => {
        expect(positive(String(x))).toBe(x);
        expect(nonNegative(String(x))).toBe(x);
      }),
    );
    expect(() => positive("1e-300")).toThrow(/above 0 \(1e-38 to 1e38\)/);
    for (const each of [positive, nonNegative]) expect(() => each("1e300")).toThrow(/to 1e38/);
  });
  test("differ in 0", () => {
    expect(() => positive("0")).toThrow(/above 0/);
    expect(nonNegative("0")).toBe(0);
  });
  test.each([...WORDS_THAT_ARE_NO_NUMBER, "-0.5"])("refuse '%s'", (word) => {
    expect(() => positive(word)).toThrow(InvalidArgumentError);
    expect(() => nonNegative(word)).toThrow(InvalidArgumentError);
  });
});

describe("layerSizes", () => {
  test("takes sizes with commas between them", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 65_536 }), { minLength: 1 });
    fc.assert(
      fc.property(sizes, (sizes) => {
        expect(layerSizes(sizes.join(","))).toEqual(sizes);
      }),
    );
  });
  test("takes none as no hidden layer", () => {
    expect(layerSizes("none")).toEqual([]);
  });
  test.each(["", ",", "30,", ",30", "3 0", "30;30", "0", "-5", "1.5", "65537", "None", "30,none"])(
    "refuses '%s'",
    (word) => {
      expect(() => layerSizes(word)).toThrow(/30 or 512,512, or none/);
    },
  );
});

describe("dropoutRate", () => {
  test.each([
    ["0", 0],
    ["0.002", 0.002],
    ["0.2", 0.2],
    ["0.998", 0.998],
  ])("takes %s", (word, value) => {
    expect(dropoutRate(word)).toBe(value);
  });
  test.each(["0.001", "1e-9", "0.999"])("refuses '%s', which would be nothing or all", (word) => {
    expect(() => dropoutRate(word)).toThrow(/from 1\/256 to 255\/256/);
  });
  test.each([...WORDS_THAT_ARE_NO_NUMBER, "1", "-0.1"])("refuses '%s'", (word) => {
    expect(() => dropoutRate(word)).toThrow(/^Expected 0, or a rate/);
  });
});

describe("partOfOne", () => {
  test("takes 0 and every number that float32 can tell from 1", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.9999999, noNaN: true }), (x) => {
        expect(partOfOne(String(x))).toBe(x);
        expect(Math.fround(x)).toBeLessThan(1);
      }),
    );
  });
  test.each([...WORDS_THAT_ARE_NO_NUMBER, "1", "0.99999999", "-0.1"])("refuses '%s'", (word) => {
    expect(() => partOfOne(word)).toThrow(/from 0 to 0\.9999999/);
  });
});

describe("below", () => {
  test("takes 0 and every number below its bound", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 90, maxExcluded: true, noNaN: true }), (x) => {
        expect(below(90)(String(x))).toBe(x);
      }),
    );
  });
  test.each([...WORDS_THAT_ARE_NO_NUMBER, "90", "-0.1"])("refuses '%s'", (word) => {
    expect(() => below(90)(word)).toThrow(/from 0 to below 90/);
  });
});

describe("sigmaAndAlpha", () => {
  test.each([
    ["6,36", { sigma: 6, alpha: 36 }],
    ["0.5,0", { sigma: 0.5, alpha: 0 }],
    ["5-6,36-38", { sigma: { from: 5, to: 6 }, alpha: { from: 36, to: 38 } }],
    ["1e-3-2E-3,7", { sigma: { from: 0.001, to: 0.002 }, alpha: 7 }],
  ])("takes %s", (word, value) => {
    expect(sigmaAndAlpha(word)).toEqual(value);
  });
  test.each([
    "",
    "6",
    "6,",
    ",36",
    "0,36",
    "-6,36",
    "6,-36",
    "6,36,1",
    "1001,1",
    "1,1001",
    "six,36",
    "6-5,36",
    "5-,36",
    "5--6,36",
    "5-6-7,36",
    "0-6,36",
  ])("refuses '%s'", (word) => {
    expect(() => sigmaAndAlpha(word)).toThrow(/such as 6,36/);
  });
});

test("a strength is a number or a range, and a word of either is read as what it was", () => {
  const rotation = strength(ranges.rotation);
  expect(rotation("15")).toBe(15);
  for (const word of ["", "10-", "20-10", "0-90", "-5", "-5-10"]) {
    expect(() => rotation(word)).toThrow(/below 90, or a range of such, such as 15 or 10-15/);
  }
  const side = fc.double({ min: 0, max: 89, noNaN: true });
  fc.assert(
    fc.property(side, side, (one, two) => {
      const value = { from: Math.min(one, two), to: Math.max(one, two) };
      expect(rotation(wordOf(value))).toEqual(value);
    }),
  );
});

test("a word of an interval is read as what it was", () => {
  for (const word of ["5", "90s", "0.5s", "1e-7s", "5m", "1h"]) {
    expect(interval(wordOf(interval(word)))).toEqual(interval(word));
  }
});

describe("wholes", () => {
  const indices = wholes(0, 1e9);
  test.each([
    ["3", [3]],
    ["1,3,7", [1, 3, 7]],
    ["0-2,8,05-5", [0, 1, 2, 8, 5]],
  ])("takes %s", (word, numbers) => {
    expect(indices(word)).toEqual(numbers);
  });
  test("takes as many numbers as a list may have", () => {
    expect(indices("1-1000000")).toHaveLength(1e6);
  });
  test.each([
    ...["", "x", "1-", "-1", "1,", "1-2-3", "1.5"].map((word) => ({ word, says: /such as 1,3,7/ })),
    ...["1-1000001", "0,1-1000000"].map((word) => ({ word, says: /at most 1000000 numbers/ })),
    ...["0-99999999999", "1,1000000001", "9".repeat(400)].map((word) => {
      return { word, says: /each number to be a whole number from 0 to 1000000000/ };
    }),
    { word: "1,3-1", says: /The range 3-1 runs backwards: say 1-3/ },
    { word: "1-3,2", says: /no number twice/ },
  ])("refuses '$word'", ({ word, says }) => {
    expect(() => indices(word)).toThrow(says);
  });
});

describe("threads", () => {
  test.each([
    ["1", 1],
    ["64", 64],
    ["auto", "auto"],
  ])("takes %s", (word, value) => {
    expect(threads(word)).toBe(value);
  });
  test.each(["0", "65", "1.5", "", "all"])("refuses '%s'", (word) => {
    expect(() => threads(word)).toThrow(/from 1 to 64, or auto/);
  });
});

describe("path", () => {
  test.each(["file", " ", "a/b", "-", "\u{1f600}"])("takes '%s'", (word) => {
    expect(path(word)).toBe(word);
  });
  test.each(["", "a\0b"])("refuses %j", (word) => {
    expect(() => path(word)).toThrow("Expected the name of a file or a folder");
  });
});
