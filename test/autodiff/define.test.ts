/** Primitives of the user's own, on the interpreter and on the engine. */
import { describe, expect, test } from "vitest";
import {
  add,
  checkGradient,
  constant,
  definePrimitive,
  divide,
  type Executor,
  elementwise,
  evaluate,
  exp,
  GradientError,
  grad,
  hessian,
  interpreter,
  matrix,
  multiply,
  type Node,
  type Operand,
  ShapeError,
  subtract,
  sum,
  transpose,
  variable,
} from "../../src/autodiff/index.js";
import { EngineError, engine } from "../../src/engine/index.js";

/** x / (1 + x²), with a rule of its own. */
const definition = {
  name: "bump",
  value: elementwise((x) => x / (1 + x * x)),
  rule: (_: Node, yBar: Node, x: Node) => {
    const t = add(1, multiply(x, x));
    return [divide(multiply(yBar, subtract(2, t)), multiply(t, t))];
  },
};
const composition = (x: Node) => divide(x, add(1, multiply(x, x)));
const at = [matrix([[0.5, -2, 3]])] as const;

function run(executor: Executor, y: Node): number[] {
  const result = variable(y.shape);
  const session = executor.load({ set: [{ variable: result, value: y }] }, new Map());
  try {
    session.run("set");
    return [...session.read(result)];
  } finally {
    session.dispose();
  }
}

describe("a primitive of the user's own", () => {
  const bump = definePrimitive({ ...definition, checkAt: at });
  const x = constant(at[0]);

  test("is evaluated, differentiated once and twice, and checked like those of the table", () => {
    expect([...evaluate(bump(x)).data]).toEqual([0.4, -0.4, 0.3]);
    checkGradient(bump, at);
    checkGradient(
      grad((x: Node) => sum(bump(x))),
      at,
    );
    const same = evaluate([
      hessian((x: Node) => sum(bump(x)))(x),
      hessian((x: Node) => sum(composition(x)))(x),
    ]);
    same[0]!.data.forEach((element, i) => {
      expect(element).toBeCloseTo(same[1]!.data[i]!, 14);
    });
  });

  test("takes numbers too, and several arguments of one shape", () => {
    const mean = definePrimitive<[Operand, Operand]>({
      name: "mean",
      value: elementwise((x1, x2) => (x1 + x2) / 2),
      rule: (_, yBar) => [multiply(0.5, yBar), multiply(0.5, yBar)],
      checkAt: [matrix([[1, 2]]), matrix([[3, 5]])],
    });
    expect(evaluate(mean(1, 4)).data[0]).toBe(2.5);
    expect(() => mean(constant(at[0]), 1)).toThrow(
      /^mean\(1×3, 1×1\): argument 2 should be 1×3 like argument 1/,
    );
  });

  test("may have a shape of its own", () => {
    const trace = definePrimitive({
      name: "trace",
      shape: ([x]) => (x![0] === x![1] ? [1, 1] : "argument 1 should be square"),
      value: (_, { data, shape: [n] }) => Float64Array.of(diagonal(data, n)),
      rule: (_, yBar, { shape: [n] }) => [multiply(yBar, unit(n))],
      checkAt: [
        matrix([
          [1, 2],
          [3, 4],
        ]),
      ],
    });
    expect(
      evaluate(
        trace(
          constant(
            matrix([
              [1, 2],
              [3, 4],
            ]),
          ),
        ),
      ).data[0],
    ).toBe(5);
    expect(() => trace(x)).toThrow(ShapeError);
  });

  test("is not confused with another of the same name", () => {
    const other = definePrimitive({ ...definition, value: elementwise((x) => -x!) });
    const [first, second] = evaluate([bump(x), other(x)]);
    expect([first!.data[0], second!.data[0]]).toEqual([0.4, -0.5]);
  });
});

