/** What a network takes images for that follow each other in one of the files. */
import { type Program, type Session, type Variable, variable } from "../autodiff/index.js";
import { predictions } from "./metrics.js";
import { Pass } from "./pass.js";
import { evaluationStep, type Model } from "./programs.js";
import type { Watch } from "./slices.js";

const BATCH_SIZE = 500;

export interface Evaluated {
  /** The variable with all images of the file. */
  readonly images: Variable;
  /** The index of the first image to evaluate. */
  readonly first: number;
  /** The labels of those to evaluate. */
  readonly labels: Uint8Array;
}

export class Evaluation {
  /** What a session must have loaded. */
  readonly programs: Readonly<Record<string, Program>>;
  readonly #pass: Pass;
  readonly #model: Model;
  readonly #evaluated: Evaluated;
  /** The index of the next image. */
  readonly #position = variable([1, 1], { name: "position" });
  /** Where the program for each batch size leaves its outputs. */
  readonly #scores = new Map<number, Variable>();

  get labels(): Uint8Array {
    return this.#evaluated.labels;
  }

  constructor(name: string, model: Model, evaluated: Evaluated) {
    this.#model = model;
    this.#evaluated = evaluated;
    this.#pass = new Pass(name, evaluated.labels.length, BATCH_SIZE, (size) => {
      const scores = variable([model.classes, size], { name: "scores" });
      this.#scores.set(size, scores);
      return evaluationStep(model, evaluated.images, this.#position, scores);
    });
    this.programs = this.#pass.programs;
  }

  /** The class of each image by the parameters that the session has now. */
  async predictions(session: Session, watch: Watch): Promise<Uint8Array> {
    const { first, labels } = this.#evaluated;
    const predicted = new Uint8Array(labels.length);
    let done = 0;
    session.write(this.#position, [first]);
    await this.#pass.run((program, times, size) => {
      for (let time = 0; time < times; time++, done += size) {
        session.run(program);
        const scores = session.read(this.#scores.get(size) as Variable);
        predicted.set(predictions(scores, this.#model.classes), done);
      }
    }, watch);
    return predicted;
  }
}
