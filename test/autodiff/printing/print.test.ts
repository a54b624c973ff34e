import { describe, expect, test } from "vitest";
import {
  add,
  broadcast,
  constant,
  divide,
  equations,
  evaluate,
  exp,
  floor,
  formula,
  grad,
  greater,
  log,
  type Matrix,
  matmul,
  matrix,
  max,
  multiply,
  type Node,
  negate,
  primitives,
  print,
  subtract,
  sum,
  tanh,
  transpose,
  type Variable,
  variable,
} from "../../../src/autodiff/index.js";
import { apply } from "../../../src/autodiff/node.js";
import { relu, sigmoid, weightedInput } from "../../../src/nn/index.js";

const scalar = (name: string) => variable([1, 1], { name });

describe("print", () => {
  test("gives the note's six steps of the sigmoid, and their reverse sweep", () => {
    const [w, a, b] = [scalar("w"), scalar("a"), scalar("b")];
    const y = sigmoid(weightedInput(w, a, b));
    expect(print(y, { xs: [w, a, b], names: new Map([[y, "a'"]]) })).toBe(
      [
        "a' = 1 / t₁",
        "t₁ = 1 + t₂",
        "t₂ = exp(t₃)",
        "t₃ = −t₄",
        "t₄ = t₅ + b",
        "t₅ = w a",
        "",
        "ā' = 1",
        "t̄₁ = −ā' a' a'",
        "t̄₂ = t̄₁",
        "t̄₃ = t₂ t̄₂",
        "t̄₄ = −t̄₃",
        "b̄ = t̄₄",
        "t̄₅ = t̄₄",
        "ā = wᵀ t̄₅",
        "w̄ = t̄₅ aᵀ",
      ].join("\n"),
    );
  });

  test("adds up what several uses contribute, in one line", () => {
    const x = scalar("x");
    expect(print(multiply(add(x, exp(x)), x), { xs: [x] })).toBe(
      [
        "y = t₁ x",
        "t₁ = x + t₂",
        "t₂ = exp(x)",
        "",
        "ȳ = 1",
        "t̄₁ = ȳ x",
        "t̄₂ = t̄₁",
        "x̄ = ȳ t₁ + t̄₁ + t₂ t̄₂",
      ].join("\n"),
    );
  });

  test("shows the batch: a bias repeated, its adjoint summed", () => {
    const [w, a, b] = [
      variable([3, 2], { name: "w¹" }),
      variable([2, 5], { name: "a⁰" }),
      variable([3, 1], { name: "b¹" }),
    ];
    const z = relu(weightedInput(w, a, b));
    expect(print(z, { xs: [w, b], names: new Map([[z, "a¹"]]) })).toBe(
      [
        "a¹ = max(t₁, 0)",
        "t₁ = t₂ + b¹",
        "t₂ = w¹ a⁰",
        "",
        "t̄₁ = ā¹ ⊙ [t₁ > 0]",
        "b̄¹ = sum(t̄₁, 3×1)",
        "t̄₂ = t̄₁",
        "w̄¹ = t̄₂ (a⁰)ᵀ",
      ].join("\n"),
    );
  });

  test("writes LaTeX", () => {
    const x = variable([2, 1], { name: "z¹²" });
    const y = sum(divide(tanh(x), subtract(x, log(x))));
    expect(
      print(y, { notation: "latex", xs: [x] })
        .split("\n")
        .slice(0, 5),
    ).toEqual([
      "y = \\textstyle\\sum t_{1}",
      "t_{1} = \\frac{t_{4}}{t_{2}}",
      "t_{2} = z^{12} - t_{3}",
      "t_{3} = \\log(z^{12})",
      "t_{4} = \\tanh(z^{12})",
    ]);
    expect(print(y, { notation: "latex", xs: [x] })).toContain("\\bar{z}^{12} = ");
  });

  test("leaves out the lines that no x̄ comes from, such as that of a step", () => {
    const x = scalar("x");
    expect(print(multiply(greater(exp(x), 1), x), { xs: [x] })).toBe(
      ["y = t₁ x", "t₁ = [t₂ > 1]", "t₂ = exp(x)", "", "ȳ = 1", "x̄ = ȳ t₁"].join("\n"),
    );
  });

  test("has a line for a number that is given a name", () => {
    const two = constant(2);
    const names = new Map([[two, "c"]]);
    expect(print(multiply(two, exp(scalar("x"))), { names })).toBe("y = c t₁\nt₁ = exp(x)\nc = 2");
  });

  test("gives the program alone where no derivative is asked for", () => {
    expect(print(exp(scalar("x")))).toBe("y = exp(x)");
  });

  test("names what is repeated, and repeats it in the line that uses it", () => {
    const x = variable([3, 1], { name: "x" });
    expect(print(subtract(x, max(tanh(x))))).toBe("y = x − t₁\nt₁ = max(t₂)\nt₂ = tanh(x)");
  });

  test("shows a matrix of equal elements as such where a number would be another thing", () => {
    const [w, c] = [variable([4, 3], { name: "w" }), variable([1, 1], { name: "c" })];
    const x = variable([3, 2], { name: "x" });
    expect(formula(matmul(w, broadcast(c, [3, 2])))).toBe("w broadcast(c, 3×2)");
    expect(formula(matmul(w, broadcast(2, [3, 2])))).toBe("w broadcast(2, 3×2)");
    expect(formula(multiply(broadcast(c, [3, 2]), x))).toBe("c x");
    expect([max(x), max(x, [1, 2])].map((y) => formula(y))).toEqual(["max(x)", "max(x, 1×2)"]);
  });

  test("gives 0 for what the result does not depend on", () => {
    const [x, other] = [scalar("x"), scalar("u")];
    expect(print(exp(x), { xs: [other] })).toBe("y = exp(x)\n\nū = 0");
  });
});

