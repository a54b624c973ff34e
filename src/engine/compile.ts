/** From programs over the graph to lists of kernel calls over one memory. */
import { type Node, type Program, primitives, share, topologicalOrder } from "../autodiff/index.js";
import { apply } from "../autodiff/node.js";
import { hoistBroadcasts } from "./graph/broadcasts.js";
import { expandCompositions } from "./graph/compositions.js";
import { foldConstants } from "./graph/constants.js";
import { moveFactorsOut } from "./graph/factors.js";
import type { Call, Request } from "./instructions.js";
import { allocate } from "./layout/allocate.js";
import { divide } from "./layout/divide.js";
import { type Move, schedule } from "./layout/schedule.js";
import { type Selection, select } from "./selection/select.js";
import {
  ALIGNMENT,
  bytesOf,
  extentOf,
  type Form,
  type ListBytes,
  type Place,
  placeAt,
  roundUp,
  START,
  type Value,
} from "./values.js";

export interface Compiled {
  /** For each program, the calls of each thread that takes part: of all threads, or of one. */
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
  /**
   * How many threads run each of the programs, given its multiplications and additions: one, or a number that
   * is the same for all others.
   */
  readonly threadsFor: (flops: readonly number[]) => readonly number[];
  readonly listBytes: ListBytes;
  /** Bytes of scratch memory for each thread. */
  readonly scratchBytes: number;
}

/**
 * The memory has, in this order: the constants of the kernels, scratch memory for each thread, variables and
 * constants, and temporary values. For these, all programs use the same bytes, as they run one at a time.
 */
export function compile(programs: Readonly<Record<string, Program>>, target: Target): Compiled {
  const { skipsZeros, listBytes, scratchBytes } = target;
  const valueFor = oneValuePerForm();
  const selected = Object.values(programs).map((each) => selectFor(each, skipsZeros, valueFor));
  const threadsOf = target.threadsFor(selected.map(({ flops }) => flops));
  const threads = Math.max(1, ...threadsOf);
  const scratchOf = (thread: number) => START + thread * roundUp(scratchBytes, ALIGNMENT);
  const { fixed, end } = placeFixed(selected, scratchOf(threads), listBytes);
  const allocations = selected.map(({ instructions, assignments }) =>
    allocate(schedule(instructions, assignments), fixed, end, listBytes, scratchBytes),
  );
  const calls = allocations.map((each, k) => divide(each, threadsOf[k] as number, scratchOf));
  return {
    calls: new Map(Object.keys(programs).map((name, k) => [name, calls[k] as Call[][]])),
    threads,
    fixed,
    bytes: Math.max(end, ...allocations.map((each) => each.end)),
    scratch: scratchOf(0),
    scratchBytes,
  };
}

interface Selected extends Selection {
  readonly assignments: readonly Move[];
  readonly flops: number;
}

/** The instructions of a program, and what is assigned of their results. */
function selectFor(program: Program, skipsZeros: boolean, valueFor: Request): Selected {
  const values = program.map(({ value }) => value);
  const variables = program.map(({ variable }) => variable);
  const selection = select(simplified(values), skipsZeros, valueFor, variables);
  const computedWith = new Set(selection.leaves.map(({ node }) => node));
  return {
    ...selection,
    // A variable that is not computed with, after all, has a value that can be read and written.
    leaves: [
      ...selection.leaves,
      ...topologicalOrder(values)
        .filter((node) => node.kind === "variable" && !computedWith.has(node))
        .map((node) => valueFor(node)),
    ],
    assignments: program.map(({ variable }, k) => ({
      variable: valueFor(variable),
      value: selection.outputs[k] as Value,
    })),
    flops: selection.instructions.reduce((sum, { flops }) => sum + flops, 0),
  };
}

/** The places of variables and constants, one behind the other, and the first byte behind them. */
function placeFixed(programs: readonly Selected[], start: number, listBytes: ListBytes) {
  const values = programs.flatMap(({ leaves, assignments }) => [
    ...leaves,
    ...assignments.map(({ variable }) => variable),
  ]);
  const fixed = new Map<Value, Place>();
  let end = start;
  for (const value of new Set(values)) {
    const extent = extentOf(value, listBytes);
    fixed.set(value, placeAt(end, extent));
    end += bytesOf(extent);
  }
  return { fixed, end };
}

/** The passes over the graph: none changes what it computes, beyond rounding. */
export function simplified(outputs: readonly Node[]): Node[] {
  const passes = [
    expandCompositions,
    share,
    hoistBroadcasts,
    moveFactorsOut,
    hoistBroadcasts,
    foldConstants,
    share,
  ];
  return passes.reduce((ys, pass) => pass(ys), [...outputs]).map(asApplication);
}

/**
 * A variable or constant becomes a broadcast of itself, which an instruction computes: so what is assigned
 * unchanged is copied before its own variable gets its new value.
 */
function asApplication(y: Node): Node {
  return y.kind === "application" ? y : apply("broadcast", primitives.broadcast, [y], y.shape);
}

function oneValuePerForm(): Request {
  const known = new Map<Node, Map<Form, Value>>();
  return (node, form = "matrix") => {
    const forms = known.get(node) ?? new Map<Form, Value>();
    const value = forms.get(form) ?? { node, form };
    known.set(node, forms.set(form, value));
    return value;
  };
}
