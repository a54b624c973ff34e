/** Evaluates a network on consecutive images, by programs for a session that holds them. */
import { type Program, type Session, variable } from "../../autodiff/index.js";
import { Pass } from "../pass.js";
import {
  classificationStep,
  type ProgramNetwork,
  type ResultVariables,
  type Unclassified,
} from "../programs.js";
import type { Watch } from "../slices.js";
import { predictions } from "./metrics.js";

const BATCH_SIZE = 500;

/** Consecutive images. */
export interface ImageRange {
  /** The variables with all images, and with their labels if they are known. */
  readonly samples: Unclassified;
  /** The index of the first image to evaluate. */
  readonly first: number;
  readonly count: number;
}

/** What a network takes images for. */
export interface Classification {
  /**
   * The class of each image, or of those before the signal: that of the largest z^L, which is also that of
   * the largest a^L.
   */
  readonly predicted: Uint8Array;
  /** The mean cost of the images, without the regularisation term; undefined without labels, or images. */
  readonly loss: number | undefined;
  /** a^L, classes×count, one image per column; of those in `predicted`. */
  readonly outputs: Float64Array;
}

export class Evaluation {
  /** What a session must have loaded. */
  readonly programs: Readonly<Record<string, Program>>;
  readonly #pass: Pass;
  readonly #classes: number;
  readonly #range: ImageRange;
  /** The index of the next image. */
  readonly #position = variable([1, 1], { name: "position" });
  readonly #totalCost = variable([1, 1], { name: "totalCost" });
  /** Where the program for each batch size leaves its results. */
  readonly #results = new Map<number, ResultVariables>();

  constructor(name: string, network: ProgramNetwork, range: ImageRange) {
    this.#classes = network.theta.at(-1)!.b.shape[0];
    this.#range = range;
    this.#pass = new Pass(name, range.count, BATCH_SIZE, (size) => {
      const results = {
        scores: variable([this.#classes, size], { name: "scores" }),
        outputs: variable([this.#classes, size], { name: "outputs" }),
        totalCost: this.#totalCost,
      };
      this.#results.set(size, results);
      return classificationStep(network, range.samples, this.#position, results);
    });
    this.programs = this.#pass.programs;
  }

  /**
   * Runs the network on all images, by the parameters that the session has now; on those before the
   * signal, if it comes.
   */
  async run(session: Session, watch: Watch): Promise<Classification> {
    const { samples, first, count } = this.#range;
    const predicted = new Uint8Array(count);
    const outputs = new Float64Array(this.#classes * count);
    let done = 0;
    await session.ready;
    const run = (program: string, times: number, size: number) => {
      const results = this.#results.get(size) as ResultVariables;
      for (let time = 0; time < times; time++, done += size) {
        session.run(program);
        predicted.set(predictions(session.read(results.scores), this.#classes), done);
        outputs.set(session.read(results.outputs), this.#classes * done);
      }
    };
    session.write(this.#position, [first]);
    if (samples.labels !== undefined) session.write(this.#totalCost, [0]);
    await this.#pass.run(run, watch);
    const hasLoss = samples.labels !== undefined && done > 0;
    const loss = hasLoss ? session.read(this.#totalCost)[0]! / done : undefined;
    return {
      predicted: predicted.subarray(0, done),
      loss,
      outputs: outputs.subarray(0, this.#classes * done),
    };
  }
}