describe("formula", () => {
  const [x, y, z] = ["x", "y", "z"].map((name) => variable([2, 1], { name })) as [
    Variable,
    Variable,
    Variable,
  ];
  test.each<[string, Node]>([
    ["x − (y − z)", subtract(x, subtract(y, z))],
    ["x − y − z", subtract(subtract(x, y), z)],
    ["x ⊙ (y ⊙ z)", multiply(x, multiply(y, z))],
    ["x ⊙ y ⊙ z", multiply(multiply(x, y), z)],
    ["(x + y) ⊙ z", multiply(add(x, y), z)],
    ["x / (y / z)", divide(x, divide(y, z))],
    ["x + (−y)", add(x, negate(y))],
    ["−x ⊙ y", negate(multiply(x, y))],
    ["(−x) ⊙ y", multiply(negate(x), y)],
    ["2 x", multiply(2, x)],
    ["x · 2", multiply(x, 2)],
    ["x + (−2)", add(x, -2)],
    ["⌊x⌋", floor(x)],
    ["Σ x", sum(x)],
    ["sum(x xᵀ, 1×2)", sum(matmul(x, transpose(x)), [1, 2])],
    ["(x yᵀ z) ⊙ x", multiply(matmul(matmul(x, transpose(y)), z), x)],
    ["x ⊙ constant(2×1)", multiply(x, constant(matrix([[1], [2]])))],
  ])("has the parentheses that the graph has: %s", (text, node) => {
    expect(formula(node)).toBe(text);
  });
});

test("in LaTeX what has an index or a layer is transposed in parentheses", () => {
  const [x, layer] = ["x", "a¹"].map((name) => variable([2, 1], { name })) as [Node, Node];
  expect(formula(transpose(x), "latex")).toBe("x^{T}");
  expect(formula(transpose(layer), "latex")).toBe("(a^{1})^{T}");
});

test("a function that has no notation is written as a call", () => {
  const x = variable([2, 1], { name: "x¹" });
  const f = apply("f", primitives.negate, [x]);
  expect(formula(f)).toBe("f(x¹)");
  expect(formula(f, "latex")).toBe("\\operatorname{f}(x^{1})");
  expect(formula(exp(x), "latex")).toBe("\\exp(x^{1})");
});

describe("equations", () => {
  const a = variable([2, 2], { name: "a" });
  const f = (x: Node) => sum(multiply(tanh(matmul(a, x)), exp(negate(matmul(a, x)))));
  const x = variable([2, 1], { name: "x" });
  const { forward, adjoint, barOf, symbolOf } = equations(f(x), { xs: [x] });

  test("computed one after the other, give what j gives, bit for bit", () => {
    const values = new Map<Variable, Matrix>([
      [
        a,
        matrix([
          [1, -2],
          [0.5, 3],
        ]),
      ],
      [x, matrix([[0.3], [-0.2]])],
    ]);
    const expected = evaluate(grad(f)(x), values);
    for (const { symbol, right } of [...forward.toReversed(), ...adjoint]) {
      values.set(symbol, evaluate(right, values));
    }
    expect(values.get(barOf(x) as Variable)).toEqual(expected);
  });

  test("have one line for what several results use", () => {
    const t = exp(x);
    const [y, also] = [sum(t), tanh(t)];
    const { forward, symbolOf } = equations(y, { also: [also] });
    expect(forward.map(({ symbol }) => symbol.name)).toEqual(["y", "t₁", "t₂"]);
    expect([t, also].map((node) => symbolOf(node).name)).toEqual(["t₁", "t₂"]);
  });

  test("name the use of what is repeated in it", () => {
    const [w, b] = [variable([2, 3], { name: "w" }), variable([2, 1], { name: "b" })];
    const { forward, adjoint } = equations(tanh(add(w, b)), { xs: [b] });
    const line = adjoint.find(({ of }) => of === b);
    expect(line?.uses).toEqual(forward.filter(({ symbol }) => symbol.name === "t₁"));
  });

  test("know no node of another program", () => {
    expect(() => symbolOf(variable([1, 1]))).toThrow(RangeError);
  });

  test("have one line for each node, and name the uses that it adds up", () => {
    const symbols = [...forward, ...adjoint].map(({ symbol }) => symbol.name);
    expect(new Set(symbols).size).toBe(symbols.length);
    const product = forward.find(
      ({ right }) => right.kind === "application" && right.name === "matmul",
    );
    const line = adjoint.find(({ of }) => of === product?.symbol);
    expect(line?.uses.map(({ right }) => right.kind === "application" && right.name)).toEqual(
      expect.arrayContaining(["tanh", "negate"]),
    );
    expect(line?.uses).toHaveLength(2);
  });
});
