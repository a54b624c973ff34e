/**
 * Programs and what runs them. Training and evaluation are programs over the graph; they neither
 * know nor care whether the interpreter runs them or a compiled engine.
 */
import type { Elements } from "./matrix.js";
import type { Node, ShapeError, Variable } from "./node.js";

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

/** What a variable holds first, or a function that gives it, called once there is room for it. */
export type FirstValue = Elements | (() => Elements);

/** Runs programs. All executors compute the same, each in its precision, and refuse the same. */
export interface Executor {
  readonly name: string;
  /**
   * Prepares programs that share their variables, and gives every variable its first value, of which
   * it keeps a copy. Variables left out of `initial` start as zeros; values of variables that no
   * program uses are left out.
   *
   * Throws a {@link ShapeError} if a program assigns a variable a value of another shape, a RangeError
   * if it assigns one twice or if a first value has not as many elements as its variable, and a
   * TypeError if it assigns one that is stored as bytes, or if something is of another type.
   */
  load<Name extends string>(
    programs: Readonly<Record<Name, Program>>,
    initial: ReadonlyMap<Variable, FirstValue>,
  ): Session<Name>;
}

/**
 * Loaded programs and the present values of their variables. A method throws a RangeError that names the program
 * or variable if it is not loaded, a TypeError for what is not a variable, and an Error once the session is disposed of.
 */
export interface Session<Name extends string = string> {
  /** How many threads run the programs. */
  readonly threads: number;
  /** How many bits an instruction computes at once, if the executor knows. */
  readonly simd?: number;
  /**
   * Resolves when programs can be run, where that is not so from the first: threads of a browser start
   * only while the one that starts them waits for this. Rejects if they cannot be.
   */
  readonly ready?: Promise<void>;
  /**
   * Runs a program, as many times as said (once unless given; 0 is allowed). Throws a RangeError if
   * `times` is not a whole number from 0 to 2³¹ − 1, or if the program picks a column that does not exist; the
   * variables of a compiled engine may then hold a part of the step.
   */
  run(program: Name, times?: number): void;
  /** A copy of a variable's elements, column by column, in the executor's precision. */
  read(variable: Variable): Float64Array | Float32Array;
  /**
   * Sets a variable's elements, given column by column. Throws a RangeError if they are not as many as
   * the variable has, or if one that is stored as bytes is given anything but whole numbers up to 255, and a
   * TypeError if they are not numbers.
   */
  write(variable: Variable, elements: ArrayLike<number>): void;
  /** Releases what the session holds; it cannot be used afterwards. May be called again. */
  dispose(): void;
}
