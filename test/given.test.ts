/** Values of a wrong type, in words. */
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { add, constant, matrix, variable } from "../src/autodiff/index.js";
import { expectBytes, expectObject, given, isNumbers, shown } from "../src/given.js";

const elsewhere = (code: string): unknown => runInNewContext(code);

test.each<[unknown, string]>([
  [undefined, "undefined"],
  [null, "null"],
  [Number.NaN, "NaN"],
  [3, "a number"],
  ["abc", "a string"],
  [3n, "a bigint"],
  [Symbol("s"), "a symbol"],
  [() => 1, "a function"],
  [[[1, 2]], "an array"],
  [elsewhere("[1, 2]"), "an array"],
  [new Int16Array(1), "an Int16Array"],
  [elsewhere("new Uint8Array(1)"), "a Uint8Array"],
  [new ArrayBuffer(1), "an ArrayBuffer"],
  [new Map(), "a Map"],
  [elsewhere("new Map()"), "a Map"],
  [Promise.resolve(), "a Promise"],
  [{ length: 1 }, "an object"],
  [Object.create(null), "an object"],
  [{ kind: "kitten", shape: [1, 1] }, "an object"],
  [{ shape: [1, 2], data: [1, 2] }, "an object"],
  [matrix([[1, 2]]), "a matrix"],
  [variable([1, 1]), "a variable"],
  [constant(1), "a constant"],
  [add(1, 2), "the result of add"],
])("%o is called %s", (x, words) => {
  expect(given(x)).toBe(words);
});

test.each<[unknown, string]>([
  ["4", '"4"'],
  [4, "4"],
  [Number.NaN, "NaN"],
  [4n, "4n"],
  [Symbol("s"), "a symbol"],
  [[4], "an array"],
])("%o is shown as %s", (x, text) => {
  expect(shown(x)).toBe(text);
});

test("records are objects of any realm, and nothing that has a name of its own", () => {
  for (const x of [{}, Object.freeze({ a: 1 }), Object.create(null), elsewhere("({})")]) {
    expect(() => expectObject("x", x, "an object")).not.toThrow();
  }
  for (const x of [undefined, null, 1, "a", [], new Map(), elsewhere("new Map()"), () => 1]) {
    expect(() => expectObject("x", x, "an object")).toThrow(TypeError);
  }
});

test("bytes are those of any realm, and of Node's buffers", () => {
  for (const x of [new Uint8Array(2), Buffer.alloc(2), elsewhere("new Uint8Array(2)")]) {
    expect(() => expectBytes("x", x)).not.toThrow();
  }
  for (const x of [[1], { length: 1 }, new Uint8ClampedArray(2), new ArrayBuffer(2), "ab"]) {
    expect(() => expectBytes("x", x)).toThrow("x should be a Uint8Array, not a");
  }
});

test("numbers are in typed arrays of any width, but no bigints", () => {
  for (const x of [new Int16Array(1), new Float32Array(1), new Uint8ClampedArray(1)]) {
    expect(isNumbers(x)).toBe(true);
  }
  for (const x of [
    new BigInt64Array(1),
    new BigUint64Array(1),
    new DataView(new ArrayBuffer(8)),
    [1],
  ]) {
    expect(isNumbers(x)).toBe(false);
  }
});
