/**
 * Elementwise instructions sink: they are moved behind others, to right before the first one that needs their results.
 * There they become part of a group (fusion.ts), and what they compute need not go through memory.
 */
import type { Instruction } from "../instructions.js";
import type { Value } from "../values.js";
import type { Schedule } from "./schedule.js";

/**
 * The instructions in an order that keeps what the schedule demands: each comes after what it reads, and
 * what overwrites a variable, or takes the place of its base, after all that read the old value.
 *
 * @param mayMove whether an instruction may come later than it does
 */
export function sink(
  { instructions, inPlace }: Pick<Schedule, "instructions" | "inPlace">,
  mayMove: (instruction: Instruction) => boolean,
): Instruction[] {
  // By value, the first position at which it is read, and that at which it is overwritten.
  const readAt = new Map<Value, number>();
  const overwrittenAt = new Map<Value, number>();
  const positions = [...instructions.keys()];
  for (let k = instructions.length - 1; k >= 0; k--) {
    const instruction = instructions[k] as Instruction;
    const { result, reads, base } = instruction;
    const values = reads.map(({ value }) => value);
    const limits = [readAt.get(result), ...values.map((value) => overwrittenAt.get(value))];
    const limit = Math.min(...limits.map((each) => each ?? Number.POSITIVE_INFINITY));
    if (Number.isFinite(limit) && mayMove(instruction)) positions[k] = limit;
    const position = positions[k] as number;
    for (const value of values) {
      readAt.set(value, Math.min(readAt.get(value) ?? position, position));
    }
    for (const value of [inPlace.get(result), base]) {
      if (value !== undefined) overwrittenAt.set(value, position);
    }
  }
  // Sorting keeps the order of those at one position.
  return [...instructions.keys()]
    .sort((a, b) => (positions[a] as number) - (positions[b] as number) || a - b)
    .map((k) => instructions[k] as Instruction);
}
