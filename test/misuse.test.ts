/** Public functions that are given values of a wrong type, as callers without types may do. */
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import * as library from "../src/index.js";

type Loose = (...args: unknown[]) => unknown;
const { engine, interpreter, matrix, variable } = library;
const loose = library as unknown as { readonly [Name in keyof typeof library]: Loose };

/** None of these is an object with properties that the library could look for, or bytes, or a Map. */
const values: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  "abc",
  3n,
  [1, 2],
  new Int16Array(1),
  runInNewContext("new Map([[1, 2]])"),
];

/** The parameter that each is given a wrong value for, as messages name it. */
const cases: readonly (readonly [name: keyof typeof library, parameter: string])[] = [
  ["checkSettings", "the settings"],
  ["deformed", "deformed: the images"],
  ["definePrimitive", "definePrimitive: the definition"],
  ["encodeCheckpoint", "encodeCheckpoint: the checkpoint"],
  ["encodeIdx", "encodeIdx: the array"],
  ["encodeSafetensors", "encodeSafetensors: the file"],
  ["identityOf", "identityOf: the data set"],
  ["mistakesIn", "mistakesIn: the outcome"],
  ["parseCheckpoint", "parseCheckpoint: the bytes"],
  ["parseIdx", "parseIdx: the bytes"],
  ["parseSafetensors", "parseSafetensors: the bytes"],
  ["parseWeights", "parseWeights: the bytes"],
];

describe.each(cases)("%s", (name, parameter) => {
  test.each([...values, { length: 1 }])("names what it is given in place of it: %o", (value) => {
    const isRecord = Object.prototype.toString.call(value) === "[object Object]";
    const call = () => loose[name](value);
    expect(call).toThrow(Error);
    if (!isRecord || name.startsWith("parse")) {
      expect(call).toThrow(TypeError);
      expect(call).toThrow(new RegExp(`^${parameter} should be .+, not \\S+( \\w+)?$`));
    }
  });
});

describe("a value of a wrong type is named:", () => {
  const x = variable([1, 1], { name: "x" });
  test.each<[string, () => unknown]>([
    ["matrix: the rows should be an array of arrays", () => loose.matrix({ length: 1 })],
    ["matrix: row 1 should be an array of numbers, not a number", () => loose.matrix([[1], 2])],
    [
      "matrix: the element at row 0, column 0 should be a number, not undefined",
      () => loose.matrix([new Array(2)]),
    ],
    ["column: the elements should be an array of numbers, not a st", () => loose.column("12")],
    [
      "constant: the value is no matrix: its data should be a typed array of numbers, such as a Float64Array, not an array",
      () => loose.constant({ shape: [1, 2], data: [1, 2] }),
    ],
    [
      "matrixOf: the elements should be a typed array of numbers, such as a Float64Array, not an array",
      () => loose.matrixOf([1, 2], [1, 2]),
    ],
    ["not a BigInt64Array", () => loose.matrixOf([1, 1], new BigInt64Array(1))],
    ["[rows, columns], not [2, NaN]", () => variable([2, Number.NaN])],
    [
      "evaluate: the value of the variable x: 1×1 takes 1 element, not 2",
      () => library.evaluate(x, new Map([[x, { shape: [1, 1], data: new Float64Array(2) }]])),
    ],
    [
      "constant: the value: 1×2 takes 2 elements, not 1",
      () => library.constant({ shape: [1, 2], data: new Float64Array(1) }),
    ],
    ["[rows, columns], not a bigint", () => loose.variable(3n)],
    ['[rows, columns], not ["2", 3n]', () => loose.variable(["2", 3n])],
    ["evaluate: the values should be a Map from", () => loose.evaluate(x, { x: matrix([[1]]) })],
    [
      "grad: x[0] should be a node, not a Map",
      () => (loose.grad((y: unknown) => y) as Loose)(new Map()),
    ],
    ["engine: the options should be an object", () => loose.engine(null)],
    [
      'engine: threads should be auto or a whole number from 1 on, not "2"',
      () => engine({ threads: "2" as never }),
    ],
    [
      'engine: backend should be one of "embedded", "blas", not "gpu"',
      () => engine({ backend: "gpu" as never }),
    ],
    [
      'engine: simd should be one of "auto", "128", "256", not 256',
      () => engine({ simd: 256 as never }),
    ],
    [
      "generateDigits: the options should be an object, such as { count: 100, seed: 1 }, not undefined",
      () => loose.generateDigits(),
    ],
    [
      'generateDigits: count should be a whole number from 0 on, not "3"',
      () => loose.generateDigits({ count: "3", seed: 1 }),
    ],
    [
      "run: the name of the program should be a string, not an object",
      () => interpreter.load({}, new Map()).run({} as never),
    ],
    [
      "encodeSafetensors: the shape of w should be an array of numbers, not a number",
      () => {
        const tensor = { shape: 1, data: new Float32Array(1) };
        return loose.encodeSafetensors({ tensors: new Map([["w", tensor]]), metadata: new Map() });
      },
    ],
    ["dropout: argument 2 should be a node, not a number", () => loose.dropout(x, 7, 0.5)],
    ["datasetDirectory: the root should be a string", () => loose.datasetDirectory(7, {})],
    ["checkedExecutor: the executor should be", () => loose.checkedExecutor(engine)],
    ["accuracy: the predictions should be an array of numbers", () => loose.accuracy("abc", [])],
    [
      "mistakesIn: the outputs should be an array of numbers",
      () => loose.mistakesIn({ predicted: [1] }, [1]),
    ],
    ["predictions: 3 scores are no scores of 2 classes", () => library.predictions([1, 2, 3], 2)],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });
});

