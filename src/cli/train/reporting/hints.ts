/** What to try where an epoch shows that the network does not learn. */

import type { EpochReport, Trainer } from "../../../training/index.js";
import { optimiserTraits } from "../../../training/settings/choices.js";

/** With fewer test images of a class, what is seen of it may be chance. */
const ENOUGH = 20;

/** In parts of the accuracy that guessing has. */
const NEAR_CHANCE = 1.8;

const MOSTLY = 0.9;

/** Hints on a run: at most one after an epoch, and each only once. */
export class Hints {
  readonly #trainer: Trainer;
  readonly #names: readonly string[] | undefined;
  readonly #given = new Set<Sign>();

  /** @param names what the classes are called, if they are no digits */
  constructor(trainer: Trainer, names?: readonly string[]) {
    this.#trainer = trainer;
    this.#names = names;
  }

  /** A line on what is wrong after an epoch that was tested, and a flag to try; usually undefined. */
  after(report: EpochReport): string | undefined {
    const sign = this.#signAfter(report);
    if (sign === undefined || this.#given.has(sign)) return undefined;
    this.#given.add(sign);
    return this.#texts[sign](report);
  }

  #signAfter({ testAccuracy }: EpochReport): Sign | undefined {
    const classes = this.#trainer.layers.at(-1) as number;
    if (testAccuracy === undefined || this.#trainer.testSize < ENOUGH * classes) return undefined;
    if (testAccuracy * classes < NEAR_CHANCE) {
      return this.#trainer.flatPart() > MOSTLY ? "flat" : "chance";
    }
    return this.#trainer.neverPredicted(ENOUGH).length > 0 ? "missing" : undefined;
  }

  readonly #texts: Readonly<Record<Sign, (report: EpochReport) => string>> = {
    flat: ({ epoch }) =>
      `after epoch ${epoch} the network does little more than guess, and ${Math.round(100 * this.#trainer.flatPart())}% of its hidden activations are flat, where they hardly learn: try ${this.#gentler()}`,
    chance: ({ epoch }) =>
      `after epoch ${epoch} the network does little more than guess: try --learning-rate ${this.#otherRate()}`,
    missing: ({ epoch }) =>
      `after epoch ${epoch} no test image is taken for ${this.#missing().join(" or ")}; if that stays so, try ${this.#gentler()}`,
  };

  #missing(): string[] {
    const missing = this.#trainer.neverPredicted(ENOUGH);
    return missing.map((k) => this.#names?.[k] ?? `${k === 8 ? "an" : "a"} ${k}`);
  }

  /** The flag that most likely brings units back from where they are flat. */
  #gentler(): string {
    const { init, cost, learningRate } = this.#trainer.settings;
    if (init === "large") return "--init default";
    if (cost === "quadratic") return "--cost cross-entropy --learning-rate 0.5";
    return `--learning-rate ${Math.min(rounded(learningRate / 5), this.#usualRate)}`;
  }

  #otherRate(): number {
    const { learningRate } = this.#trainer.settings;
    return learningRate === this.#usualRate ? rounded(this.#usualRate / 10) : this.#usualRate;
  }

  get #usualRate(): number {
    return optimiserTraits[this.#trainer.settings.optimizer].usualLearningRate;
  }
}

/** What may be wrong: units that are flat, an accuracy near chance, a class that is never seen. */
type Sign = "flat" | "chance" | "missing";

function rounded(learningRate: number): number {
  return Number(learningRate.toPrecision(1));
}
