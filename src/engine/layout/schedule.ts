/** The order of instructions, chosen so that assignments can be computed in their variables' places. */
import { inOrder } from "../../autodiff/graph.js";
import { type Instruction, mayOverwrite } from "../instructions.js";
import type { Value } from "../values.js";

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
 * comes before. That is demanded here, where it leads into no circle.
 */
export function schedule(
  instructions: readonly Instruction[],
  assignments: readonly Move[],
): Schedule {
  const producer = new Map(instructions.map((each) => [each.result, each]));
  const after = new Map<Instruction, Instruction[]>();
  const dependencies = (instruction: Instruction): Instruction[] => [
    ...instruction.reads.flatMap(({ value }) => producer.get(value) ?? []),
    ...(after.get(instruction) ?? []),
  ];
  const inPlace = new Map<Value, Value>();
  const copies: Move[] = [];
  for (const assignment of assignments) {
    const { variable, value } = assignment;
    const writer = producer.get(value);
    const readers = instructions.filter(
      (each) => each !== writer && each.reads.some((read) => read.value === variable),
    );
    const isPossible =
      writer !== undefined &&
      !inPlace.has(value) &&
      mayOverwrite(writer, variable) &&
      !inOrder(readers, dependencies).includes(writer);
    if (isPossible) {
      inPlace.set(value, variable);
      after.set(writer, [...(after.get(writer) ?? []), ...readers]);
    } else {
      copies.push(assignment);
    }
  }
  return { instructions: inOrder(instructions, dependencies), inPlace, copies };
}
