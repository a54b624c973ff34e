/** Where threads must wait for each other. */
import type { Instruction } from "../instructions.js";
import type { Place, Value } from "../values.js";

/** Memory that an instruction touches, and how it is divided among the threads. */
interface Access {
  readonly start: number;
  readonly end: number;
  readonly writes: boolean;
  /** Equal for accesses of which each thread has the same part; undefined if it may have any. */
  readonly division: string | undefined;
}

/**
 * Tells for each instruction whether all threads must reach it before any continues: whether
 * it touches memory that another thread, since the last such point, may have written, or may still
 * be reading while this one writes.
 */
export function barriers(
  instructions: readonly Instruction[],
  places: ReadonlyMap<Value, Place>,
): boolean[] {
  let open: Access[] = [];
  return instructions.map((instruction, k) => {
    const accesses = accessesOf(instruction, places);
    // The first instruction follows the last one of the step before.
    const waits =
      k === 0 || accesses.some((access) => open.some((earlier) => collide(earlier, access)));
    open = waits ? accesses : [...open, ...accesses];
    return waits;
  });
}

function accessesOf(instruction: Instruction, places: ReadonlyMap<Value, Place>): Access[] {
  const { result, reads, split } = instruction;
  const access = (value: Value, writes: boolean, isDivided: boolean): Access => {
    const { address, step, count, end } = places.get(value) as Place;
    return {
      start: address,
      end,
      writes,
      division: isDivided ? `${split} ${address} ${step} ${count}` : undefined,
    };
  };
  return [
    access(result, true, true),
    ...reads.map(({ value, part }) => access(value, false, part === "same")),
  ];
}

function collide(a: Access, b: Access): boolean {
  if (!(a.writes || b.writes) || a.end <= b.start || b.end <= a.start) return false;
  return a.division === undefined || a.division !== b.division;
}
