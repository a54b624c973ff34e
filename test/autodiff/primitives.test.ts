import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  broadcast,
  checkGradient,
  columns,
  constant,
  evaluate,
  exp,
  GradientError,
  grad,
  greater,
  hessian,
  j,
  log,
  type Matrix,
  matmul,
  matrix,
  max,
  maximum,
  multiply,
  type Node,
  NonFiniteError,
  negate,
  type PrimitiveName,
  primitives,
  ShapeError,
  scatterColumns,
  sum,
  tanh,
  topologicalOrder,
  transpose,
  variable,
} from "../../src/autodiff/index.js";
import { apply, type Primitive } from "../../src/autodiff/node.js";
import { examples } from "./examples.js";

const names = Object.keys(primitives) as PrimitiveName[];

describe.each(names)("%s", (name) => {
  const cases = examples[name];

  test.each(cases)("its rule agrees with finite differences to 1e-7 ($#)", ({ f, at }) => {
    const variables = at.map(({ shape }) => variable(shape));
    const used = topologicalOrder([f(...variables)]).map((node) =>
      node.kind === "application" ? node.name : node.kind,
    );
    expect(used).toContain(name);
    expect(checkGradient(f, at).evaluations).toBeGreaterThan(0);
  });

  test.each(cases)("so do its second derivatives, in ȳ and in x, to 1e-6 ($#)", ({ f, at }) => {
    const xBars = (...x: Node[]) => [j(f)(f(...x), tanh(f(...x)), ...x)].flat() as Node[];
    checkGradient(xBars, at, { tolerance: 1e-6 });
  });

  test.each(cases)("its Hessian is symmetric ($#)", ({ f, at }) => {
    const H = evaluate(
      hessian((...x: Node[]) => sum(tanh(multiply(0.25, f(...x)))))(...at.map(constant)),
    );
    const n = H.shape[0];
    expect(H.shape).toEqual([n, n]);
    H.data.forEach((element, i) => {
      expect(element).toBeCloseTo(H.data[(i % n) * n + Math.floor(i / n)] as number, 12);
    });
  });
});

describe("the check rejects a wrong rule", () => {
  const node = (primitive: Primitive) => (x: Node) => apply("wrong", primitive, [x]);
  const at = [matrix([[0.5, 1.5, -2]])] as const;

  test("the right one passes, so that what follows is due to the fault alone", () => {
    expect(() => checkGradient(node(primitives.exp), at)).not.toThrow();
    expect(() =>
      checkGradient(
        grad((x: Node) => sum(node(primitives.exp)(x))),
        at,
      ),
    ).not.toThrow();
  });

  test.each<[string, Primitive["rule"]]>([
    ["a sign", (y, yBar) => [negate(multiply(y, yBar))]],
    ["a factor of 1 + 1e-5", (y, yBar) => [multiply(1 + 1e-5, multiply(y, yBar))]],
    ["x in place of y", (_, yBar, x) => [multiply(x as Node, yBar)]],
    ["ȳ forgotten", (y) => [y]],
    ["nothing at all", () => [undefined]],
    [
      "a wrong second element",
      (y, yBar) => [multiply(yBar, multiply(y, constant(matrix([[1, 1.001, 1]]))))],
    ],
  ])("%s", (_, rule) => {
    expect(() => checkGradient(node({ ...primitives.exp, rule }), at)).toThrow(GradientError);
  });

  test("one that is right but for its own derivative, once second derivatives are checked", () => {
    const frozen = { ...primitives.multiply, rule: () => [undefined, undefined] };
    const rule = (y: Node, yBar: Node) => [apply("frozen", frozen, [y, yBar])];
    const wrong = node({ ...primitives.exp, rule });
    expect(() => checkGradient(wrong, at)).not.toThrow();
    const gradient = grad((x: Node) => sum(wrong(x)));
    expect(() => checkGradient(gradient, at)).toThrow(GradientError);
  });

  test("in a composition, and says which element and both values", () => {
    const wrong = { ...primitives.exp, rule: (_: Node, yBar: Node) => [yBar] };
    const f = (x1: Node, x2: Node) => add(x1, node(wrong)(x2));
    expect(() => checkGradient(f, [1, matrix([[2]])])).toThrow(
      /^checkGradient: argument 2, row 0, column 0: j gives 0\.5, finite differences 3\.69/,
    );
  });

  test("in an argument with structure, and says where it stands there", () => {
    const wrong = node({ ...primitives.exp, rule: (_: Node, yBar: Node) => [yBar] });
    const f = (theta: readonly { w: Node; b: Node }[], x: Node) =>
      theta.reduce((a, { w, b }) => add(matmul(w, a), wrong(b)), x);
    const layer = { w: matrix([[2]]), b: matrix([[0]]) };
    expect(() => checkGradient(f, [[layer, { ...layer, b: matrix([[3]]) }], 1])).toThrow(
      /^checkGradient: argument 1\[1\]\.b, row 0, column 0: j gives/,
    );
  });

  test("that gives what is not a number, as it does a function, and says where it arises", () => {
    const rule = (y: Node, yBar: Node) => [multiply(log(negate(y)), yBar)];
    expect(() => checkGradient(node({ ...primitives.exp, rule }), at)).toThrow(
      /^evaluate: log\(negate\(wrong\(x\)\)\) is NaN at row 0, column 0/,
    );
    expect(() => checkGradient(log, [-1])).toThrow(NonFiniteError);
  });
});

