/** Instructions: kernel calls whose operands have no addresses yet, and the calls made of them. */
import type { Application, Node } from "../autodiff/index.js";
import type { Arguments, KernelCall, KernelName } from "./signatures.js";
import type { Form, Place, Value } from "./values.js";

/** Which part of an operand a thread reads to compute its part of the result's columns. */
export type Part =
  /** The same columns of the operand. */
  | "same"
  /** Possibly all of it. */
  | "all";

export interface Read {
  readonly value: Value;
  readonly part: Part;
}

/** A range of the result's columns (or rows), and the scratch memory of the thread that has it. */
export interface Share {
  readonly from: number;
  readonly to: number;
  readonly scratch: number;
}

export type PlaceOf = (value: Value) => Place;

interface Common {
  readonly result: Value;
  readonly reads: readonly Read[];
  /** Operands that the result may overwrite: read element by element, at the element's own place. */
  readonly overwritable: readonly Value[];
  /** The operand that the result is accumulated into, and whose place it therefore takes. */
  readonly base?: Value;
  /**
   * How the work may be divided among threads. Never the sum of one element, so that no result
   * depends on the number of threads.
   */
  readonly split: "columns" | "rows" | "whole";
  /** Multiplications and additions, counted as if no zeros were skipped. */
  readonly flops: number;
}

/** An instruction that calls this kernel. */
export interface InstructionOf<K extends KernelName> extends Common {
  readonly kernel: K;
  /** The kernel's arguments for a share of the result. */
  args(placeOf: PlaceOf, share: Share): Arguments<K>;
}

/** An instruction, whichever kernel it calls. */
export type Instruction = { [K in KernelName]: InstructionOf<K> }[KernelName];

/** A kernel call that a thread makes. */
export type SingleCall = KernelCall & {
  /** Of the whole instruction, whichever share of it this call computes. */
  readonly flops: number;
};

/**
 * The same calls for one block of columns after the other: those for the first block and for the second. From one
 * block to the next, every argument grows by as much as from the first to the second.
 */
export interface Loop<Call = SingleCall> {
  readonly times: number;
  readonly calls: readonly (readonly [first: Call, second: Call])[];
}

export function isLoop<T extends object>(call: T | Loop<T>): call is Loop<T> {
  return "times" in call;
}

/** What a thread does next; if `null`, it waits for all other threads. */
export type Call = SingleCall | Loop | null;

/** Asks for the value of a node, in a form. What is asked for is computed. */
export type Request = (node: Node, form?: Form) => Value;

/** The instruction that computes a node. */
export type Lowering = (node: Application, value: Request) => Instruction;

/** Whether the instruction reads a value, if at all, only where it may write the same element. */
export function mayOverwrite({ reads, overwritable, base }: Instruction, value: Value): boolean {
  const all = reads.filter((read) => read.value === value).length;
  const allowed = overwritable.filter((each) => each === value).length;
  return all === allowed + (base === value ? 1 : 0);
}
