/** Where every value lies: temporary values share memory where they are not needed at the same time. */

import { type Instruction, mayOverwrite } from "../instructions.js";
import { elementwiseInstruction } from "../selection/elementwise.js";
import { bytesOf, extentOf, type ListBytes, type Place, placeAt, type Value } from "../values.js";
import type { Schedule } from "./schedule.js";

export interface Allocation {
  readonly instructions: readonly Instruction[];
  readonly places: ReadonlyMap<Value, Place>;
  /** The first byte behind all temporary values. */
  readonly end: number;
}

/**
 * Gives every result a place from `start` on, unless it has a `fixed` one. A
 * result takes the place of an operand that it may overwrite and that nobody needs afterwards.
 * Where a product is added to something that is still needed, a copy is made first.
 */
export function allocate(
  { instructions, inPlace, copies }: Schedule,
  fixed: ReadonlyMap<Value, Place>,
  start: number,
  listBytes: ListBytes,
): Allocation {
  const places = new Map(fixed);
  const lastUse = new Map<Value, number>();
  instructions.forEach(({ reads }, time) => {
    for (const { value } of reads) lastUse.set(value, time);
  });
  for (const { value } of copies) lastUse.set(value, instructions.length);
  const isTemporary = (value: Value) => !fixed.has(value) && !inPlace.has(value);
  const extent = (value: Value) => extentOf(value, listBytes);

  const heap = new Heap(start);
  const emitted: Instruction[] = [];
  instructions.forEach((instruction, time) => {
    const { result, base, reads, overwritable } = instruction;
    const mayTakeOver = (value: Value) =>
      isTemporary(value) && lastUse.get(value) === time && mayOverwrite(instruction, value);
    const predecessor = [...(base === undefined ? overwritable : [base])].find(mayTakeOver);
    const variable = inPlace.get(result);
    if (variable !== undefined) {
      places.set(result, places.get(variable) as Place);
    } else if (predecessor !== undefined) {
      places.set(result, places.get(predecessor) as Place);
    } else if (!places.has(result)) {
      places.set(result, placeAt(heap.take(bytesOf(extent(result))), extent(result)));
    }
    const place = places.get(result) as Place;
    if (base !== undefined && places.get(base) !== place) {
      emitted.push(elementwiseInstruction("copy", result, [base]));
    }
    emitted.push(instruction);
    for (const value of new Set([...reads.map((read) => read.value), result])) {
      const isDead = (lastUse.get(value) ?? time) <= time;
      const isMoved = value !== result && places.get(value) === place;
      if (isTemporary(value) && isDead && !isMoved) {
        heap.give((places.get(value) as Place).address, bytesOf(extent(value)));
      }
    }
  });
  for (const { variable, value } of copies) {
    emitted.push(elementwiseInstruction("copy", variable, [value]));
  }
  return { instructions: emitted, places, end: heap.end };
}

/**
 * Blocks up to this size are not used again: they take next to nothing, and threads must wait for each
 * other before memory that one has read is written by another.
 */
const SMALL = 256;

/** First-fit allocation of blocks from a growing range of addresses. */
class Heap {
  /** The first byte behind all blocks ever taken. */
  end: number;
  /** Free blocks below `end`, by address; neighbours are joined. */
  #free: { address: number; bytes: number }[] = [];

  constructor(start: number) {
    this.end = start;
  }

  take(bytes: number): number {
    const index = this.#free.findIndex((block) => block.bytes >= bytes);
    const block = this.#free[index];
    if (block === undefined) {
      const address = this.end;
      this.end += bytes;
      return address;
    }
    const { address } = block;
    if (block.bytes === bytes) this.#free.splice(index, 1);
    else this.#free[index] = { address: address + bytes, bytes: block.bytes - bytes };
    return address;
  }

  give(address: number, bytes: number): void {
    if (bytes <= SMALL) return;
    this.#free.push({ address, bytes });
    this.#free.sort((a, b) => a.address - b.address);
    const joined: { address: number; bytes: number }[] = [];
    for (const block of this.#free) {
      const last = joined.at(-1);
      if (last !== undefined && last.address + last.bytes === block.address) {
        last.bytes += block.bytes;
      } else {
        joined.push({ ...block });
      }
    }
    this.#free = joined;
  }
}
