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
   * Goes through the samples: calls `run` with the name of a program, how many times to run it, and the
   * size of its batch. If `run` returns false, the pass ends, and what this call was for does not count as
   * done; it also ends when the signal comes. Resolves to the number of samples done in all. Progress is
   * counted in samples.
   *
   * @param from how many samples were done before: a number that a pass has resolved to
   */
  async run(
    run: (program: string, times: number, size: number) => unknown,
    watch: Watch,
    from = 0,
  ): Promise<number> {
    let done = from;
    let start = 0;
    for (const { program, size, times } of this.#parts) {
      const end = start + times * size;
      const left = Math.max(0, Math.min(times, (end - done) / size));
      const before = done;
      const onProgress = (batches: number) => watch.onProgress?.(before + batches * size);
      const batches = await inSlices(left, (count) => run(program, count, size), {
        ...watch,
        onProgress,
      });
      done += batches * size;
      if (done < end) break;
      start = end;
    }
    return done;
  }
}