describe("a definition that is wrong", () => {
  test("in its name, which the table has", () => {
    expect(() => definePrimitive({ ...definition, name: "exp" })).toThrow(
      "definePrimitive: the table has a primitive exp; choose another name",
    );
  });
  test("in its rule, is refused where it is checked", () => {
    const rule = (_: Node, yBar: Node) => [yBar];
    expect(() => definePrimitive({ ...definition, rule })).not.toThrow();
    const define = () => definePrimitive({ ...definition, rule, checkAt: at });
    expect(define).toThrow(GradientError);
    expect(define).toThrow(
      /^bump: argument 1, row 0, column 0: j gives 0\.5, finite differences 0\.2/,
    );
  });
  test("in its composition, is refused where it is checked, naming the element", () => {
    const wrong = (x: Node) => multiply(x, 0.8);
    expect(() => definePrimitive({ ...definition, composition: wrong, checkAt: at })).toThrow(
      "bump: at row 0, column 1 its value is -0.4, its composition gives -1.6",
    );
    const turned = (x: Node) => transpose(composition(x));
    expect(() => definePrimitive({ ...definition, composition: turned, checkAt: at })).toThrow(
      /^bump: its value is 1×\d, its composition gives \d×1$/,
    );
  });
  test("in its value, says how many elements it should have", () => {
    const value = () => new Float64Array(2);
    const bad = definePrimitive({ ...definition, value });
    expect(() => evaluate(bad(constant(at[0])))).toThrow(
      "bump: its value should have 3 elements, as its shape is 1×3, not 2",
    );
  });
});

describe("on an engine", () => {
  const engines = [interpreter, engine({ threads: 1 }), engine({ threads: 2 })];

  test.each(engines.map((each, k) => [k, each] as const))(
    "it is what it is composed of (%d)",
    (_, executor) => {
      const bump = definePrimitive({ ...definition, composition, checkAt: at });
      const twice = definePrimitive({
        name: "twice",
        value: elementwise((x) => 2 * x),
        rule: (_, yBar) => [multiply(2, yBar)],
        // Composed of another that is composed.
        composition: (x) => add(x, add(x, bump(multiply(0, x)))),
      });
      const f = (x: Node) => sum(exp(twice(bump(twice(x)))));
      const x = constant(at[0]);
      for (const y of [f(x), grad(f)(x)]) {
        const exact = evaluate(y).data;
        run(executor, y).forEach((element, i) => {
          expect(Math.abs(element - exact[i]!)).toBeLessThanOrEqual(
            1e-6 * (1 + Math.abs(exact[i]!)),
          );
        });
      }
    },
  );

  test.each(engines.slice(1).map((each, k) => [k + 1, each] as const))(
    "without a composition it is refused by name (%d threads)",
    (_, executor) => {
      const bump = definePrimitive(definition);
      expect(() => run(executor, bump(1))).toThrow(EngineError);
      expect(() => run(executor, bump(1))).toThrow(
        /^the engine has no kernel for the primitive bump: give its definition a composition/,
      );
      expect(run(interpreter, bump(1))).toEqual([0.5]);
    },
  );

  test("a composition that leads back to itself, or has another shape, is refused by name", () => {
    const circular: (...x: Node[]) => Node = definePrimitive({
      ...definition,
      name: "circular",
      composition: (x) => circular(add(x, 1)),
    });
    expect(() => run(engine(), circular(constant(1)))).toThrow(/circular leads back to circular/);
    const flat = definePrimitive({ ...definition, composition: (x) => sum(x) });
    expect(() => run(engine(), flat(constant(at[0])))).toThrow(
      /bump should be 1×3 as its shape says, not 1×1/,
    );
  });
});

function unit(n: number): Node {
  return constant(
    matrix(
      Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, c) => (r === c ? 1 : 0))),
    ),
  );
}

function diagonal(data: ArrayLike<number>, n: number): number {
  return Array.from({ length: n }, (_, k) => data[k * (n + 1)]!).reduce((sum, each) => sum + each);
}
