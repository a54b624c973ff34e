import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  constant,
  evaluate,
  grad,
  type Matrix,
  type Node,
  substitute,
  type Variable,
  valueAndGrad,
} from "../../../src/autodiff/index.js";
import { ripplesOf, slopesAt } from "../../../src/page/step/model/differences.js";
import { contributionValue, markOf, subjectOf } from "../../../src/page/step/model/marks.js";
import { parse } from "../../../src/page/step/model/parse.js";
import type { Subject } from "../../../src/page/step/model/subject.js";
import { sigmoidLayer, smallNetwork } from "../../../src/page/step/model/subjects.js";
import {
  nodeNamed,
  progressAt,
  type SweepNode,
  type Values,
} from "../../../src/page/step/model/sweep.js";
import { examples, subjects, valuesIn } from "./subjects.js";

function expectClose(actual: Matrix | undefined, expected: Matrix | undefined): void {
  expect(actual?.shape).toEqual(expected?.shape);
  expected?.data.forEach((x, k) => {
    const scale = Math.max(1, Math.abs(x));
    expect((actual?.data[k] as number) / scale).toBeCloseTo(x / scale, 10);
  });
}

/** The bar of a node as grad has it: the result is a function that begins at the node. */
function byGrad({ sweep }: Subject, values: Values, node: SweepNode): Matrix {
  const lines = new Map<Node, Node>();
  for (const { symbol, right } of sweep.nodes) {
    if (right !== undefined && symbol !== node.symbol) {
      lines.set(symbol, substitute([right], lines)[0] as Node);
    }
  }
  const result = lines.get(sweep.result.symbol) ?? sweep.result.symbol;
  const f = (x: Node) => add(substitute([result], new Map([[node.symbol, x]]))[0] as Node, 0);
  return evaluate(grad(f)(node.symbol), values);
}

describe("the machine", () => {
  const holds = (subject: Subject) => {
    const values = valuesIn(subject);
    for (const node of subject.sweep.nodes) {
      if (node.bar === undefined) continue;
      const bar = values.get(node.bar);
      expectClose(bar, byGrad(subject, values, node));
      const parts = node.uses.flatMap((use) => contributionValue(use, values) ?? []);
      if (node === subject.sweep.result) expect(parts).toEqual([]);
      else {
        const terms: Node[] = parts.map(constant);
        expectClose(bar, evaluate(terms.reduce((total, term) => add(total, term))));
      }
    }
  };

  test.each(examples)(
    "has the bars of grad, and contributions add up to them: %s",
    (_, subject) => {
      holds(subject);
    },
  );

  test("does so for any formula", () => {
    fc.assert(
      fc.property(subjects, ([, subject]) => holds(subject)),
      { numRuns: 60 },
    );
  });

  test("computes the gradient of a formula by all its names at once", () => {
    fc.assert(
      fc.property(subjects, ([text, subject]) => {
        const { result, names } = parse(text);
        const values = valuesIn(subject);
        const at = new Map(names.map((name, k) => [name, subject.inputs[k]?.initial as Matrix]));
        const f = (xs: Node[]) => {
          const replaced = new Map<Node, Node>(names.map((name, k) => [name, xs[k] as Node]));
          return substitute([result], replaced)[0] as Node;
        };
        const [y, bars] = valueAndGrad(f)([...names]);
        expectClose(values.get(subject.sweep.result.symbol), evaluate(y, at));
        bars.forEach((bar, k) => {
          const own = nodeNamed(subject.sweep, names[k]?.name as string)?.bar;
          expectClose(values.get(own as Variable), evaluate(bar, at));
        });
      }),
      { numRuns: 60 },
    );
  });

  test("has every value before it is asked for, and every bar after those of all uses", () => {
    fc.assert(
      fc.property(fc.oneof(subjects, fc.constantFrom(...examples)), ([, { sweep }]) => {
        sweep.steps.forEach(({ kind, node }, k) => {
          const before = progressAt(sweep, k);
          if (kind === "forward") {
            const operands = sweep.nodes.filter(({ uses }) =>
              uses.some(({ user }) => user === node),
            );
            expect(before.values.has(node)).toBe(false);
            expect(operands.every((each) => before.values.has(each))).toBe(true);
          } else {
            expect(before.values.size).toBe(sweep.nodes.length);
            expect(before.bars.has(node)).toBe(false);
            for (const { user, contribution } of node.uses) {
              expect(before.bars.has(user)).toBe(contribution !== undefined);
            }
          }
        });
        const end = progressAt(sweep, sweep.steps.length);
        expect(end.values.size).toBe(sweep.nodes.length);
        expect(end.bars.size).toBe(sweep.nodes.filter(({ bar }) => bar).length);
      }),
      { numRuns: 60 },
    );
  });

  test.each(examples)(
    "computes one thing at each step, and forgets nothing: %s",
    (_, { sweep }) => {
      for (let k = 0; k < sweep.steps.length; k++) {
        const [here, next] = [progressAt(sweep, k), progressAt(sweep, k + 1)];
        const step = next.step as NonNullable<typeof next.step>;
        const [grown, same] =
          step.kind === "forward" ? (["values", "bars"] as const) : (["bars", "values"] as const);
        expect([...next[grown]]).toEqual([...here[grown], step.node]);
        expect([...next[same]]).toEqual([...here[same]]);
      }
    },
  );

  test("steps through the note's example in the note's order", () => {
    const { sweep } = sigmoidLayer();
    const names = sweep.steps.map(({ kind, node }) =>
      (kind === "forward" ? node.symbol : (node.bar as Variable)).name.normalize("NFC"),
    );
    expect(names.slice(0, sweep.turn)).toEqual(["t₅", "t₄", "t₃", "t₂", "t₁", "a′"]);
    const bars = ["ā′", "t̄₁", "t̄₂", "t̄₃", "t̄₄", "b̄", "t̄₅", "ā", "w̄"];
    expect(names.slice(sweep.turn)).toEqual(bars.map((name) => name.normalize("NFC")));
  });

  test("stores what rules ask for: j(exp) its value, j(+) nothing", () => {
    const stored = sigmoidLayer().sweep.nodes.filter(({ neededBy }) => neededBy.length > 0);
    expect(stored.map(({ symbol }) => symbol.name).sort()).toEqual(["a", "a′", "t₂", "w"]);
  });
});