test.each([
  ["readCheckpoint", "the path"],
  ["readWeights", "the path"],
  ["readIdxFile", "the path"],
  ["readImages", "the path"],
  ["loadDirectory", "the directory"],
] as const)("%s names %s of a file that is none", async (name, what) => {
  for (const value of [undefined, null, 7, {}, []]) {
    await expect(loose[name](value)).rejects.toThrow(`${what} should be a string, not `);
  }
});

test("a checkpoint is written only if it is one, to a path", async () => {
  const message =
    "writeCheckpoint: the checkpoint should be an object, as capture makes it, not null";
  await expect(loose.writeCheckpoint("path", null)).rejects.toThrow(message);
  await expect(loose.writeCheckpoint("path", {})).rejects.toThrow("its layers should be an array");
});

test("rows and columns are taken from arrays of any type", () => {
  const rows = [new Float32Array([1, 2]), [3, 4]];
  expect(matrix(rows)).toEqual(
    matrix([
      [1, 2],
      [3, 4],
    ]),
  );
  expect(library.column(new Uint8Array([1, 2]))).toEqual(matrix([[1], [2]]));
});

describe("a trainer is refused", () => {
  const { train, test: held } = {
    train: library.generateDigits({ count: 20, seed: 1 }),
    test: library.generateDigits({ count: 10, seed: 2 }),
  };
  const digits = { name: "digits", classes: 10, train, test: held };
  const settings = { epochs: 1, validationSize: 0 };
  const Make = library.Trainer as unknown as new (...args: unknown[]) => unknown;
  test.each<[string, readonly unknown[]]>([
    ["the settings should be an object", [null, digits, interpreter]],
    ["the settings should be an object, such as { epochs: 5 }, not a Map", [new Map(), digits]],
    ["dropout true should be 0, or a rate", [{ dropout: true }, digits, interpreter]],
    ['hidden [30,"3n"] should be', [{ hidden: [30, 3n] }, digits, interpreter]],
    ["seed 3n should be a whole number", [{ seed: 3n }, digits, interpreter]],
    ["the data set should be an object", [settings, undefined, interpreter]],
    ["the training images should be an object", [settings, { ...digits, train: [] }, interpreter]],
    [
      "the test images: the pixels should be a Uint8Array, not an array",
      [settings, { ...digits, test: { ...held, pixels: [...held.pixels] } }, interpreter],
    ],
    [
      "the training images: 19 labels are not those of 20 images.",
      [settings, { ...digits, train: { ...train, labels: train.labels.slice(1) } }, interpreter],
    ],
    [
      "the labels of the test images should be a Uint8Array, not undefined",
      [settings, { ...digits, test: { ...held, labels: undefined } }, interpreter],
    ],
    [
      "Trainer: the executor should be engine(…) or interpreter, not a function",
      [settings, digits, engine],
    ],
  ])("%s", (message, args) => {
    expect(() => new Make(...args)).toThrow(message);
  });
});
