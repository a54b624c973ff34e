import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Application, Matrix, Node } from "../../../src/autodiff/index.js";
import { whyNotFinite } from "../../../src/page/step/model/finite.js";
import { drawingOf, titleOf } from "../../../src/page/step/model/layout.js";
import * as link from "../../../src/page/step/model/link.js";
import { ruleOf, withNumbers } from "../../../src/page/step/model/notation.js";
import { agreement, format, short, signed } from "../../../src/page/step/model/numbers.js";
import type { Subject } from "../../../src/page/step/model/subject.js";
import { sigmoidLayer, smallNetwork, typed } from "../../../src/page/step/model/subjects.js";
import { nodeNamed, type SweepNode, valuesOf } from "../../../src/page/step/model/sweep.js";
import { meaning, sentenceAt, spoken } from "../../../src/page/step/model/words.js";
import { initially, valuesIn } from "./subjects.js";

function sentences(subject: Subject): string[] {
  const { sweep } = subject;
  const values = valuesIn(subject);
  return Array.from({ length: sweep.steps.length + 1 }, (_, k) =>
    sentenceAt(sweep, values, k).normalize("NFC"),
  );
}

describe("numbers", () => {
  test.each([
    [0.60653, "0.6065"],
    [-0.38746, "−0.3875"],
    [0.5, "0.5"],
    [-0, "0"],
    [12345678, "1.235 · 10⁷"],
    [-0.0000123, "−1.23 · 10⁻⁵"],
    [-Number.MAX_VALUE, "−1.798 · 10³⁰⁸"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "−∞"],
  ])("are written for people: %d", (x, text) => {
    expect(format(x)).toBe(text);
  });

  test("are shorter where there is little room, and are said with as many digits if small", () => {
    expect([0.60653, -0.00074712, 0.0000747123].map((x) => short(x))).toEqual([
      "0.6065",
      "−0.000747",
      "7.47·10⁻⁵",
    ]);
    expect(agreement(0.00074612345, 0.00074612999).alike).toBe("0.00074612");
  });

  test("have a sign where they are changes", () => {
    expect([1.5, -1.5, 0].map((x) => signed(x))).toEqual(["+1.5", "−1.5", "0"]);
  });

  test("are marked as far as two of them agree", () => {
    const [exact, alike, different] = ["0.2350037120", "0.2350037", "990"];
    expect(agreement(0.235003712, 0.235003799)).toEqual({ exact, alike, different });
    expect(agreement(-1.5, 1.5).alike).toBe("");
    expect(agreement(0.25, 0.75).alike).toBe("");
    expect(agreement(0.25, 0.25).different).toBe("");
    expect(agreement(1.5e-7, 1.52e-7).alike).toBe("1.5");
  });

  test("agree in what both begin with, whatever they are", () => {
    const numbers = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const { exact, alike } = agreement(a, b);
        expect(exact.startsWith(alike)).toBe(true);
        const own = agreement(a, a);
        expect(own.alike + own.different).toBe(own.exact);
      }),
    );
  });
});

describe("the notation", () => {
  test("has the note's rules, as the table writes them", () => {
    const { sweep } = typed("exp(x) + log(x) / x");
    const rules = sweep.nodes.flatMap(({ right }) => (right ? [ruleOf(right)] : []));
    const written = rules.map(({ left, bars }) => `${left} = ${bars.join(", ")}`.normalize("NFC"));
    expect(written.sort()).toEqual([
      "j(+)(y, ȳ, x₁, x₂) = ȳ, ȳ",
      "j(/)(y, ȳ, x₁, x₂) = ȳ / x₂, −(ȳ y) / x₂",
      "j(exp)(y, ȳ, x) = y ȳ",
      "j(log)(y, ȳ, x) = ȳ / x",
    ]);
    const product = nodeNamed(sigmoidLayer().sweep, "t₅")?.right as Application;
    expect(ruleOf(product).bars).toEqual(["ȳ βᵀ", "Aᵀ ȳ"]);
  });

  test("puts numbers for names, in parentheses where they need them", () => {
    const { inputs, sweep } = typed("x * y");
    const scalar = (n: number): Matrix => ({ shape: [1, 1], data: Float64Array.of(n) });
    const right = sweep.result.right as Node;
    const numbers = (...list: number[]) =>
      withNumbers(
        right,
        new Map(inputs.map(({ symbol }, k) => [symbol, scalar(list[k] as number)])),
      );
    expect(numbers(2, -1 / 3)).toBe("2 · (−0.3333)");
    expect(numbers(2, Number.NaN)).toBeUndefined();
  });
});

