/** What a network in training makes of images that follow each other in one of the files. */
import { type Program, type Session, variable } from "../../autodiff/index.js";
import { Pass } from "../pass.js";
import { classificationStep, type Model, type Results, type Samples } from "../programs.js";
import type { Watch } from "../slices.js";
import type { Measurement } from "./measuring.js";
import { accuracy, predictions } from "./metrics.js";

const BATCH_SIZE = 500;

export interface Evaluated {
  /** The variables with all images and labels of the file. */
  readonly samples: Samples;
  /** The index of the first image to evaluate. */
  readonly first: number;
  /** The labels of those to evaluate. */
  readonly labels: Uint8Array;
}

export class Evaluation {
  /** What a session must have loaded. */
  readonly programs: Readonly<Record<string, Program>>;
  /** What the last evaluation took the images for. */
  predicted: Uint8Array = new Uint8Array();
  readonly #pass: Pass;
  readonly #classes: number;
  readonly #evaluated: Evaluated;
  /** The index of the next image. */
  readonly #position = variable([1, 1], { name: "position" });
  readonly #totalCost = variable([1, 1], { name: "totalCost" });
  /** Where the program for each batch size leaves its results. */
  readonly #results = new Map<number, Results>();

  get labels(): Uint8Array {
    return this.#evaluated.labels;
  }

  constructor(name: string, model: Model, evaluated: Evaluated) {
    const { classes } = model;
    this.#classes = classes;
    this.#evaluated = evaluated;
    this.#pass = new Pass(name, evaluated.labels.length, BATCH_SIZE, (size) => {
      const results = {
        scores: variable([classes, size], { name: "scores" }),
        outputs: variable([classes, size], { name: "outputs" }),
        totalCost: this.#totalCost,
      };
      this.#results.set(size, results);
      return classificationStep(model, evaluated.samples, this.#position, results);
    });
    this.programs = this.#pass.programs;
  }

  /** Classifies the images by the parameters that the session has now. */
  async run(session: Session, watch: Watch): Promise<Measurement> {
    const { first, labels } = this.#evaluated;
    const predicted = new Uint8Array(labels.length);
    let done = 0;
    session.write(this.#position, [first]);
    session.write(this.#totalCost, [0]);
    await this.#pass.run((program, times, size) => {
      for (let time = 0; time < times; time++, done += size) {
        session.run(program);
        const { scores } = this.#results.get(size) as Results;
        predicted.set(predictions(session.read(scores), this.#classes), done);
      }
    }, watch);
    this.predicted = predicted;
    const loss = session.read(this.#totalCost)[0]! / done;
    return { accuracy: accuracy(predicted, labels), loss };
  }
}
