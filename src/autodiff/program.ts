/**
 * Programs and what runs them. Training and evaluation are programs over the graph; they neither
 * know nor care whether the interpreter runs them or a compiled engine.
 */
import type { Elements } from "./matrix.js";
import type { Node, Variable } from "./node.js";

/** variable ← value */
export interface Assignment {
  readonly variable: Variable;
  readonly value: Node;
}

/**
 * v₁ ← e₁, v₂ ← e₂, … all at once: every right side is computed from the values before the step.
 * A variable that is assigned nowhere is an input.
 */
export type Program = readonly Assignment[];

/** Runs programs. */
export interface Executor {
  readonly name: string;
  /**
   * Prepares programs that share their variables, and gives every variable its first value.
   * Variables left out of `initial` start as zeros.
   */
  load<Name extends string>(
    programs: Readonly<Record<Name, Program>>,
    initial: ReadonlyMap<Variable, Elements>,
  ): Session<Name>;
}

/** Loaded programs and the present values of their variables. */
export interface Session<Name extends string = string> {
  /** Runs a program, as many times as said (once unless given). */
  run(program: Name, times?: number): void;
  /** A copy of a variable's elements, column by column, in the executor's precision. */
  read(variable: Variable): Float64Array | Float32Array;
  /** Sets a variable's elements, given column by column. */
  write(variable: Variable, elements: ArrayLike<number>): void;
  /** Releases what the session holds; it cannot be used afterwards. */
  dispose(): void;
}
