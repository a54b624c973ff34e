import { describe, expect, test } from "vitest";
import { add, exp, formula, multiply, type Node, subtract } from "../../src/autodiff/index.js";
import { type Algebra, algebra, type Report, reportOn, rule } from "../../src/derivation/index.js";
import { choices, exercise } from "./exercises.js";

const named = (report: Report, equation: string, layer: number) =>
  report.derivations.find((each) => each.equation === equation && each.layer === layer)!;

const lastOf = ({ chain }: Report["derivations"][number]) =>
  formula(chain.steps.at(-1)?.expression as Node);

describe.each(choices)("$sizes, $activation, $cost", (choice) => {
  const report = reportOn(exercise(choice));
  const last = choice.sizes.length - 1;

  test("every derivation reaches the book's equation by equalities that hold", () => {
    for (const { chain, equation } of report.derivations) {
      expect({ equation, reached: chain.reached, holds: chain.holds }).toEqual({
        equation,
        reached: true,
        holds: true,
      });
      for (const { difference } of chain.steps) expect(difference).toBeLessThanOrEqual(1e-12);
    }
    expect(report.holds).toBe(true);
  });

  test("the equations are Nielsen's", () => {
    const bp1 = choice.cost === "quadratic" ? `∇ₐC ⊙ σ′(z${up(last)})` : `a${up(last)} − y`;
    expect(lastOf(named(report, "BP1", last))).toBe(bp1);
    for (let l = 1; l <= last; l++) {
      if (l < last) {
        const bp2 = `((w${up(l + 1)})ᵀ δ${up(l + 1)}) ⊙ σ′(z${up(l)})`;
        expect(lastOf(named(report, "BP2", l))).toBe(bp2);
      }
      expect(lastOf(named(report, "BP3", l))).toBe(`δ${up(l)}`);
      expect(lastOf(named(report, "BP4", l))).toBe(`δ${up(l)} (a${up(l - 1)})ᵀ`);
    }
  });

  test("σ′ is found, not given", () => {
    const expected: Readonly<Record<string, RegExp>> = {
      sigmoid: /^a¹ ⊙ \(1 − a¹\)$/,
      tanh: /^1 − a¹ ⊙ a¹$/,
      relu: /^\[z¹ > 0\]$/,
      "scaled-tanh": /^\(1\.7159 · 0\.6666\) ⊙ \(1 − t₁¹ ⊙ t₁¹\)$/,
    };
    for (const { equation, layer, sigmaPrime } of report.derivations) {
      if (equation !== "BP2" || layer !== 1) continue;
      expect(formula(sigmaPrime?.right as Node)).toMatch(expected[choice.activation]!);
    }
  });

  test("each line of the sweep is there once, and only lines of it are referred to", () => {
    const { adjoint } = report.network.equations;
    const lines = adjoint.map(({ symbol }) => symbol.name);
    expect(new Set(lines).size).toBe(lines.length);
    const reasons = report.derivations.flatMap(({ chain }) =>
      chain.steps.flatMap(({ reason }) => (reason[0] === "line of " ? [reason[1] as Node] : [])),
    );
    expect(reasons.length).toBeGreaterThan(0);
    for (const symbol of reasons) expect(lines).toContain(formula(symbol));
  });
});

describe("a rule broken on purpose", () => {
  const wrong: [string, Partial<Algebra>, (typeof choices)[number]["cost"]][] = [
    [
      "exp u / exp v = exp(u + v)",
      {
        exponentials: rule(["wrong"], (node) => {
          if (node.kind !== "application" || node.name !== "divide") return undefined;
          const [x1, x2] = node.inputs as [Node, Node];
          if (x1.kind !== "application" || x2.kind !== "application") return undefined;
          if (x1.name !== "exp" || x2.name !== "exp") return undefined;
          return exp(add(x1.inputs[0] as Node, x2.inputs[0] as Node));
        }),
      },
      "cross-entropy",
    ],
    [
      "x ⊙ (−y) = x ⊙ y",
      {
        signs: rule(["wrong"], (node) => {
          if (node.kind !== "application" || node.name !== "multiply") return undefined;
          const [x1, x2] = node.inputs as [Node, Node];
          if (x2.kind !== "application" || x2.name !== "negate") return undefined;
          return multiply(x1, x2.inputs[0] as Node);
        }),
      },
      "quadratic",
    ],
    [
      "x + x = 3 x",
      {
        likeTerms: rule(["wrong"], (node) => {
          if (node.kind !== "application" || node.name !== "add") return undefined;
          return multiply(3, node.inputs[0] as Node);
        }),
      },
      "quadratic",
    ],
  ];

  test.each(wrong)("%s makes an equality fail", (_, change, cost) => {
    const choice = { sizes: [2, 3, 2], activation: "sigmoid", cost } as const;
    const report = reportOn(exercise(choice), { rules: { ...algebra, ...change } });
    expect(report.holds).toBe(false);
    const steps = report.derivations.flatMap(({ chain }) => chain.steps);
    const failed = steps.filter(({ holds }) => !holds);
    expect(failed.length).toBeGreaterThan(0);
    for (const { reason, difference } of failed) {
      expect(reason).toEqual(["wrong"]);
      expect(difference).toBeGreaterThan(1e-3);
    }
  });

  test("a rule that is missing leaves the derivation short of its goal", () => {
    const never = rule(["never"], () => undefined);
    const choice = { sizes: [2, 2], activation: "sigmoid", cost: "cross-entropy" } as const;
    const report = reportOn(exercise(choice), { rules: { ...algebra, divideThrough: never } });
    const { chain } = named(report, "BP1", 1);
    expect({ reached: chain.reached, holds: chain.holds }).toEqual({
      reached: false,
      holds: false,
    });
    expect(chain.steps.every(({ holds }) => holds)).toBe(true);
    expect(report.holds).toBe(false);
  });

  test("rules that go round in circles end", () => {
    const circle = rule(["round"], (node) =>
      node.kind === "application" && node.name === "subtract"
        ? subtract(...(node.inputs as [Node, Node]))
        : undefined,
    );
    const choice = { sizes: [2, 2], activation: "sigmoid", cost: "softmax" } as const;
    const report = reportOn(exercise(choice), { rules: { ...algebra, signs: circle } });
    expect(report.holds).toBe(false);
  });
});

function up(n: number): string {
  return [...String(n)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
}
