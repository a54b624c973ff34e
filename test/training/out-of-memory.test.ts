import { describe, expect, test } from "vitest";
import { isOutOfMemory } from "../../src/training/errors.js";

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("it should have failed");
}

describe("a lack of memory", () => {
  test.each<[string, () => unknown]>([
    ["of a buffer", () => new ArrayBuffer(2 ** 50)],
    ["of an array longer than any", () => new Float64Array(2 ** 52)],
    ["of WebAssembly", () => errorThrown("WebAssembly.Memory(): could not allocate memory")],
    ["in Safari's words", () => errorThrown("Out of memory")],
  ])("is known: %s", (_, action) => {
    expect(isOutOfMemory(errorOf(action))).toBe(true);
  });

  test.each<[string, () => unknown]>([
    ["an array of −1 elements", () => new Array(-1)],
    [
      "endless recursion",
      () =>
        (function again(): void {
          again();
        })(),
    ],
    [
      "another kind of error",
      () => {
        throw new Error("out of memory");
      },
    ],
  ])("is not %s", (_, action) => {
    expect(isOutOfMemory(errorOf(action))).toBe(false);
  });
});

function errorThrown(message: string): never {
  throw new RangeError(message);
}
