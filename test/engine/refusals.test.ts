/** What no executor does: all refuse it alike, and name what is wrong. */
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import {
  add,
  columns,
  constant,
  definePrimitive,
  elementwise,
  type FirstValue,
  matmul,
  multiply,
  type Node,
  type Program,
  ShapeError,
  scatterColumns,
  type Variable,
  variable,
} from "../../src/autodiff/index.js";
import { engine } from "../../src/engine/index.js";
import { candidates } from "./executors.js";

describe.each(candidates)("$name", ({ executor }) => {
  const v = variable([2, 2], { name: "v" });
  const bytes = variable([3, 1], { name: "pixels", storage: "byte" });
  const ones = constant({ shape: [2, 2], data: new Float64Array(4).fill(1) });

  describe("does not load", () => {
    test.each<[string, Program, new () => Error, RegExp]>([
      [
        "a value of another shape",
        [{ variable: v, value: constant(1) }],
        ShapeError,
        /program step assigns the variable v, which is 2×2, a value that is 1×1/,
      ],
      [
        "two values for one variable",
        [
          { variable: v, value: ones },
          { variable: v, value: multiply(2, v) },
        ],
        RangeError,
        /program step assigns the variable v twice/,
      ],
      [
        "an assignment to bytes",
        [{ variable: bytes, value: add(1, bytes) }],
        TypeError,
        /program step assigns the variable pixels, which is stored as bytes/,
      ],
      [
        "an assignment to what is no variable",
        [{ variable: ones as unknown as Variable, value: ones }],
        TypeError,
        /program step assigns a value to a node that is no variable/,
      ],
      [
        "an assignment of what is no node",
        [{ variable: v, value: ones.value as unknown as Node }],
        TypeError,
        /program step assigns the variable v a value which .* wrap it in constant/,
      ],
    ])("%s", (_, step, kind, message) => {
      const load = () => executor.load({ other: [], step }, new Map());
      expect(load).toThrow(kind);
      expect(load).toThrow(message);
    });

    test("first values of another length, or that are no bytes", () => {
      const double = [{ variable: v, value: multiply(2, v) }];
      const load = (x: Variable, elements: Float64Array) => () =>
        executor.load({ double, take: takeAll(bytes) }, new Map([[x, elements]]));
      expect(load(v, new Float64Array(3))).toThrow(RangeError);
      expect(load(v, new Float64Array(3))).toThrow("v is 2×2 and takes 4 elements, not 3");
      expect(load(bytes, Float64Array.of(1, 2, 256))).toThrow(/pixels .* from 0 to 255, not 256/);
    });

    test("functions that give such first values", () => {
      const double = [{ variable: v, value: multiply(2, v) }];
      const load = () => executor.load({ double }, new Map([[v, () => new Float64Array(3)]]));
      expect(load).toThrow("v is 2×2 and takes 4 elements, not 3");
    });
  });

  test.each([
    [undefined, new Map(), "load: the programs should be an object, { name: program }, not undef"],
    [
      { step: null },
      new Map(),
      "the program step should be an array of { variable, value }, not null",
    ],
    [{ step: { variable: v, value: v } }, new Map(), "{ variable, value }, not an object"],
    [
      { step: [null] },
      new Map(),
      "load: assignment 0 of the program step should be an object, { variable, value }, not null",
    ],
    [{}, undefined, "load: the first values should be a Map from variables to elements, not undef"],
    [new Map(), new Map(), "load: the programs should be an object, { name: program }, not a Map"],
    [{}, { v: [1] }, "a Map from variables to elements, not an object"],
    [{}, [[v, [1]]], "a Map from variables to elements, not an array"],
    [{}, { length: 1 }, "a Map from variables to elements, not an object"],
    [{}, new Map([[v, { length: 4 }]]), "load: element 0 of v should be a number, not undefined"],
    [{}, new Map([["v", [1]]]), "load: what has a first value should be a variable, not a string"],
    [
      {},
      new Map([[v, "1234"]]),
      "load: the elements of v should be an array of numbers, not a str",
    ],
  ])("does not load %j with %j", (programs, initial, message) => {
    const load = () => executor.load(programs as never, initial as never);
    expect(load).toThrow(TypeError);
    expect(load).toThrow(message);
  });

  test("takes first values from what behaves as a Map, in anything that has numbers and a length", () => {
    const program = { double: [{ variable: v, value: multiply(2, v) }] };
    const own = new Map<Variable, unknown>([[v, { length: 4, 0: 1, 1: 2, 2: 3, 3: 4 }]]);
    const foreign = runInNewContext("new Map([[v, [1, 2, 3, 4]]])", { v });
    const like = { get: (x: Variable) => own.get(x), entries: () => own.entries() };
    for (const first of [own, foreign, like]) {
      const session = executor.load(program, first as never);
      expect([...session.read(v)]).toEqual([1, 2, 3, 4]);
      session.run("double");
      expect([...session.read(v)]).toEqual([2, 4, 6, 8]);
      session.dispose();
    }
  });

  describe("a session", () => {
    const open = () => {
      const double = [{ variable: v, value: multiply(2, v) }];
      return executor.load({ double, take: takeAll(bytes) }, new Map([[v, ones.value.data]]));
    };

    test("does not run a program that is not loaded, and tells which are", () => {
      const session = open();
      for (const name of ["halve", "toString", "__proto__"]) {
        const run = () => session.run(name as "double");
        expect(run).toThrow(RangeError);
        expect(run).toThrow(`there is no program ${name}; loaded are double, take`);
      }
      session.dispose();
    });

    test.each([-1, 0.5, 2 ** 31, Number.NaN, Number.POSITIVE_INFINITY])(
      "does not run a program %d times",
      (times) => {
        const session = open();
        expect(() => session.run("double", times)).toThrow(RangeError);
        expect(() => session.run("double", times)).toThrow(`not ${times}`);
        expect([...session.read(v)]).toEqual([1, 1, 1, 1]);
        session.dispose();
      },
    );

    test("runs a program 0 times: nothing changes", () => {
      const session = open();
      session.run("double", 0);
      expect([...session.read(v)]).toEqual([1, 1, 1, 1]);
      session.dispose();
    });

    test("does not write what does not fit the variable", () => {
      const session = open();
      expect(() => session.write(v, [1])).toThrow(RangeError);
      expect(() => session.write(v, [1])).toThrow("v is 2×2 and takes 4 elements, not 1");
      for (const byte of [-1, 256, 0.5, Number.NaN]) {
        expect(() => session.write(bytes, [0, byte, 255])).toThrow(`from 0 to 255, not ${byte}`);
      }
      expect([...session.read(v), ...session.read(bytes)]).toEqual([1, 1, 1, 1, 0, 0, 0]);
      session.dispose();
    });

    test("takes only variables, and arrays of numbers", () => {
      const session = open();
      const read = session.read as (x: unknown) => unknown;
      const write = session.write as (x: unknown, elements?: unknown) => void;
      const refused: readonly [() => unknown, string][] = [
        [() => read("v"), "read: the first argument should be a variable, not a string"],
        [() => write("v", [1]), "write: the first argument should be a variable, not a string"],
        [() => write(undefined, [1]), "a variable, not undefined"],
        [() => write(add(v, 1), [1]), "a variable, not the result of add"],
        [() => write(v), "write: the elements of v should be an array of numbers, not undefined"],
        [() => write(v, "1234"), "an array of numbers, not a string"],
        [() => write(v, ones.value), "an array of numbers, not a matrix"],
        [() => write(v, [1, 2, "3", 4]), "write: element 2 of v should be a number, not a string"],
        [() => write(v, new Array(4)), "element 0 of v should be a number, not undefined"],
        [() => write(v, new BigInt64Array(4)), "element 0 of v should be a number, not a bigint"],
        [() => write(bytes, [1, 2, true]), "element 2 of pixels should be a number, not a boolean"],
      ];
      for (const [use, message] of refused) {
        expect(use).toThrow(TypeError);
        expect(use).toThrow(message);
      }
      expect([...session.read(v), ...session.read(bytes)]).toEqual([1, 1, 1, 1, 0, 0, 0]);
      session.write(v, { length: 4, 0: 5, 1: 6, 2: 7, 3: 8 });
      expect([...session.read(v)]).toEqual([5, 6, 7, 8]);
      session.dispose();
    });

    test("knows only variables that its programs use", () => {
      const session = open();
      const stranger = variable([1, 1], { name: "stranger" });
      const message = "no loaded program uses the variable stranger";
      expect(() => session.read(stranger)).toThrow(message);
      expect(() => session.write(stranger, [1])).toThrow(message);
      session.dispose();
    });

    test("is of no use once it is disposed of, which may be done again", () => {
      const session = open();
      session.dispose();
      session.dispose();
      const message = "the session has been disposed of";
      expect(() => session.run("double")).toThrow(message);
      expect(() => session.read(v)).toThrow(message);
      expect(() => session.write(v, [1, 2, 3, 4])).toThrow(message);
    });
  });

  test.each<["gather" | "bytes" | "lists" | "scatter", number[]]>([
    ["gather", [40, -1]],
    ["bytes", [0.5, Number.NaN]],
    ["lists", [3e9, 40]],
    ["scatter", [-1, Number.POSITIVE_INFINITY, 40]],
  ])("does not pick a column that is not there: %s, %j", (name, wrong) => {
    const [n, count] = [40, 64];
    const x = variable([8, n], { name: "x" });
    const images = variable([200, n], { name: "images", storage: "byte" });
    const i = variable([1, count], { name: "i" });
    const w = variable([30, 200], { name: "w" });
    const y = variable([8, count], { name: "y" });
    const picked = [
      [8, count],
      [200, count],
      [30, count],
      [8, n],
    ] as const;
    const [a, b, c, d] = picked.map((shape) => variable(shape)) as [
      Variable,
      Variable,
      Variable,
      Variable,
    ];
    const programs = {
      gather: [{ variable: a, value: columns(x, i) }],
      bytes: [{ variable: b, value: columns(images, i) }],
      lists: [{ variable: c, value: matmul(w, columns(images, i)) }],
      scatter: [{ variable: d, value: scatterColumns(y, i, [8, n]) }],
    };
    for (const index of wrong) {
      const session = executor.load(programs, new Map([[y, new Float64Array(8 * count).fill(7)]]));
      session.write(i, new Float64Array(count).fill(n - 1));
      session.run(name);
      session.write(i, new Float64Array(count).fill(index, count - 1));
      expect(() => session.run(name)).toThrow(RangeError);
      expect(() => session.run(name)).toThrow(/column ind(ex|ices) .*should be (a )?whole number/);
      for (const input of [x, images, w]) expect(Math.max(...session.read(input))).toBe(0);
      session.dispose();
    }
  });

  test("asks functions for first values, once each", () => {
    const names: string[] = [];
    const w = variable([2, 2], { name: "w" });
    const first = [v, w].map(
      (each, k) =>
        [
          each,
          () => {
            names.push(each.name);
            return new Float64Array(4).fill(k + 1);
          },
        ] as const,
    );
    const session = executor.load(
      { sum: [{ variable: v, value: add(v, w) }] },
      new Map<Variable, FirstValue>(first),
    );
    session.run("sum");
    expect([...session.read(v)]).toEqual([3, 3, 3, 3]);
    expect(names.sort()).toEqual(["v", "w"]);
    session.dispose();
  });

  test("keeps its own copy of first values", () => {
    const elements = Float64Array.of(1, 2, 3, 4);
    const session = executor.load(
      { double: [{ variable: v, value: multiply(2, v) }] },
      new Map([[v, elements]]),
    );
    elements.fill(7);
    session.run("double");
    expect([...session.read(v)]).toEqual([2, 4, 6, 8]);
    session.dispose();
  });

  test("loads no programs at all, and programs that assign nothing", () => {
    executor.load({}, new Map()).dispose();
    const session = executor.load({ nothing: [] }, new Map());
    session.run("nothing", 3);
    session.dispose();
  });

  test("keeps variables that turn out not to matter", () => {
    const first = definePrimitive<[Node, Node]>({
      name: "first",
      value: elementwise((x1) => x1 as number),
      rule: (_, yBar) => [yBar, undefined],
      composition: (x1) => add(x1 as Node, 0),
    });
    const ignored = variable([2, 2], { name: "ignored" });
    const step = [{ variable: v, value: first(ones, ignored) }];
    const session = executor.load({ step }, new Map([[ignored, Float64Array.of(5, 6, 7, 8)]]));
    session.run("step");
    expect([...session.read(v), ...session.read(ignored)]).toEqual([1, 1, 1, 1, 5, 6, 7, 8]);
    session.write(ignored, [1, 2, 3, 4]);
    expect([...session.read(ignored)]).toEqual([1, 2, 3, 4]);
    session.dispose();
  });
});

/** A program that uses all of a variable. */
function takeAll(x: Variable): Program {
  return [{ variable: variable(x.shape), value: add(1, x) }];
}

describe("the engine", () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "has no %s threads, nor processors",
    (count) => {
      expect(() => engine({ threads: count })).toThrow(
        new RangeError(`engine: threads should be auto or a whole number from 1 on, not ${count}`),
      );
      expect(() => engine({ processors: count })).toThrow(RangeError);
    },
  );
});
