import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { constant, evaluate, print } from "../../../src/autodiff/index.js";
import { type Formula, parse } from "../../../src/page/step/model/parse.js";
import { FormulaError } from "../../../src/page/step/model/tokens.js";
import { formulas } from "./formulas.js";

const at = { x: 0.7, y: -1.3, w1: 0.4 };

function computed({ result, names }: Formula): number {
  const given = names.map((symbol) => {
    const value = evaluate(constant(at[symbol.name as keyof typeof at]));
    return [symbol, value] as const;
  });
  return evaluate(result, new Map(given)).data[0] as number;
}

function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof FormulaError) return error.message;
    throw error;
  }
  return "";
}

describe("a formula", () => {
  test("means what it means in JavaScript", () => {
    fc.assert(
      fc.property(formulas, ({ text, value }) => {
        fc.pre(refusal(text) === "");
        expect(computed(parse(text))).toBeCloseTo(value(at), 9);
      }),
    );
  });

  test.each([
    ["x - 1 - 2", at.x - 1 - 2],
    ["8 / x / 2", 8 / at.x / 2],
    ["-x^2", -(at.x ** 2)],
    ["2 * -x", 2 * -at.x],
    ["x + 2 * 3", at.x + 6],
    ["1.5e1 * x", 15 * at.x],
    [".5 * x", 0.5 * at.x],
    ["x · 2 − 1", at.x * 2 - 1],
  ])("has the usual order of operations: %s", (text, value) => {
    expect(computed(parse(text))).toBeCloseTo(value, 12);
  });

  test("becomes the graph of the note's sigmoid layer, but for the product of matrices", () => {
    const { result } = parse("1 / (1 + exp(-(w*a + b)))");
    const lines = [
      "y = 1 / t₁",
      "t₁ = 1 + t₂",
      "t₂ = exp(t₃)",
      "t₃ = −t₄",
      "t₄ = t₅ + b",
      "t₅ = w a",
    ];
    expect(print(result)).toBe(lines.join("\n"));
  });

  test.each([
    ["", /not the end of the formula\.$/],
    ["x +", /not the end of the formula\.$/],
    ["(x + 1", /^The parenthesis at character 1 should be closed before the end/],
    ["x + 1)", /not \) \(character 6\)\.$/],
    ["2x", /not x \(character 2\)\.$/],
    ["x $ y", /^\$ \(character 3\) means nothing here/],
    [
      "sin(x)",
      /^Unknown function sin \(character 1\): there are exp, log, sqrt, tanh, and products/,
    ],
    ["exp x", /^After exp there should be a \(, not x \(character 5\)/],
    ["x^0.5", /not 0\.5 \(character 3\)/],
    ["x^y", /not y \(character 3\)/],
    ["x^2^2", /^Put parentheses around the power before \^ \(character 4\)/],
    ["1 + 2", /compute something with a name/],
    ["x", /compute something with a name/],
    ["a+b+c+d+e+f+g", /^g is one name too many/],
    ["temperature + 1", /^The name temperature \(character 1\) is too long/],
    ["1e999 * x", /^The number 1e999 \(character 1\) is too large/],
    ["x".padEnd(201, "+x"), /^The formula has 201 characters; it may have/],
    ["constructor(x)", /too long/],
    ["x.y", /^\. \(character 2\) means nothing here/],
  ])("is refused in a sentence that names the place: %s", (text, sentence) => {
    expect(refusal(text)).toMatch(sentence);
  });

  test("made of garbage is refused in one sentence, and nothing else happens", () => {
    const bits = fc.constantFrom(..."xy1.+-*/^() \t", "exp", "log", "e", "−", "ȳ", "😀", "\\", "'");
    const garbage = fc.oneof(
      fc.array(bits).map((list) => list.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        const sentence = refusal(text);
        if (sentence !== "") expect(sentence).toMatch(/\.$/);
      }),
      { numRuns: 500 },
    );
  });

  test("may be as deep as its length allows", () => {
    expect(refusal(`${"(".repeat(58)}x+1${")".repeat(58)}`)).toBe("");
    expect(refusal(`${"-".repeat(110)}x`)).toBe("");
  });
});
