/** What each thread does of a program. */
import type { Call, Instruction } from "../instructions.js";
import type { Place, Value } from "../values.js";
import type { Allocation } from "./allocate.js";
import { barriers } from "./synchronise.js";

/**
 * The calls of each of so many threads. All of them wait at the same points.
 *
 * @param scratchOf the address of a thread's scratch memory
 */
export function divide(
  { instructions, places }: Omit<Allocation, "end">,
  threads: number,
  scratchOf: (thread: number) => number,
): Call[][] {
  const waits = threads > 1 ? barriers(instructions, places) : [];
  const placeOf = (value: Value) => places.get(value) as Place;
  const callOf = (instruction: Instruction, thread: number): Call[] => {
    const { from, to } = partOf(instruction, thread, threads);
    if (from >= to) return [];
    const { kernel, flops } = instruction;
    const args = instruction.args(placeOf, { from, to, scratch: scratchOf(thread) });
    return [{ kernel, args, flops } as Call];
  };
  return Array.from({ length: threads }, (_, thread) =>
    instructions.flatMap((instruction, k) => [
      ...(waits[k] ? [null] : []),
      ...callOf(instruction, thread),
    ]),
  );
}

/** Rows of a float32 vector: divisions between rows are at multiples of this. */
const LANES = 4;

/** The columns (or rows) of the result that a thread computes. */
function partOf({ split, result }: Instruction, thread: number, threads: number) {
  const [rows, columns] = result.node.shape;
  if (split === "whole") return { from: 0, to: thread === 0 ? columns : 0 };
  if (split === "columns") {
    const count = result.form === "rowLists" ? rows : columns;
    const bound = (t: number) => Math.floor((count * t) / threads);
    return { from: bound(thread), to: bound(thread + 1) };
  }
  const vectors = Math.ceil(rows / LANES);
  const bound = (t: number) => Math.min(rows, LANES * Math.floor((vectors * t) / threads));
  return { from: bound(thread), to: bound(thread + 1) };
}