describe("the sentence of a step", () => {
  test("says what was computed, whether it is kept, and where a bar comes from", () => {
    const all = sentences(sigmoidLayer());
    const expected = new Map([
      [0, "Only w, a and b are given. Take a step to compute a value from them."],
      [4, "t₂ = exp(t₃) = exp(−0.5) = 0.6065. It is stored: t̄₃ will need it."],
      [7, "The sweep back starts at the result: ā′ = ∂a′/∂a′ = 1."],
      [9, "t̄₂ gets t̄₁ = −0.3875 from the sum t₁ = 1 + t₂."],
    ]);
    for (const [k, sentence] of expected) expect(all[k]).toBe(sentence.normalize("NFC"));
    expect(all.at(-1)).toMatch(/each exactly once\.$/);
  });

  test("says that a bar is a sum where there are several uses", () => {
    const sum = sentences(typed("(x + y) * exp(x)")).find((each) => each.startsWith("x is used"));
    expect(sum).toMatch(/^x is used twice, so x̄ is a sum: .* and .*\. Together: x̄ = 13\.45\./u);
  });

  test.each(["log(x - x)", "exp(2) * x", "1 / (x - x)"])("is one at every step: %s", (text) => {
    for (const subject of [typed(text), sigmoidLayer(), smallNetwork()]) {
      for (const each of sentences(subject)) {
        expect(each).toMatch(/\.$/);
        expect(each).not.toMatch(/undefined|\.\.| {2}/);
      }
    }
  });

  const withInput = (subject: Subject, x: number) => {
    const given = new Map(initially(subject));
    const [{ symbol }] = subject.inputs as [Subject["inputs"][number]];
    given.set(symbol, { shape: [1, 1], data: Float64Array.of(x) });
    return valuesOf(subject.sweep, given);
  };

  const STOPPED = "it is too large for a 64-bit number, and the largest one stands for it";

  test.each([
    ["log(x) + 1", -1, "t₁ = log(x) is not a number (NaN): a logarithm takes a number above 0."],
    ["log(x)", 0, "L = log(x) is not finite: a logarithm takes a number above 0."],
    ["2 * sqrt(x)", -4, "is not a number (NaN): a square root takes no number below 0."],
    ["2 / (x - x)", 1, "is not finite: nothing can be divided by 0."],
    ["1 / x", 0, "is not finite: nothing can be divided by 0."],
    ["x / x", 0, "is not a number (NaN): nothing can be divided by 0."],
    ["x * x * x * x * x * x", 1e60, "is not finite: it is too large for a 64-bit number."],
    ["exp(x)", 800, `is not right: ${STOPPED}.`],
    ["exp(exp(x))", 10, `L = exp(t₁) is not right: ${STOPPED}.`],
    ["exp(x) * exp(x)", 1000, `is not right: ${STOPPED}.`],
  ])("says from where on there are no numbers, and no derivatives: %s, x = %d", (text, x, why) => {
    const subject = typed(text);
    const { sweep } = subject;
    const values = withInput(subject, x);
    const all = Array.from({ length: sweep.steps.length + 1 }, (_, k) =>
      sentenceAt(sweep, values, k).normalize("NFC"),
    );
    const said = why.slice(why.indexOf(" is not")).normalize("NFC");
    expect(all.slice(1, sweep.turn + 1).filter((each) => each.includes(said))).not.toEqual([]);
    expect(all.join(" ")).not.toContain("Infinity");
    for (const each of all.slice(sweep.turn + 1)) {
      expect(each).toMatch(/No derivative follows, as /);
      expect(each).toContain(said);
    }
    for (const node of sweep.nodes.filter(({ bar }) => bar)) {
      expect(meaning(sweep, node, values)).toMatch(/^No derivative follows, as /);
    }
  });

  test("names for each value the first that is not finite on the way to it", () => {
    const subject = typed("log(x) + sqrt(x)");
    const { sweep } = subject;
    const values = withInput(subject, -1);
    const why = sweep.nodes.map((node) => whyNotFinite(sweep, values, node).split(" is not ")[0]);
    const roots = sweep.nodes.filter(({ right }) => right?.name === "sqrt").map(titleOf);
    expect(why).toContain(roots[0]);
    expect(why[0]).toBe("");
  });

  test("calls no bar a derivative that is not finite, though the result is", () => {
    const subject = typed("1 / exp(-x)^3");
    const { sweep } = subject;
    const values = withInput(subject, -1000);
    const [x] = sweep.nodes as [SweepNode];
    expect(values.get(sweep.result.symbol)?.data[0]).toBe(0);
    expect(meaning(sweep, x, values)).toMatch(
      /^No derivative follows, as .* is not right: it is too large/,
    );
    const root = typed("sqrt(x)");
    const [y] = root.sweep.nodes as [SweepNode];
    expect(meaning(root.sweep, y, withInput(root, 0)).normalize("NFC")).toBe(
      "No derivative follows, as x̄ is not finite.".normalize("NFC"),
    );
  });

  test("and what a bar means is what a small change does", () => {
    const subject = sigmoidLayer();
    const said = (name: string) =>
      meaning(subject.sweep, nodeNamed(subject.sweep, name) as SweepNode, valuesIn(subject));
    expect(said("b")).toBe("If b grows by 0.01, a′ grows by about 0.00235.");
    expect(said("t₂")).toBe("If t₂ grows by 0.01, a′ falls by about 0.00387.");
  });

  test("and the words for a node tell no number that is not there yet", () => {
    const subject = sigmoidLayer();
    const node = nodeNamed(subject.sweep, "t₂") as SweepNode;
    const said = (bar: boolean) => spoken(node, valuesIn(subject), { value: true, bar });
    expect(said(false)).toBe("t₂ = exp(t₃), value 0.6065, bar not yet computed");
    expect(said(true)).toBe("t₂ = exp(t₃), value 0.6065, bar −0.3875");
  });
});

