/** The order of instructions, chosen so that assignments can be computed in their variables' places. */
import { type Instruction, mayOverwrite } from "../instructions.js";
import type { Value } from "../values.js";
import { Order } from "./order.js";

/** variable ← value */
export interface Move {
  readonly variable: Value;
  readonly value: Value;
}

export interface Schedule {
  readonly instructions: readonly Instruction[];
  /** The values that are computed right in the place of the variable they are assigned to. */
  readonly inPlace: ReadonlyMap<Value, Value>;
  /** The assignments that remain to be copied once all instructions are done. */
  readonly copies: readonly Move[];
}

/**
 * A value may be computed in the place of its variable if everything else that reads the old value
 * comes before. That is demanded here, unless it makes a cycle.
 */
export function schedule(
  instructions: readonly Instruction[],
  assignments: readonly Move[],
): Schedule {
  const producer = new Map(instructions.map((each) => [each.result, each]));
  const order = new Order(instructions, ({ reads }) =>
    reads.flatMap(({ value }) => producer.get(value) ?? []),
  );
  const readers = readersOf(instructions);
  const inPlace = new Map<Value, Value>();
  const copies: Move[] = [];
  for (const assignment of assignments) {
    const { variable, value } = assignment;
    const writer = producer.get(value);
    const others = [...(readers.get(variable) ?? [])].filter((reader) => reader !== writer);
    const isPossible =
      writer !== undefined &&
      !inPlace.has(value) &&
      mayOverwrite(writer, variable) &&
      order.add(writer, others);
    if (isPossible) inPlace.set(value, variable);
    else copies.push(assignment);
  }
  return { instructions: order.items, inPlace, copies };
}

/** The instructions that read each value. */
function readersOf(instructions: readonly Instruction[]): Map<Value, Set<Instruction>> {
  const readers = new Map<Value, Set<Instruction>>();
  for (const instruction of instructions) {
    for (const { value } of instruction.reads) {
      readers.set(value, (readers.get(value) ?? new Set()).add(instruction));
    }
  }
  return readers;
}
