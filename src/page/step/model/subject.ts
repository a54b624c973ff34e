/** A function to step through: its sweep, its inputs, and what the book says of it. */
import type { Matrix, Variable } from "../../../autodiff/index.js";
import type { Derivation } from "../../../derivation/index.js";
import type { Sweep } from "./sweep.js";

export type Kind = "sigmoid" | "network" | "formula" | "unit";

export interface Subject {
  readonly kind: Kind;
  readonly sweep: Sweep;
  readonly inputs: readonly Input[];
  /** What the book's equations are in this sweep, in its order. */
  readonly derivations: readonly Derivation[];
  /** Of a real network: which units there are to choose from. */
  readonly units?: Units;
}

export interface Input {
  readonly symbol: Variable;
  /** How links name it. */
  readonly key: string;
  readonly initial: Matrix;
  /** Where its slider begins and ends. */
  readonly range: readonly [low: number, high: number];
  /** Whether it is one of many that are only shown when asked for. */
  readonly detail: boolean;
}

export interface Units {
  /** What the choice of a unit is called, and what each is. */
  readonly title: string;
  readonly names: readonly string[];
  readonly chosen: number;
  /** What w and a are, in a sentence. */
  readonly about: string;
}