describe("a rule whose x̄ does not fit its x is named", () => {
  const square = (rule: Primitive["rule"]) => (x: Node) =>
    sum(apply("square", { ...primitives.exp, rule }, [x]));
  test.each<[Primitive["rule"], RegExp]>([
    [
      (_, yBar) => [sum(yBar)],
      /^square: its rule should give an x̄ of 1×3 for argument 1, not of 1×1/,
    ],
    [() => [], /^square: its rule should give a list of 1, an x̄ for each argument/],
  ])("%#", (rule, message) => {
    expect(() => grad(square(rule))(variable([1, 3]))).toThrow(ShapeError);
    expect(() => grad(square(rule))(variable([1, 3]))).toThrow(message);
  });
});

describe("values", () => {
  test("broadcast and sum are adjoint: ⟨broadcast x, y⟩ = ⟨x, sum y⟩", () => {
    const shapes = fc.constantFrom([1, 1], [1, 4], [3, 1]);
    const element = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(shapes, fc.array(element, { minLength: 24, maxLength: 24 }), (shape, numbers) => {
        const [rows, count] = shape as [number, number];
        const x = constant({
          shape: [rows, count],
          data: Float64Array.from(numbers.slice(0, rows * count)),
        });
        const y = constant({ shape: [3, 4], data: Float64Array.from(numbers.slice(12)) });
        const [left, right] = [sum(multiply(x, y)), sum(multiply(x, sum(y, x.shape)))];
        const [l, r] = evaluate([left, right]) as { data: Float64Array }[];
        expect(l?.data[0]).toBeCloseTo(r?.data[0] as number, 6);
      }),
    );
  });

  test("columns and scatterColumns are adjoint, also where an index repeats", () => {
    const x = constant(
      matrix([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    );
    const i = constant(matrix([[2, 2, 0, 1]]));
    const y = constant(
      matrix([
        [1, -1, 2, 0.5],
        [3, 1, 1, -2],
      ]),
    );
    const [left, right] = evaluate([
      sum(multiply(columns(x, i), y)),
      sum(multiply(x, scatterColumns(y, i, [2, 3]))),
    ]);
    expect(left?.data).toEqual(right?.data);
  });

  test("a column index that does not exist is refused, naming it", () => {
    const x = constant(matrix([[1, 2, 3]]));
    for (const index of [3, -1, 0.5, Number.NaN]) {
      expect(() => evaluate(columns(x, constant(index)))).toThrow(
        /^columns: column index 0 is .*whole number from 0 to 2$/,
      );
    }
  });

  test("exp saturates at the largest finite number, and only there", () => {
    const values = evaluate(exp(constant(matrix([[709, 710, 1e4, -1e4, Number.NaN]])))).data;
    expect([...values]).toEqual([Math.exp(709), Number.MAX_VALUE, Number.MAX_VALUE, 0, Number.NaN]);
  });

  test("where two are equal, maximum passes ȳ to the second, max to both in equal parts", () => {
    const tie = constant(matrix([[2, 2]]));
    const ones = constant(matrix([[1, 1]]));
    const [first, second] = j(maximum)(tie, ones, tie, tie) as [Node, Node];
    const shared = j((x: Node) => max(x))(2, 6, tie);
    const values = evaluate([first, second, shared]) as Matrix[];
    expect(values.map(({ data }) => [...data])).toEqual([
      [0, 0],
      [1, 1],
      [3, 3],
    ]);
  });

  test("greater is 0 where both are equal or one is not a number", () => {
    const x1 = constant(matrix([[1, 2, 2, Number.NaN]]));
    expect([...evaluate(greater(x1, constant(matrix([[2, 2, 1, 1]])))).data]).toEqual([0, 0, 1, 0]);
  });
});

describe("a shape mistake names the operation, the argument and both shapes", () => {
  const a = variable([2, 3]);
  const b = variable([4, 5]);
  test.each<[() => Node, RegExp]>([
    [() => add(a, b), /^add\(2×3, 4×5\): argument 2 should be 2×3/],
    [() => matmul(a, b), /^matmul\(2×3, 4×5\): argument 2 should have 3 rows/],
    [() => columns(a, b), /^columns\(2×3, 4×5\): argument 2, the indices/],
    [() => sum(a, [4, 1]), /^sum\(2×3\): argument 1 cannot be reduced to 4×1/],
    [() => broadcast(a, [2, 6]), /^broadcast\(2×3\): argument 1 cannot be repeated to 2×6/],
    [
      () => scatterColumns(a, variable([1, 3]), [4, 9]),
      /^scatterColumns.* should have 2 rows, not 4/,
    ],
    [() => scatterColumns(a, variable([1, 2]), [2, 9]), /^scatterColumns\(2×3, 1×2\): argument 2/],
    [() => add(transpose(a), a), /^add\(3×2, 2×3\)/],
  ])("%#", (build, message) => {
    expect(build).toThrow(ShapeError);
    expect(build).toThrow(message);
  });

  test("sum and max give a scalar where no other shape is asked for, even without their builders", () => {
    const x = variable([2, 3]);
    for (const name of ["sum", "max"] as const) {
      expect(apply(name, primitives[name], [x]).shape).toEqual([1, 1]);
    }
  });

  test("log of a matrix keeps its shape, and numbers stand for scalars", () => {
    expect(log(a).shape).toEqual([2, 3]);
    expect(add(1, 2).shape).toEqual([1, 1]);
  });
});