describe("a nudge", () => {
  test.each(examples)("of any node moves the result as its bar says: %s", (_, subject) => {
    const values = valuesIn(subject);
    for (const node of subject.sweep.nodes) {
      if (node.bar === undefined) continue;
      const slopes = slopesAt(subject.sweep, values, node, 1e-4);
      slopes.data.forEach((slope, k) => {
        const bar = values.get(node.bar as Variable)?.data[k] as number;
        expect(Math.abs(slope - bar)).toBeLessThan(1e-5 * (1 + Math.abs(bar)));
      });
    }
  });

  test("moves the nodes after it at the rates of their derivatives, and no others", () => {
    const subject = sigmoidLayer();
    const { sweep } = subject;
    const values = valuesIn(subject);
    const at = (symbol: Variable | undefined) => values.get(symbol as Variable)?.data[0] as number;
    const node = nodeNamed(sweep, "b") as SweepNode;
    const ripples = ripplesOf(sweep, values, { node, element: 0, h: 1e-5 });
    const names = ripples.map(({ node }) => node.symbol.name);
    expect(names).toEqual(["b", "t₄", "t₃", "t₂", "t₁", "a′"]);
    const slope = at(nodeNamed(sweep, "t₂")?.symbol);
    [1, 1, -1, -slope, -slope, at(node.bar)].forEach((rate, k) => {
      expect(ripples[k]?.rate.data[0]).toBeCloseTo(rate, 7);
    });
  });
});

describe("the book's equations", () => {
  test.each([
    ["the sigmoid layer", sigmoidLayer(), ["BP1", "BP3", "BP4", "BP2"]],
    ["the network", smallNetwork(), ["BP1", "∇ₐC", "BP3", "BP4", "BP2", "BP3", "BP4"]],
  ])("are all derived, and each is about a bar of the sweep: %s", (_, subject, equations) => {
    expect(subject.derivations.map(({ equation }) => equation)).toEqual(equations);
    for (const derivation of subject.derivations) {
      expect(derivation.chain.holds).toBe(true);
      expect(subjectOf(subject.sweep, derivation)?.bar).toBeDefined();
    }
  });

  test("mark the sweep: the parameters BP3 and BP4, what goes below BP2, the way to z̄ BP1", () => {
    const { sweep, derivations } = sigmoidLayer();
    const marks = markOf(derivations);
    const of = (name: string) => marks.get(nodeNamed(sweep, name)?.bar);
    expect(["b", "w", "a", "t₄", "t₂"].map(of)).toEqual(["BP3", "BP4", "BP2", "BP1", "BP1"]);
  });
});
