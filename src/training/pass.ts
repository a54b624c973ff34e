/** One pass over a number of samples, in batches of one size and a last smaller one. */
import type { Program } from "../autodiff/index.js";
import { inSlices, type Watch } from "./slices.js";

interface Part {
  readonly program: string;
  /** Samples in a batch. */
  readonly size: number;
  readonly times: number;
}

export class Pass {
  /** The programs that a session must have loaded for this pass, by name. */
  readonly programs: Readonly<Record<string, Program>>;
  readonly #parts: readonly Part[];

  /** @param program makes the program for a batch of the size it is given */
  constructor(
    name: string,
    samples: number,
    batchSize: number,
    program: (size: number) => Program,
  ) {
    const rest = samples % batchSize;
    this.#parts = [
      { program: `${name} ${batchSize}`, size: batchSize, times: Math.floor(samples / batchSize) },
      { program: `${name} ${rest}`, size: rest, times: 1 },
    ].filter(({ size, times }) => size > 0 && times > 0);
    this.programs = Object.fromEntries(
      this.#parts.map((part) => [part.program, program(part.size)]),
    );
  }

  /**
   * Goes through all samples, `run` being told which program to run, how often, and
   * on how many samples at once. Resolves to the
   * number of samples done, which is smaller if the signal came. Progress is counted in samples.
   */
  async run(
    run: (program: string, times: number, size: number) => void,
    watch: Watch,
  ): Promise<number> {
    let done = 0;
    for (const { program, size, times } of this.#parts) {
      const onProgress = (batches: number) => watch.onProgress?.(done + batches * size);
      const batches = await inSlices(times, (count) => run(program, count, size), {
        ...watch,
        onProgress,
      });
      done += batches * size;
    }
    return done;
  }
}
