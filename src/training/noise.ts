/**
 * The random bytes that dropout compares with its probability: a column of them for every sample of
 * an epoch, for the inputs and for each hidden layer. As all columns of an epoch would take more memory
 * than the images, only those of a window of some steps are drawn at a time.
 */
import {
  columns,
  divide,
  floor,
  multiply,
  type Node,
  type Session,
  subtract,
  type Variable,
  variable,
} from "../autodiff/index.js";
import { size } from "../autodiff/matrix.js";
import { generator } from "../random.js";

/** Samples in a window, but for its being whole batches. */
const WINDOW = 4096;

export class Noise {
  readonly #variables: readonly (Variable | undefined)[];
  readonly #window: number;
  readonly #seed: number;
  /** The epoch and window that the variables hold. */
  #drawn = "";

  /** @param rows of the noise for the inputs and for each hidden layer in turn; 0 for none */
  constructor(rows: readonly number[], batchSize: number, seed: number) {
    this.#window = batchSize * Math.max(1, Math.floor(WINDOW / batchSize));
    this.#seed = seed;
    this.#variables = rows.map((count, l) => {
      const shape = [count, this.#window] as const;
      return count === 0 ? undefined : variable(shape, { name: `noise ${l}`, storage: "byte" });
    });
  }

  /** The columns of layer l (0 for the inputs) for samples given by where they stand in the epoch. */
  of(l: number, positions: Node): Node | undefined {
    const variable = this.#variables[l];
    const before = multiply(this.#window, floor(divide(positions, this.#window)));
    return variable && columns(variable, subtract(positions, before));
  }

  /**
   * Makes sure that a session has the noise for the sample at this position of an epoch: random
   * numbers that the seed, the epoch and the window decide. Returns how many samples it is enough for.
   */
  draw(session: Session, epoch: number, position: number): number {
    const variables = this.#variables.filter((each) => each !== undefined);
    if (variables.length === 0) return Number.POSITIVE_INFINITY;
    const window = Math.floor(position / this.#window);
    const purpose = `dropout ${epoch} ${window}`;
    if (this.#drawn !== purpose) {
      const random = generator(this.#seed, purpose);
      for (const variable of variables) {
        const words = new Int32Array(Math.ceil(size(variable.shape) / 4));
        for (let i = 0; i < words.length; i++) words[i] = random.next();
        session.write(variable, new Uint8Array(words.buffer, 0, size(variable.shape)));
      }
      this.#drawn = purpose;
    }
    return (window + 1) * this.#window - position;
  }
}
