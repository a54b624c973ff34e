/** Elementwise instructions moved to where their results are needed. */
import { describe, expect, test } from "vitest";
import { variable } from "../../../src/autodiff/index.js";
import type { Instruction } from "../../../src/engine/instructions.js";
import { sink } from "../../../src/engine/layout/sink.js";
import type { Value } from "../../../src/engine/values.js";
import { stagesOf, stepOf } from "../stages.js";

/** Values by their letters. */
const values = new Map<string, Value>();
function value(letter: string): Value {
  const known = values.get(letter) ?? { node: variable([1, 1]), form: "matrix" };
  values.set(letter, known);
  return known;
}

/** The result, and what is read for it: of "c ab", c and a and b. The base comes behind a plus sign: "c ab+d". */
function instruction(text: string): Instruction {
  const [result = "", reads = "", base] = text.split(/[ +]/);
  return {
    result: value(result),
    reads: [...reads, ...(base ?? "")].map((letter) => ({ value: value(letter), part: "same" })),
    ...(base && { base: value(base) }),
  } as unknown as Instruction;
}

/** The results in their new order, where all may move but those that read P. */
function order(texts: readonly string[], inPlace: Readonly<Record<string, string>> = {}): string {
  const places = Object.entries(inPlace).map(([result, x]) => [value(result), value(x)] as const);
  const moved = sink(
    { instructions: texts.map(instruction), inPlace: new Map(places) },
    ({ reads }) => reads.every((read) => read.value !== value("P")),
  );
  const letterOf = (wanted: Value) => [...values].find(([, each]) => each === wanted)?.[0];
  return moved.map(({ result }) => letterOf(result)).join("");
}

test("one comes right before the first that reads its result, wherever that moves", () => {
  expect(order(["a X", "b P", "c P", "d ab", "e P", "f d", "g fP"])).toBe("bceadfg");
  expect(order(["a X", "b aP", "c a"])).toBe("abc");
});

test("one that nothing reads stays", () => {
  expect(order(["a X", "b P"])).toBe("ab");
});

test("one comes before the variable that it reads is overwritten", () => {
  expect(order(["a X", "b P", "c P", "d aP"], { c: "X" })).toBe("bacd");
  expect(order(["a X", "b P", "c Y", "d P", "e ac"], { c: "X" })).toBe("bdace");
});

test("one comes before a product is added to the value that it reads", () => {
  expect(order(["b X", "a b", "c P", "d P+b", "e aP"])).toBe("cbade");
});

describe("whatever moves, each comes after what it reads", () => {
  test.each(["sgd", "nesterov", "adam", "rmsprop"] as const)("in a step of %s", (optimizer) => {
    const { program } = stepOf(20, { optimizer, lambda: 1, activation: "relu" });
    const { scheduled } = stagesOf(program);
    for (const mayMove of [() => true, ({ kernel }: Instruction) => kernel === "multiply"]) {
      const moved = sink(scheduled, mayMove);
      expect(new Set(moved)).toEqual(new Set(scheduled.instructions));
      expectInOrder(moved, scheduled.inPlace);
    }
  });
});

/** Fails where a value is read that is not yet there, or not any more. */
function expectInOrder(instructions: readonly Instruction[], inPlace: ReadonlyMap<Value, Value>) {
  const waiting = new Set(instructions.map(({ result }) => result));
  const overwritten = new Set<Value>();
  for (const { result, reads } of instructions) {
    expect(reads.filter(({ value }) => waiting.has(value) || overwritten.has(value))).toEqual([]);
    waiting.delete(result);
    const variable = inPlace.get(result);
    if (variable !== undefined) overwritten.add(variable);
  }
}
