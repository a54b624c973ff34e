/** Where every value lies: temporary values share memory where they are not needed at the same time. */

import { type Instruction, mayOverwrite } from "../instructions.js";
import { copy } from "../selection/elementwise.js";
import { bytesOf, extentOf, type ListBytes, type Place, placeAt, type Value } from "../values.js";
import { Heap } from "./heap.js";
import type { Schedule } from "./schedule.js";

export interface Allocation {
  readonly instructions: readonly Instruction[];
  readonly places: ReadonlyMap<Value, Place>;
  /** The first byte behind all temporary values. */
  readonly end: number;
}

/**
 * Gives every result a place, and adds the copies that are needed then. `fixed` has the places of
 * variables and constants; those of temporary values lie from `start` on.
 */
export function allocate(
  schedule: Schedule,
  fixed: ReadonlyMap<Value, Place>,
  start: number,
  listBytes: ListBytes,
): Allocation {
  const { places, end } = assignPlaces(schedule, fixed, start, listBytes);
  return { instructions: withCopies(schedule, places), places, end };
}

/**
 * A result lies where the variable does that it is assigned to, or takes the place of an operand that
 * it may overwrite and that nothing reads afterwards, or gets a new place. The places of operands that
 * nothing reads afterwards are free for the results of later instructions.
 */
function assignPlaces(
  schedule: Schedule,
  fixed: ReadonlyMap<Value, Place>,
  start: number,
  listBytes: ListBytes,
): Omit<Allocation, "instructions"> {
  const { instructions, inPlace } = schedule;
  const places = new Map(fixed);
  const heap = new Heap(start);
  const lastReads = lastReadsOf(schedule);
  const isTemporary = (value: Value) => !fixed.has(value) && !inPlace.has(value);
  const placeOf = (value: Value) => places.get(value) as Place;
  const newPlace = (value: Value): Place => {
    const extent = extentOf(value, listBytes);
    return placeAt(heap.take(bytesOf(extent)), extent);
  };
  const free = (value: Value) => {
    heap.give({ address: placeOf(value).address, bytes: bytesOf(extentOf(value, listBytes)) });
  };

  instructions.forEach((instruction, time) => {
    const { result, reads, base, overwritable } = instruction;
    const isReadLater = (value: Value) => (lastReads.get(value) ?? time) > time;
    const mayTakeOver = (operand: Value) =>
      isTemporary(operand) && !isReadLater(operand) && mayOverwrite(instruction, operand);
    const operands = base === undefined ? overwritable : [base];
    const predecessor = inPlace.get(result) ?? operands.find(mayTakeOver);
    places.set(result, predecessor === undefined ? newPlace(result) : placeOf(predecessor));

    for (const value of new Set([...reads.map((read) => read.value), result])) {
      if (isTemporary(value) && !isReadLater(value) && value !== predecessor) free(value);
    }
  });
  return { places, end: heap.end };
}

/** The last instruction that reads each value; what is copied in the end is read behind all of them. */
function lastReadsOf({ instructions, copies }: Schedule): ReadonlyMap<Value, number> {
  return new Map([
    ...instructions.flatMap(({ reads }, time) => reads.map(({ value }) => [value, time] as const)),
    ...copies.map(({ value }) => [value, instructions.length] as const),
  ]);
}

/**
 * The instructions with a copy of each base that lies in another place than the product added to it, as
 * it is still needed, and with the assignments that remain to be copied in the end.
 */
function withCopies(
  { instructions, copies }: Schedule,
  places: ReadonlyMap<Value, Place>,
): Instruction[] {
  return [
    ...instructions.flatMap((instruction) => {
      const { result, base } = instruction;
      const isInPlace = base === undefined || places.get(base) === places.get(result);
      return isInPlace ? [instruction] : [copy(result, base), instruction];
    }),
    ...copies.map(({ variable, value }) => copy(variable, value)),
  ];
}
