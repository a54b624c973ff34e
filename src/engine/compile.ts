/** From programs over the graph to lists of kernel calls over one memory. */
import { apply, type Node, type Program, primitives, share } from "../autodiff/index.js";
import { hoistBroadcasts } from "./graph/broadcasts.js";
import { replaceDefined } from "./graph/compositions.js";
import { foldConstants } from "./graph/constants.js";
import { moveFactorsOut } from "./graph/factors.js";
import type { Instruction } from "./instructions.js";
import { allocate } from "./layout/allocate.js";
import { schedule } from "./layout/schedule.js";
import { barriers } from "./layout/synchronise.js";
import { type Selection, select } from "./selection/select.js";
import type { KernelCall } from "./signatures.js";
import {
  ALIGNMENT,
  bytesOf,
  extentOf,
  type Form,
  type ListBytes,
  type Place,
  placeAt,
  roundUp,
  type Value,
} from "./values.js";

/** A kernel call; `null` where all threads wait for each other. */
export type Call =
  | (KernelCall & {
      /** Of the whole instruction, whichever share of it this call computes. */
      readonly flops: number;
    })
  | null;

export interface Compiled {
  /** The calls of each program, in it for each thread that takes part: all threads, or one. */
  readonly calls: ReadonlyMap<string, readonly (readonly Call[])[]>;
  /** The threads of the longest program. */
  readonly threads: number;
  /** Values with a place of their own: variables and constants. */
  readonly fixed: ReadonlyMap<Value, Place>;
  /** The size of the memory. */
  readonly bytes: number;
  /** Memory that is free between two runs: where it starts, and its size. */
  readonly scratch: number;
  readonly scratchBytes: number;
}

export interface Target {
  /** Whether products may skip the zeros of their second factor. */
  readonly skipsZeros: boolean;
  /** How many threads are worth their while for a step of so many multiplications and additions. */
  readonly threadsFor: (flops: number) => number;
  readonly listBytes: ListBytes;
  /** Bytes of scratch memory for each thread. */
  readonly scratchBytes: number;
}

export function compile(programs: Readonly<Record<string, Program>>, target: Target): Compiled {
  const valueFor = oneValuePerForm();
  const selections = Object.entries(programs).map(([name, program]) => {
    const outputs = simplified(program.map(({ value }) => value));
    const targets = program.map(({ variable }) => valueFor(variable));
    return { name, targets, ...select(outputs, target.skipsZeros, valueFor) };
  });
  const most = Math.max(...selections.map((each) => target.threadsFor(flopsOf(each))));

  const scratch = ALIGNMENT;
  let end = scratch + most * roundUp(target.scratchBytes, ALIGNMENT);
  const fixed = new Map<Value, Place>();
  for (const { leaves, targets } of selections) {
    for (const value of [...leaves, ...targets]) {
      if (fixed.has(value)) continue;
      const extent = extentOf(value, target.listBytes);
      fixed.set(value, placeAt(end, extent));
      end += bytesOf(extent);
    }
  }

  // Programs run one at a time, so all use the same memory for what they compute in between.
  let bytes = end;
  const calls = new Map<string, readonly (readonly Call[])[]>();
  for (const selection of selections) {
    const { name, instructions, outputs, targets } = selection;
    const threads = target.threadsFor(flopsOf(selection)) > 1 ? most : 1;
    const assignments = targets.map((variable, k) => ({ variable, value: outputs[k] as Value }));
    const scheduled = schedule(instructions, assignments);
    const allocation = allocate(scheduled, fixed, end, target.listBytes);
    bytes = Math.max(bytes, allocation.end);
    const waits = barriers(allocation.instructions, allocation.places);
    const placeOf = (value: Value) => allocation.places.get(value) as Place;
    const callsOf = (thread: number) =>
      allocation.instructions.flatMap((instruction, k): Call[] => {
        const [from, to] = shareOf(instruction, thread, threads);
        const own = scratch + thread * roundUp(target.scratchBytes, ALIGNMENT);
        const { kernel, flops } = instruction;
        const args = instruction.args(placeOf, { from, to, scratch: own });
        const call = { kernel, args, flops } as Call;
        return [...(waits[k] && threads > 1 ? [null] : []), ...(from < to ? [call] : [])];
      });
    calls.set(
      name,
      Array.from({ length: threads }, (_, thread) => callsOf(thread)),
    );
  }
  return { calls, threads: most, fixed, bytes, scratch, scratchBytes: target.scratchBytes };
}

/** The passes over the graph: none changes what it computes, beyond rounding. */
export function simplified(outputs: readonly Node[]): Node[] {
  const passes = [
    ...[replaceDefined, share],
    ...[hoistBroadcasts, moveFactorsOut, hoistBroadcasts, foldConstants, share],
  ];
  return passes.reduce((ys, pass) => pass(ys), [...outputs]).map(computed);
}

/**
 * A variable or constant as something to be computed: what is assigned unchanged is copied before
 * its own variable gets its new value.
 */
function computed(y: Node): Node {
  return y.kind === "application" ? y : apply("broadcast", primitives.broadcast, [y], y.shape);
}

/** Rows of a float32 vector: divisions between rows are at multiples of this. */
const LANES = 4;

/** The columns (or rows) of the result that a thread computes. */
function shareOf({ split, result }: Instruction, thread: number, threads: number) {
  const [rows, columns] = result.node.shape;
  if (split === "whole") return thread === 0 ? ([0, columns] as const) : ([0, 0] as const);
  if (split === "columns") {
    const count = result.form === "rowLists" ? rows : columns;
    return [
      Math.floor((count * thread) / threads),
      Math.floor((count * (thread + 1)) / threads),
    ] as const;
  }
  const groups = Math.ceil(rows / LANES);
  const bound = (t: number) => Math.min(rows, LANES * Math.floor((groups * t) / threads));
  return [bound(thread), thread === threads - 1 ? rows : bound(thread + 1)] as const;
}

function flopsOf({ instructions }: Selection): number {
  return instructions.reduce((sum, { flops }) => sum + flops, 0);
}

function oneValuePerForm(): (node: Node, form?: Form) => Value {
  const known = new Map<Node, Map<Form, Value>>();
  return (node, form = "matrix") => {
    const forms = known.get(node) ?? new Map<Form, Value>();
    const value = forms.get(form) ?? { node, form };
    known.set(node, forms.set(form, value));
    return value;
  };
}