describe("the drawing", () => {
  test.each([
    ["the sigmoid layer", sigmoidLayer()],
    ["the network", smallNetwork()],
    ["a cube", typed("x * x * x")],
  ])("has no two boxes over each other, and what uses a node below it: %s", (_, { sweep }) => {
    const { boxes, arrows, width, height } = drawingOf(sweep);
    boxes.forEach((one, k) => {
      expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width / 2).toBeLessThanOrEqual(width);
      expect(one.y + one.height / 2).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(k + 1)) {
        const beside = Math.abs(one.x - other.x) >= (one.width + other.width) / 2;
        const below = Math.abs(one.y - other.y) >= (one.height + other.height) / 2;
        expect(beside || below).toBe(true);
      }
    });
    const y = (node: SweepNode) => boxes.find((box) => box.node === node)?.y as number;
    for (const { from, use } of arrows) expect(y(from)).toBeLessThan(y(use.user));
    expect(arrows).toHaveLength(sweep.nodes.reduce((n, { uses }) => n + uses.length, 0));
  });
});

describe("a link", () => {
  test("leads to the same function and inputs", () => {
    const { inputs } = smallNetwork();
    const changed = new Map(initially({ inputs }));
    const { symbol, initial } = inputs.find(({ key }) => key === "w1") as (typeof inputs)[number];
    const data = Float64Array.from(initial.data, (x) => x / 3);
    changed.set(symbol, { shape: initial.shape, data });
    const kept = {
      ...link.parametersOf({ kind: "network", text: "" }),
      ...link.parametersOfValues(inputs, changed),
    };
    const set = Object.entries(kept).filter(([, text]) => text !== "");
    const parameters = new URLSearchParams(new URLSearchParams(set).toString());
    expect([...parameters.keys()]).toEqual(["g", "x.w1"]);
    expect(link.choiceIn(parameters, "").kind).toBe("network");
    expect([...(link.valuesIn(parameters, inputs).get(symbol)?.data ?? [])]).toEqual([...data]);
  });

  test("leads to the nearest value that one may type, where its own is too large", () => {
    const { inputs } = sigmoidLayer();
    const values = link.valuesIn(new URLSearchParams("x.w=1e9&x.a=-2000&x.b=1000"), inputs);
    expect(inputs.map(({ symbol }) => values.get(symbol)?.data[0])).toEqual([1000, -1000, 1000]);
  });

  test("with nonsense in it leads to the beginning", () => {
    const { inputs } = sigmoidLayer();
    const parameters = new URLSearchParams("g=nothing&x.w=one&x.b=&step=many");
    expect(link.choiceIn(parameters, "").kind).toBe("sigmoid");
    expect(link.valuesIn(parameters, inputs)).toEqual(initially({ inputs }));
    expect(link.wholeIn(parameters, "step", [0, 15], 0)).toBe(0);
    expect(link.wholeIn(new URLSearchParams("step=99"), "step", [0, 15], 0)).toBe(15);
  });
});
