/** Places in memory, checked by following which values are still there. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  exp,
  matmul,
  type Program,
  subtract,
  tanh,
  variable,
} from "../../../src/autodiff/index.js";
import { sameShape } from "../../../src/autodiff/matrix.js";
import type { Instruction } from "../../../src/engine/instructions.js";
import type { Allocation } from "../../../src/engine/layout/allocate.js";
import { type Place, placeAt, strideOf, type Value } from "../../../src/engine/values.js";
import { programs, type RandomProgram } from "../random-programs.js";
import {
  assigned,
  instructionsOf,
  type Stages,
  scratchBytes,
  stagesOf,
  stepOf,
} from "../stages.js";

/** Kernels that are done with an element of each operand before they write the one in its place. */
const ELEMENTWISE = new Set([
  ...["add", "subtract", "multiply", "divide", "maximum", "greater", "copy"],
  ...["negate", "reciprocal", "exp", "log", "sqrt", "tanh", "floor"],
]);

const overlap = (a: Place, b: Place) => a.address < b.end && b.address < a.end;

/** Whether the result may lie in the place of an operand. */
function mayLieIn({ kernel, result, reads, base }: Instruction, operand: Value): boolean {
  if (ELEMENTWISE.has(kernel)) return sameShape(operand.node.shape, result.node.shape);
  return operand === base && reads.filter(({ value }) => value === operand).length === 1;
}

/** Where a value lies; if in a block, in scratch memory, which here has negative addresses. */
function placeIn({ groups, places, blocks }: Allocation, value: Value): Place {
  const block = blocks.get(value);
  if (block === undefined) return places.get(value) as Place;
  const group = groups.find(({ instructions }) =>
    instructions.some(({ result }) => result === value),
  );
  const address = block - scratchBytes;
  expect(address + group!.bytes).toBeLessThanOrEqual(0);
  return { ...placeAt(address, { step: 0, count: 1, referred: 0 }), end: address + group!.bytes };
}

/** Fails where an instruction reads, or the end lacks, a value of which something was overwritten. */
function expectIntact({ allocation, targets, scheduled, selection }: Stages): void {
  const placeOf = (value: Value) => placeIn(allocation, value);
  const intact = new Set(selection.leaves);
  for (const instruction of instructionsOf(allocation)) {
    const { result, reads, base } = instruction;
    const place = placeOf(result);
    const spoilt = reads.filter(({ value }) => {
      const sharesPlace = placeOf(value).address === place.address && mayLieIn(instruction, value);
      return !intact.has(value) || (overlap(placeOf(value), place) && !sharesPlace);
    });
    expect(spoilt).toEqual([]);
    if (base !== undefined) expect(placeOf(base) === place || intact.has(result)).toBe(true);
    for (const value of intact) if (overlap(placeOf(value), place)) intact.delete(value);
    intact.add(result);
  }
  targets.forEach((target, k) => {
    const value = selection.outputs[k] as Value;
    const isCopied = scheduled.copies.some(({ variable }) => variable === target);
    expect(intact.has(isCopied ? target : value)).toBe(true);
    if (!isCopied) expect(placeOf(value)).toBe(placeOf(target));
  });
}

/** Variables, constants and lists with a fixed place are written by nothing but what is put there. */
function expectFixedKept({ allocation, fixed, scheduled }: Stages): void {
  const strangers = [...fixed].flatMap(([value, place]) =>
    instructionsOf(allocation).filter(({ result }) => {
      const isOwn = result === value || scheduled.inPlace.get(result) === value;
      return !isOwn && overlap(placeIn(allocation, result), place);
    }),
  );
  expect(strangers).toEqual([]);
}

/** Every place has room for its value, and starts where a vector may be loaded. */
function expectRoom({ allocation: { places, end } }: Stages): void {
  const wrong = [...places].filter(([{ node, form }, { address, step, end: last }]) => {
    const [rows, columns] = node.shape;
    const isAligned = address % 16 === 0 && last <= end;
    const holds = step >= 4 * rows && step % 16 === 0 && last - address >= step * columns;
    return !isAligned || (form === "matrix" && !holds);
  });
  expect(wrong).toEqual([]);
}

function expectSound(program: Program): void {
  const stages = stagesOf(program);
  expectIntact(stages);
  expectFixedKept(stages);
  expectRoom(stages);
}

describe("no value is overwritten that is still needed", () => {
  const results = ({ ys }: RandomProgram) => ys.map((y) => add(0, tanh(y)));

  test("in random programs that are assigned to other variables", () => {
    fc.assert(fc.property(programs, (random) => expectSound(assigned(results(random)))));
  });

  test("in random programs that are assigned to their own variables", () => {
    fc.assert(
      fc.property(programs, fc.boolean(), (random, isReversed) => {
        const program = random.xs.map((x, k) => ({ variable: x, value: results(random)[k]! }));
        expectSound(isReversed ? program.reverse() : program);
      }),
    );
  });

  test("before it is copied to its variable at the end", () => {
    const [x, y, z] = [variable([4, 4]), variable([4, 4]), variable([4, 4])];
    const program = [
      { variable: x, value: matmul(x, y) },
      { variable: z, value: tanh(matmul(matmul(y, y), y)) },
    ];
    expect(stagesOf(program).scheduled.copies).toHaveLength(1);
    expectSound(program);
  });

  test.each([
    { batchSize: 1, some: {} },
    { batchSize: 10, some: { lambda: 0.1 } },
    { batchSize: 40, some: { lambda: 0.1, momentum: 0.9 } },
    { batchSize: 40, some: { lambda: 0.1, optimizer: "adam" } as const },
    { batchSize: 10, some: { hidden: [30, 20], cost: "softmax", activation: "relu" } as const },
  ])("in a training step ($batchSize, $some)", ({ batchSize, some }) => {
    expectSound(stepOf(batchSize, some).program);
  });
});

describe("memory is shared", () => {
  const [x, y] = [variable([64, 64]), variable([64, 64])];
  const bytes = 4 * strideOf(64) * 64;
  const temporaryBytes = (program: Program) => {
    const { allocation, fixed } = stagesOf(program);
    return allocation.end - Math.max(...[...fixed.values()].map(({ end }) => end));
  };

  test("by a chain of elementwise operations: it needs none beside its variable's", () => {
    const value = exp(tanh(exp(tanh(x))));
    expect(temporaryBytes([{ variable: y, value }])).toBeLessThan(2 * bytes);
  });

  test("by values that are not needed at the same time: a chain of products needs two", () => {
    const value = [1, 2, 3, 4, 5, 6].reduce((node) => tanh(matmul(node, x)), matmul(x, x));
    expect(temporaryBytes([{ variable: y, value }])).toBeLessThan(3 * bytes);
  });
});

test("a product that is added to something still needed gets a copy of it", () => {
  const [w, a] = [variable([4, 4]), variable([4, 4])];
  const z = tanh(w);
  const program = assigned([add(z, matmul(w, a)), subtract(z, w), exp(z)]);
  expectSound(program);
  const instructions = instructionsOf(stagesOf(program).allocation);
  const kernels = instructions.map(({ kernel }) => kernel);
  expect(kernels[kernels.indexOf("gemm") - 1]).toBe("copy");
});
