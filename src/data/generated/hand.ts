/** What distinguishes one writer and one moment of writing from another. */
import { normal, type RandomGenerator, uniform } from "../../random.js";

/** Lengths are in percent of the height of the digit. */
export interface Hand {
  /** Shift to the right per unit upwards. */
  readonly slant: number;
  /** Tangent of half the angle by which the digit is turned. */
  readonly turn: number;
  /** Width of the digit relative to its skeleton; a broad pen needs a wide digit to keep it open. */
  readonly width: number;
  /** Diameter of the line. */
  readonly pen: number;
  /** Shape of the pen's tip: 0 a disc, 1 a square. */
  readonly squareness: number;
  /** Change of the line's width from the start of a stroke (−) to its end (+), relative. */
  readonly pressure: number;
  /** Unevenness of the line's width, relative. */
  readonly unevenness: number;
  /** Standard deviation of where the pen passes, around where the skeleton has it. */
  readonly looseness: number;
  /** How far each point of a stroke is drawn towards its neighbours, 0 to 1: haste flattens turns. */
  readonly haste: number;
  /** Probability that a corner is written as a curve. */
  readonly roundness: number;
  /** How the plane is bent, sideways and up and down: coefficients of the terms in variation.ts. */
  readonly bendX: readonly number[];
  readonly bendY: readonly number[];
}

/** Standard deviations of the coefficients of a bend of strength 1: degree 2, then degree 3. */
const BEND_SCALES = [7.5, 7.5, 7.5, 5, 5, 5, 5];

/**
 * A hand as one may meet it.
 *
 * @param wildness how far it strays from the skeletons: 0 keeps to them, 1 is as far as people do
 */
export function drawHand(random: RandomGenerator, wildness: number): Hand {
  const haste = uniform(random);
  const bend = 1.7 * wildness * uniform(random);
  const pen = 13 * factor(0.45 * boundedNormal(random));
  const width = factor(0.28 * boundedNormal(random));
  return {
    slant: 0.2 + 0.33 * boundedNormal(random),
    turn: 0.06 * boundedNormal(random),
    width: Math.max(width, pen / 17),
    pen,
    squareness: 0.6 * uniform(random),
    pressure: 0.15 * boundedNormal(random),
    unevenness: 0.25 * uniform(random),
    looseness: 5.6 * wildness * factor(0.35 * boundedNormal(random)),
    haste: 0.5 * haste * haste,
    roundness: 0.4 * uniform(random),
    bendX: drawBend(bend, random),
    bendY: drawBend(bend, random),
  };
}

/** N(0, 1) held within two standard deviations: beyond them a digit falls apart. */
export function boundedNormal(random: RandomGenerator): number {
  return Math.min(2, Math.max(-2, normal(random)));
}

function drawBend(strength: number, random: RandomGenerator): number[] {
  return BEND_SCALES.map((scale) => strength * scale * boundedNormal(random));
}

/** A positive factor with even odds of more and less: 1 + x for x ≥ 0, and its reciprocal for −x. */
function factor(x: number): number {
  return x >= 0 ? 1 + x : 1 / (1 - x);
}
