/** Which kernels are used for how many bits, and what they must make of fixed inputs before. */
import { describe, expect, test } from "vitest";
import { EngineError, engine } from "../../../src/engine/index.js";
import { instantiate, type Kernels, kernelModule } from "../../../src/engine/runtime/kernels.js";
import { reserve } from "../../../src/engine/runtime/memory.js";
import { CHECK_BYTES, digestOfResults, EXPECTED } from "../../../src/engine/runtime/self-check.js";
import { compileFor } from "../../../src/engine/runtime/simd.js";

const memory = reserve(CHECK_BYTES);
const kernels = instantiate(kernelModule(), memory, 128);

describe("the self-check", () => {
  test.each([128, 256] as const)(
    "expects what V8 makes of the kernels for %i bits as usual",
    (simd) => {
      expect(digestOfResults(instantiate(kernelModule(), memory, simd), memory)).toBe(EXPECTED);
    },
  );

  test.each([
    "gemm",
    "gemmTransposed",
    "sparseProduct",
    "sparseOuter",
    "sparseAccumulate",
    "exp",
    "tanh",
    "add",
    "sumColumns",
  ])("notices a single bit of %s", (name) => {
    const original = (kernels as unknown as Record<string, (...args: number[]) => void>)[name];
    const broken = {
      ...kernels,
      [name](...args: number[]) {
        original?.(...args);
        const bits = new Int32Array(memory.buffer);
        const out = args[0] as number;
        bits[out / 4] = (bits[out / 4] as number) ^ 1;
      },
    };
    expect(digestOfResults(broken as unknown as Kernels, memory)).not.toBe(EXPECTED);
  });
});

test("128 bits are always there, and auto always finds some", () => {
  expect(compileFor("128").simd).toBe(128);
  expect([128, 256]).toContain(compileFor("auto").simd);
});

test("256 bits are used where auto does, and refused elsewhere", () => {
  if (compileFor("auto").simd === 256) {
    expect(compileFor("256").simd).toBe(256);
  } else {
    expect(() => engine({ simd: "256" })).toThrow(EngineError);
    expect(() => engine({ simd: "256" })).toThrow(/AVX2/);
  }
});
