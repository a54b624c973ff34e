/** Long computations in short slices, so that the terminal and Ctrl-C stay responsive. */
import { nextTurn } from "#platform";

const SLICE_MILLISECONDS = 25;

/** How a long computation is watched, and stopped. */
export interface Watch {
  /**
   * Called after each slice, about every 25 milliseconds, with how many images of the epoch, or of the set, are
   * done; what it promises is awaited.
   */
  readonly onProgress?: ((done: number) => unknown) | undefined;
  /** Stops the computation between two slices. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Repeats `run` as many times as said, some at once, and lets other events happen in between, until
 * the signal comes or a slice returns false. Resolves to the number of repetitions done, without
 * those of such a slice. Progress is counted in repetitions here.
 */
export async function inSlices(
  times: number,
  run: (count: number) => unknown,
  { onProgress, signal }: Watch,
): Promise<number> {
  let done = 0;
  let count = 1;
  while (done < times && !signal?.aborted) {
    count = Math.min(count, times - done);
    const start = performance.now();
    if (run(count) === false) break;
    const milliseconds = performance.now() - start;
    done += count;
    await onProgress?.(done);
    const fitting = Math.floor((count * SLICE_MILLISECONDS) / milliseconds);
    count = Math.max(1, Math.min(2 * count, fitting));
    await nextTurn();
  }
  return done;
}
