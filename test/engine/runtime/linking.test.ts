/** Lists of calls as WebAssembly functions. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Loop } from "../../../src/engine/instructions.js";
import { link } from "../../../src/engine/runtime/linking.js";

interface Call {
  readonly target: string;
  readonly args: readonly number[];
}

/** What the functions that a list calls are given, in their order. */
function callsMade(
  calls: readonly (Call | Loop<Call> | null)[],
  times: number,
): (readonly [string, ...number[]])[] {
  const made: [string, ...number[]][] = [];
  const targets = new Map<string, (...args: number[]) => void>();
  const linker = ({ target: name, args }: Call) => {
    const target = targets.get(name) ?? ((...given: number[]) => made.push([name, ...given]));
    targets.set(name, target);
    return { target, args };
  };
  link(calls, linker, () => made.push(["wait"]))(times);
  return made;
}

const call = (target: string, ...args: number[]): Call => ({ target, args });

describe("a list of calls", () => {
  test("is made in its order, with all arguments, as often as said", () => {
    const calls = [call("f", 1, 2), null, call("g"), call("f", 3, 4)];
    const made = [["f", 1, 2], ["wait"], ["g"], ["f", 3, 4]];
    expect(callsMade(calls, 1)).toEqual(made);
    expect(callsMade(calls, 3)).toEqual([...made, ...made, ...made]);
    expect(callsMade(calls, 0)).toEqual([]);
  });

  test("has loops, in which arguments grow in equal steps or are constant", () => {
    const loop = (times: number) => ({
      times,
      calls: [
        [call("f", 1, 10), call("f", 1, 13)],
        [call("g", -5), call("g", -9)],
      ] as const,
    });
    const made = [
      ...[
        ["f", 1, 10],
        ["g", -5],
        ["f", 1, 13],
        ["g", -9],
        ["f", 1, 16],
        ["g", -13],
      ],
      ...[["wait"], ["h"], ["f", 1, 10], ["g", -5]],
    ];
    expect(callsMade([loop(3), null, call("h"), loop(1)], 1)).toEqual(made);
    expect(callsMade([loop(3), null, call("h"), loop(1)], 2)).toEqual([...made, ...made]);
  });

  test("has loops over addresses in the upper half of the memory", () => {
    const at = (address: number) => call("f", address);
    const calls = [[at(2 ** 31 - 64), at(2 ** 31 + 64)]] as const;
    const made = [0, 1, 2].map((round) => ["f", (2 ** 31 - 64 + 128 * round) | 0]);
    expect(callsMade([{ times: 3, calls }], 1)).toEqual(made);
  });

  test("may be empty, and may be long", () => {
    expect(callsMade([], 5)).toEqual([]);
    const calls = Array.from({ length: 3000 }, (_, k) => call(`f${k % 300}`, k));
    expect(callsMade(calls, 1)).toEqual(calls.map((_, k) => [`f${k % 300}`, k]));
  });

  test("may be longer than a WebAssembly function can be", () => {
    // Engines allow 7,654,321 bytes; each of these calls takes more than 90.
    const args = Array.from({ length: 15 }, () => 2 ** 31 - 1);
    const calls = Array.from({ length: 90_000 }, () => call("f", ...args));
    expect(callsMade(calls, 1)).toHaveLength(calls.length);
  });

  test("has arguments of 32 bits", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), (args) => {
        expect(callsMade([call("f", ...args)], 1)).toEqual([["f", ...args]]);
      }),
    );
    // Addresses in the upper half of the memory.
    expect(callsMade([call("f", 2 ** 32 - 64)], 1)).toEqual([["f", -64]]);
  });

  test("ends with the error of a function that throws", () => {
    const target = () => {
      throw new Error("made to fail");
    };
    const run = link([call("f"), call("f")], ({ args }) => ({ target, args }), target);
    expect(() => run(2)).toThrow("made to fail");
  });
});
