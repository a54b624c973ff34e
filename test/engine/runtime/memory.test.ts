/** Memory that cannot be had. */
import { expect, test } from "vitest";
import { multiply, variable } from "../../../src/autodiff/index.js";
import { EngineError, engine } from "../../../src/engine/index.js";
import { allocated, reserve } from "../../../src/engine/runtime/memory.js";

test("a memory is as large as asked for, in whole pages", () => {
  expect(reserve(1).buffer.byteLength).toBe(65_536);
  expect(reserve(65_537).buffer.byteLength).toBe(2 * 65_536);
});

test("more than can be addressed is refused", () => {
  expect(() => reserve(2 ** 32 + 1)).toThrow(EngineError);
  expect(() => reserve(2 ** 32 + 1)).toThrow(/needs 4,097 MiB of memory, and can address 4,096/);
});

test("first values are not asked for before there is room for them", () => {
  const v = variable([2 ** 16, 2 ** 16]);
  let asked = 0;
  const first = () => {
    asked++;
    return new Float32Array(1);
  };
  const load = () =>
    engine().load({ halve: [{ variable: v, value: multiply(0.5, v) }] }, new Map([[v, first]]));
  expect(load).toThrow(/MiB of memory, and can address 4,096/);
  expect(asked).toBe(0);
});

test("what there is no room for is an EngineError, with what helps; other failures stay", () => {
  const failing = (error: Error) => () =>
    allocated("a memory", () => {
      throw error;
    });
  const full = failing(new RangeError("could not allocate memory"));
  expect(full).toThrow(EngineError);
  expect(full).toThrow(expect.objectContaining({ remedy: "address space" }));
  expect(failing(new TypeError("a defect"))).toThrow(new TypeError("a defect"));
});
