import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { didYouMean, nearest } from "../../../src/cli/errors/nearest.js";

const names = ["epochs", "learning-rate", "batch-size", "lambda", "momentum"];

describe("the nearest name", () => {
  test.each([
    { word: "epoch", meant: ["epochs"] },
    { word: "epcohs", meant: ["epochs"] },
    { word: "lamda", meant: ["lambda"] },
    { word: "LAMBDA", meant: ["lambda"] },
    { word: "learn-rate", meant: ["learning-rate"] },
    { word: "size", meant: [] },
    { word: "", meant: [] },
  ])("of '$word' is $meant", ({ word, meant }) => {
    expect(nearest(word, names)).toEqual(meant);
  });

  test("is each of those that are equally near, and none of no candidates", () => {
    expect(nearest("cat", ["bat", "cart", "dog", "hat"])).toEqual(["bat", "cart", "hat"]);
    expect(nearest("cat", [])).toEqual([]);
  });

  test("is what a question is about, if there is any", () => {
    expect(didYouMean("epoch", names)).toBe("did you mean epochs?");
    expect(didYouMean("cat", ["bat", "cart", "hat"])).toBe("did you mean bat, cart or hat?");
    expect(didYouMean("epoch", names, (name) => `--${name}`)).toBe("did you mean --epochs?");
    expect(didYouMean("size", names)).toBeUndefined();
  });

  test("of a name is the name itself", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        expect(nearest(name, [...names, name])).toContain(name);
      }),
    );
  });
});
