/** Where every value lies: temporary values share memory where they are not needed at the same time. */

import { type Instruction, mayOverwrite } from "../instructions.js";
import { copy } from "../selection/elementwise.js";
import { bytesOf, extentOf, type ListBytes, type Place, placeAt, type Value } from "../values.js";
import { blocksOf, fuse, type Group, groupOf } from "./fusion.js";
import { Heap } from "./heap.js";
import type { Schedule } from "./schedule.js";

export interface Allocation {
  readonly groups: readonly Group[];
  readonly places: ReadonlyMap<Value, Place>;
  /** The values of which only a block exists at a time, and where it lies in a thread's scratch memory. */
  readonly blocks: ReadonlyMap<Value, number>;
  /** The first byte behind all temporary values. */
  readonly end: number;
}

/**
 * Gives every result a place, and adds the copies that are needed then. `fixed` has the places of
 * variables and constants; those of temporary values lie from `start` on.
 *
 * @param scratchBytes bytes of a thread's scratch memory
 */
export function allocate(
  schedule: Schedule,
  fixed: ReadonlyMap<Value, Place>,
  start: number,
  listBytes: ListBytes,
  scratchBytes: number,
): Allocation {
  const groups = fuse(schedule);
  const { places, ...rest } = assignPlaces(groups, schedule, fixed, start, listBytes, scratchBytes);
  return { groups: withCopies(groups, schedule, places), places, ...rest };
}

/**
 * A result lies where the variable does that it is assigned to, or has only a block, or takes the place of an
 * operand that it may overwrite and that nothing reads afterwards, or gets a new place. The places of operands
 * that nothing reads afterwards are free for the results of later groups.
 */
function assignPlaces(
  groups: readonly Group[],
  { inPlace, copies }: Schedule,
  fixed: ReadonlyMap<Value, Place>,
  start: number,
  listBytes: ListBytes,
  scratchBytes: number,
): Omit<Allocation, "groups"> {
  const places = new Map(fixed);
  const blocks = new Map<Value, number>();
  const heap = new Heap(start);
  const instructions = groups.flatMap((group) => group.instructions);
  const lastReads = lastReadsOf(instructions, copies);
  const isTemporary = (value: Value) =>
    !(fixed.has(value) || inPlace.has(value) || blocks.has(value));
  const placeOf = (value: Value) => places.get(value) as Place;
  const newPlace = (value: Value): Place => {
    const extent = extentOf(value, listBytes);
    return placeAt(heap.allocate(bytesOf(extent)), extent);
  };
  const free = (value: Value) => {
    heap.free({ address: placeOf(value).address, bytes: bytesOf(extentOf(value, listBytes)) });
  };

  let time = 0;
  for (const group of groups) {
    const end = time + group.instructions.length;
    const isLocal = (value: Value) => isTemporary(value) && (lastReads.get(value) ?? time) < end;
    const isAlone = group.instructions.length === 1;
    const count = isAlone ? 0 : Math.floor(scratchBytes / group.bytes);
    for (const [value, block] of blocksOf(group, isLocal, count))
      blocks.set(value, block * group.bytes);

    const done: Value[] = [];
    for (const instruction of group.instructions) {
      const { result, reads, base, overwritable } = instruction;
      const now = time++;
      const isReadLater = (value: Value) => (lastReads.get(value) ?? now) > now;
      const mayTakeOver = (operand: Value) =>
        isTemporary(operand) && !isReadLater(operand) && mayOverwrite(instruction, operand);
      const operands = base === undefined ? overwritable : [base];
      const predecessor = blocks.has(result)
        ? undefined
        : (inPlace.get(result) ?? operands.find(mayTakeOver));
      if (!blocks.has(result)) {
        places.set(result, predecessor === undefined ? newPlace(result) : placeOf(predecessor));
      }
      for (const value of new Set([...reads.map((read) => read.value), result])) {
        if (isTemporary(value) && !isReadLater(value) && value !== predecessor) done.push(value);
      }
    }
    for (const value of done) free(value);
  }
  return { places, blocks, end: heap.end };
}

/** The last instruction that reads each value; what is copied in the end is read behind all of them. */
function lastReadsOf(
  instructions: readonly Instruction[],
  copies: Schedule["copies"],
): ReadonlyMap<Value, number> {
  return new Map([
    ...instructions.flatMap(({ reads }, time) => reads.map(({ value }) => [value, time] as const)),
    ...copies.map(({ value }) => [value, instructions.length] as const),
  ]);
}

/**
 * The groups with a copy of each base that lies in another place than the product added to it, as
 * it is still needed, and with the assignments that remain to be copied in the end.
 */
function withCopies(
  groups: readonly Group[],
  { copies }: Schedule,
  places: ReadonlyMap<Value, Place>,
): Group[] {
  const alone = (instruction: Instruction) => groupOf([instruction]);
  return [
    ...groups.flatMap((group) => {
      const { result, base } = group.instructions[0] as Instruction;
      const isInPlace = base === undefined || places.get(base) === places.get(result);
      return isInPlace ? [group] : [alone(copy(result, base)), group];
    }),
    ...copies.map(({ variable, value }) => alone(copy(variable, value))),
  ];
}
