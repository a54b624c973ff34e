/** The whole exercise: the program, its reverse sweep, the derivations, and their proof in numbers. */
import { type Algebra, algebra } from "./algebra.js";
import { type Derivation, deriveBackpropagation } from "./backpropagation.js";
import { type Exercise, type Network, networkOf } from "./network.js";
import { type OnProgress, type Proof, prove } from "./proof.js";

export interface Report {
  readonly network: Network;
  readonly derivations: readonly Derivation[];
  readonly proof: Proof;
  /** Whether every derivation reaches its equation, and all numbers agree. */
  readonly holds: boolean;
}

export interface ReportOptions {
  /** Decides which elements of large matrices are compared with finite differences. */
  readonly seed?: number;
  /** The rules of algebra that derivations may use. */
  readonly rules?: Algebra;
  readonly onProgress?: OnProgress;
}

/** Derives backpropagation for a network and a sample, and checks all of it on the values. */
export function reportOn(
  exercise: Exercise,
  { seed = 1, rules = algebra, onProgress }: ReportOptions = {},
): Report {
  const network = networkOf(exercise);
  const derivations = deriveBackpropagation(network, rules);
  const proof = prove(network, derivations, seed, onProgress);
  const holds = [...derivations.map(({ chain }) => chain), ...proof.comparisons].every(
    (each) => each.holds,
  );
  return { network, derivations, proof, holds };
}
