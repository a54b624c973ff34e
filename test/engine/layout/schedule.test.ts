/** The order of instructions, and assignments in place. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  exp,
  matmul,
  multiply,
  type Program,
  sum,
  tanh,
  transpose,
  variable,
} from "../../../src/autodiff/index.js";
import { engine } from "../../../src/engine/index.js";
import type { Instruction } from "../../../src/engine/instructions.js";
import type { Value } from "../../../src/engine/values.js";
import { programs, type RandomProgram } from "../random-programs.js";
import { type Stages, stagesOf, stepOf } from "../stages.js";

/** Every instruction once, after those that compute what it reads. */
function expectOrdered({ selection, scheduled: { instructions } }: Stages): void {
  expect(new Set(instructions)).toEqual(new Set(selection.instructions));
  expect(instructions).toHaveLength(selection.instructions.length);
  const producers = new Map(instructions.map((each) => [each.result, each]));
  const done = new Set<Instruction>();
  for (const instruction of instructions) {
    const needed = instruction.reads.flatMap(({ value }) => producers.get(value) ?? []);
    expect(needed.filter((each) => !done.has(each))).toEqual([]);
    done.add(instruction);
  }
}

/** No instruction reads a variable after its new value has been put into its place. */
function expectOldValuesRead({ scheduled: { instructions, inPlace } }: Stages): void {
  const replaced = new Set<Value>();
  for (const { result, reads } of instructions) {
    expect(reads.filter(({ value }) => replaced.has(value))).toEqual([]);
    const variable = inPlace.get(result);
    if (variable !== undefined) replaced.add(variable);
  }
}

/** Every variable is assigned once, in place or by a copy at the end. */
function expectAssigned({ targets, scheduled: { inPlace, copies } }: Stages): void {
  const assigned = [...inPlace.values(), ...copies.map((copy) => copy.variable)];
  expect(new Set(assigned)).toEqual(new Set(targets));
  expect(assigned).toHaveLength(targets.length);
}

const asProgram = ({ xs, ys }: RandomProgram): Program =>
  xs.map((x, k) => ({ variable: x, value: add(0, tanh(ys[k]!)) }));

describe("a schedule", () => {
  test("is in order, reads old values only, and makes every assignment", () => {
    fc.assert(
      fc.property(programs, (random) => {
        const stages = stagesOf(asProgram(random));
        expectOrdered(stages);
        expectOldValuesRead(stages);
        expectAssigned(stages);
      }),
    );
  });

  test("gives the same bits in place as in other variables", () => {
    fc.assert(
      fc.property(programs, (random) => {
        const inPlace = asProgram(random);
        const elsewhere = inPlace.map(({ value }) => ({ variable: variable(value.shape), value }));
        const results = (program: Program) => {
          const initial = new Map([...random.bindings].map(([x, { data }]) => [x, data]));
          const session = engine({ threads: 1 }).load({ program }, initial);
          session.run("program");
          const read = program.map((assignment) => session.read(assignment.variable));
          session.dispose();
          return read;
        };
        expect(results(inPlace)).toEqual(results(elsewhere));
      }),
      { numRuns: 50 },
    );
  });

  test.each([1, 10, 40])("of a training step assigns everything in place (%i)", (batchSize) => {
    const stages = stagesOf(stepOf(batchSize, { lambda: 0.1 }).program);
    expectOrdered(stages);
    expectOldValuesRead(stages);
    expect(stages.scheduled.inPlace.size).toBe(stages.targets.length);
    expect(stages.scheduled.copies).toEqual([]);
  });
});

describe("an assignment", () => {
  const [x, y] = [variable([3, 3], { name: "x" }), variable([3, 3], { name: "y" })];
  const copiesOf = (program: Program) => stagesOf(program).scheduled.copies.length;

  test("is made in place after all others that read the old value", () => {
    const { scheduled } = stagesOf([
      { variable: x, value: multiply(2, x) },
      { variable: y, value: exp(matmul(x, x)) },
    ]);
    expect(scheduled.copies).toEqual([]);
    const kernels = scheduled.instructions.map(({ kernel }) => kernel);
    expect(kernels.indexOf("multiply")).toBeGreaterThan(kernels.indexOf("gemm"));
  });

  test("is copied where the new value reads other elements of the old one", () => {
    expect(copiesOf([{ variable: x, value: transpose(x) }])).toBe(1);
    expect(copiesOf([{ variable: x, value: matmul(x, y) }])).toBe(1);
    expect(copiesOf([{ variable: x, value: add(x, sum(x, [1, 3])) }])).toBe(0);
  });

  test("is copied for one of two variables that exchange their values", () => {
    const swap = [
      { variable: x, value: exp(y) },
      { variable: y, value: exp(x) },
    ];
    expect(copiesOf(swap)).toBe(1);
  });

  test("is copied for one in a circle of three", () => {
    const z = variable([3, 3], { name: "z" });
    const rotate = [
      { variable: x, value: exp(y) },
      { variable: y, value: exp(z) },
      { variable: z, value: exp(x) },
    ];
    expect(copiesOf(rotate)).toBe(1);
  });

  test("of one value to two variables is copied for the second", () => {
    const value = exp(add(x, y));
    const { scheduled, targets } = stagesOf([
      { variable: x, value },
      { variable: y, value },
    ]);
    expect([...scheduled.inPlace.values()]).toEqual([targets[0]]);
    expect(scheduled.copies.map((copy) => copy.variable)).toEqual([targets[1]]);
  });
});
