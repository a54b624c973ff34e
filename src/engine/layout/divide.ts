/** What each thread does of a program. */
import type { Call, Instruction, Loop, Share, SingleCall } from "../instructions.js";
import { FLOAT_BYTES, type Place, placeAt, strideOf, type Value } from "../values.js";
import type { Allocation } from "./allocate.js";
import type { Group } from "./fusion.js";
import { barriers } from "./synchronise.js";

/**
 * The calls of each of so many threads. All of them wait at the same points.
 *
 * @param scratchOf the address of a thread's scratch memory
 */
export function divide(
  { groups, places, blocks }: Omit<Allocation, "end">,
  threads: number,
  scratchOf: (thread: number) => number,
): Call[][] {
  const waits = threads > 1 ? barriers(groups, places) : [];
  const callsOf = (group: Group, thread: number): Call[] => {
    const part = partOf(group.instructions[0] as Instruction, thread, threads);
    const scratch = scratchOf(thread);
    return inBlocks(group, part, (instruction, from, to) => {
      const placeOf = (value: Value) => {
        const block = blocks.get(value);
        if (block === undefined) return places.get(value) as Place;
        return placeOfBlock(value, scratch + block, from);
      };
      const { kernel, flops } = instruction;
      return {
        kernel,
        args: instruction.args(placeOf, { from, to, scratch }),
        flops,
      } as SingleCall;
    });
  };
  return Array.from({ length: threads }, (_, thread) =>
    groups.flatMap((group, k) => [...(waits[k] ? [null] : []), ...callsOf(group, thread)]),
  );
}

/** The place that a matrix would have if it were there from its first column on, and not only from `column`. */
function placeOfBlock({ node }: Value, address: number, column: number): Place {
  const [rows, count] = node.shape;
  const step = FLOAT_BYTES * strideOf(rows);
  return placeAt(address - column * step, { step, count, referred: 0 });
}

/**
 * The calls of a group for a part of its columns, block by block.
 *
 * @param callOf the call of an instruction for the columns from `from` to before `to`
 */
function inBlocks(
  { instructions, columns }: Group,
  { from, to }: Pick<Share, "from" | "to">,
  callOf: (instruction: Instruction, from: number, to: number) => SingleCall,
): (SingleCall | Loop)[] {
  const callsOf = (first: number, end: number) =>
    first < end ? instructions.map((each) => callOf(each, first, end)) : [];
  if (instructions.length === 1) return callsOf(from, to);
  const times = Math.floor((to - from) / columns);
  const left = from + times * columns;
  if (times < 2) return [...callsOf(from, left), ...callsOf(left, to)];
  const [first, second] = [
    callsOf(from, from + columns),
    callsOf(from + columns, from + 2 * columns),
  ];
  const calls = first.map((call, k) => [call, second[k] as SingleCall] as const);
  return [{ times, calls }, ...callsOf(left, to)];
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
