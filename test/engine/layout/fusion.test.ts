/** Loop fusion: elementwise instructions that are computed together, block by block. */
import { describe, expect, test } from "vitest";
import {
  add,
  constant,
  evaluate,
  exp,
  interpreter,
  matmul,
  matrixOf,
  multiply,
  type Program,
  subtract,
  sum,
  tanh,
  variable,
} from "../../../src/autodiff/index.js";
import { engine } from "../../../src/engine/index.js";
import { isLoop } from "../../../src/engine/instructions.js";
import { assigned, compiled, stagesOf, stepOf } from "../stages.js";

/** The kernels of each group that has more than one. */
function longRuns(program: Program): string[][] {
  const { groups } = stagesOf(program).allocation;
  return groups
    .filter(({ instructions }) => instructions.length > 1)
    .map(({ instructions }) => instructions.map(({ kernel }) => kernel));
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, each, k) => Math.max(most, Math.abs(each - b[k]!)), 0);
}

describe("a fused group", () => {
  const [x, y] = [variable([100, 200]), variable([100, 200])];

  test("is made of neighbours that have results of one shape", () => {
    const value = subtract(exp(add(x, y)), y);
    expect(longRuns([{ variable: x, value }])).toEqual([["add", "exp", "subtract"]]);
  });

  test("has no small matrices, which stay in the cache anyhow", () => {
    const small = variable([30, 10]);
    expect(longRuns([{ variable: small, value: exp(tanh(small)) }])).toEqual([]);
  });

  test("is interrupted by what takes other columns than its own", () => {
    const z = exp(add(x, y));
    const program = assigned([tanh(subtract(z, sum(z, [100, 1])))]);
    expect(longRuns(program)).toEqual([
      ["add", "exp"],
      ["subtract", "tanh"],
    ]);
  });

  test("has the whole update of Adam, which leaves nothing in memory but m, v and the weights", () => {
    const { program, weights } = stepOf(40, { optimizer: "adam" });
    const { allocation, scheduled } = stagesOf(program);
    const group = allocation.groups.find(({ instructions }) =>
      instructions.some(({ result }) => scheduled.inPlace.get(result)?.node === weights[0]),
    )!;
    const kept = group.instructions.filter(({ result }) => !allocation.blocks.has(result));
    expect(group.instructions.length).toBeGreaterThan(10);
    expect(kept.every(({ result }) => scheduled.inPlace.has(result))).toBe(true);
    expect(kept).toHaveLength(3);
  });

  test("comes behind the scalars that are computed between its instructions", () => {
    const [s, t] = [variable([1, 1]), variable([1, 1])];
    const program = [
      { variable: x, value: multiply(exp(multiply(x, s)), add(s, t)) },
      { variable: y, value: multiply(y, exp(t)) },
    ];
    expect(longRuns(program)).toEqual([["multiply", "exp", "multiply", "multiply"]]);
  });

  test("reads a scalar before that gets its new value", () => {
    const s = variable([1, 1]);
    const program = [
      { variable: x, value: multiply(tanh(x), s) },
      { variable: s, value: tanh(s) },
      { variable: y, value: multiply(y, x) },
    ];
    const data = Float32Array.from({ length: 20_000 }, (_, k) => Math.sin(k));
    const initial = new Map([x, y].map((each) => [each, data] as const)).set(s, Float32Array.of(2));
    const results = [interpreter, engine({ threads: 1 }), engine({ threads: 2 })].map((each) => {
      const session = each.load({ program }, initial);
      session.run("program", 2);
      const read = [x, y, s].map((variable) => Array.from(session.read(variable)));
      session.dispose();
      return read.flat();
    });
    for (const result of results.slice(1)) {
      expect(distance(result, results[0]!)).toBeLessThan(1e-5);
    }
  });

  test("is computed in blocks by every thread, with what is left of its columns at the end", () => {
    const program = [{ variable: x, value: subtract(exp(add(x, y)), y) }];
    for (const threads of [1, 2, 3]) {
      for (const list of compiled(program, threads).calls.get("program")!) {
        const calls = list.filter((call) => call !== null);
        expect(calls.filter(isLoop)).toHaveLength(1);
      }
    }
  });
});

test.each([
  [100, 200],
  [3, 5000],
  [784, 30],
  [5000, 3],
  [1, 3000],
])("fused groups over %i×%i matrices compute what the interpreter does", (rows, columns) => {
  const shape = [rows, columns] as const;
  const element = (seed: number) => (_: unknown, k: number) => Math.sin(seed * k);
  const matrix = (seed: number, [m, n]: readonly [number, number]) =>
    constant(matrixOf([m, n], Float64Array.from({ length: m * n }, element(seed))));
  const [a, b] = [matrix(1, shape), matrix(2, shape)];
  const [row, column] = [matrix(3, [1, columns]), matrix(4, [rows, 1])];
  const x = variable(shape);
  const value = add(
    multiply(tanh(add(x, exp(row))), subtract(multiply(a, column), 0.5)),
    exp(multiply(b, subtract(x, a))),
  );
  const data = Float64Array.from({ length: rows * columns }, element(5));
  const exact = evaluate([value], new Map([[x, { shape, data }]]))[0]!.data;
  for (const threads of [1, 2, 3]) {
    const program = [{ variable: x, value }];
    const session = engine({ threads }).load({ program }, new Map([[x, data]]));
    session.run("program");
    const result = session.read(x);
    session.dispose();
    expect(distance(result, exact)).toBeLessThan(1e-5);
  }
});

test("a product ends a group, and so reads all of what it computes", () => {
  const x = variable([200, 200]);
  const program = assigned([tanh(matmul(exp(add(x, 1)), x))]);
  expect(longRuns(program)).toEqual([["add", "exp"]]);
});
