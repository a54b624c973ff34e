/** Where threads wait for each other, checked against the bytes that each of them touches. */
import { describe, expect, test } from "vitest";
import { add, columns, exp, matmul, transpose, variable } from "../../../src/autodiff/index.js";
import type { Call, SingleCall } from "../../../src/engine/instructions.js";
import { barriers } from "../../../src/engine/layout/synchronise.js";
import { assigned, callsMade, compiled, stagesOf, stepOf } from "../stages.js";
import { accessOf, type Layout, type Range } from "./memory-access.js";

type Part = readonly SingleCall[];

/** The calls between two points at which all threads wait. */
function partsOf(calls: readonly Call[]): Part[] {
  const parts: SingleCall[][] = [[]];
  for (const call of callsMade(calls)) {
    if (call === null) parts.push([]);
    else parts.at(-1)?.push(call);
  }
  return parts;
}

/** Ranges in order, those that touch each other joined. */
function joined(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** The first bytes that are in both. */
function common(a: readonly Range[], b: readonly Range[]): Range | undefined {
  const [xs, ys] = [joined(a), joined(b)];
  for (let i = 0, k = 0; i < xs.length && k < ys.length; ) {
    const [x, y] = [xs[i] as Range, ys[k] as Range];
    const [start, end] = [Math.max(x[0], y[0]), Math.min(x[1], y[1])];
    if (start < end) return [start, end];
    if (x[1] < y[1]) i++;
    else k++;
  }
  return undefined;
}

/** Bytes that one thread writes while another reads or writes them, in one part of a program. */
function conflicts(parts: readonly Part[], layout: Layout): Range[] {
  const accesses = parts.map((part) => part.map((call) => accessOf(call, layout)));
  return accesses.flatMap((writer, t) =>
    accesses.flatMap((other, u) => {
      if (t === u) return [];
      const written = writer.flatMap(({ writes }) => writes);
      const touched = other.flatMap(({ reads, writes }) => [...reads, ...writes]);
      const conflict = common(written, touched);
      return conflict === undefined ? [] : [conflict];
    }),
  );
}

const variants = [2, 3].flatMap((threads) => [
  { threads, batchSize: 10, some: {} },
  { threads, batchSize: 10, some: { lambda: 0.1, cost: "softmax" } as const },
  { threads, batchSize: 40, some: { lambda: 0.1, momentum: 0.9 } },
  { threads, batchSize: 64, some: { hidden: [30, 20], cost: "quadratic" } as const },
  { threads, batchSize: 1, some: {} },
  { threads, batchSize: 40, some: { optimizer: "adam", lambda: 0.1 } as const },
]);

/** Between two waits, no thread writes what another touches. */
function expectNoConflicts(parts: readonly (readonly Part[])[], layout: Layout): void {
  parts[0]?.forEach((_, k) => {
    expect(
      conflicts(
        parts.map((each) => each[k] as Part),
        layout,
      ),
    ).toEqual([]);
  });
}

describe.each(variants)("a training step, $threads threads, batch $batchSize, $some", (variant) => {
  const { threads, batchSize, some } = variant;
  const { calls, fixed, scratchBytes } = compiled(stepOf(batchSize, some).program, threads);
  const lists = calls.get("program") as readonly (readonly Call[])[];
  const layout = { fixed: [...fixed.values()], columns: batchSize, scratchBytes };
  const parts = lists.map(partsOf);

  test("never has one thread write what another touches without waiting in between", () => {
    expect(new Set(parts.map((each) => each.length)).size).toBe(1);
    expectNoConflicts(parts, layout);
  });

  test("starts by waiting, as the step before may still be running elsewhere", () => {
    expect(parts.map(([first]) => first)).toEqual(parts.map(() => []));
  });

  test("would have conflicts if threads waited only there", () => {
    expect(
      conflicts(
        parts.map((each) => each.flat()),
        layout,
      ),
    ).not.toEqual([]);
  });
});

test("threads wait between a result divided by rows and one divided by columns", () => {
  const samples = 4;
  const images = variable([20, 50], { storage: "byte" });
  const batch = columns(images, variable([1, samples]));
  const [w, delta] = [variable([30, 20]), variable([30, samples])];
  const program = assigned([exp(add(w, matmul(delta, transpose(batch))))]);
  const { calls, fixed, scratchBytes } = compiled(program, 2);
  const layout = { fixed: [...fixed.values()], columns: samples, scratchBytes };
  const parts = (calls.get("program") ?? []).map(partsOf);
  expect(parts[0]?.flat().map(({ kernel }) => kernel)).toContain("sparseOuter");
  expectNoConflicts(parts, layout);
});

test("a step of [784, 30, 10] waits at its start and once for each sum over the samples", () => {
  // Each thread has some samples, from their pixels to their δ: no waiting. The sums over all samples
  // are those of w¹, b¹, w², b² and the cost.
  const { allocation } = stagesOf(stepOf(10).program);
  const waits = barriers(allocation.groups, allocation.places).filter((waits) => waits);
  expect(waits.length).toBeLessThanOrEqual(1 + 5);
});
