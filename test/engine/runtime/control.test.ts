/** Threads that wait for each other. */
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { Control } from "../../../src/engine/runtime/control.js";

interface Outcome {
  /** How often another thread had not yet come when this one went on. */
  readonly early: number;
  readonly last: number;
  readonly failure: string | undefined;
}

/** Threads that pass so many barriers; the first of them may be made to fail instead. */
function pass(threads: number, barriers: number, failsAt?: number): Promise<Outcome[]> {
  const { shared } = new Control(threads);
  const counts = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (threads + 1));
  const module = new URL("../../../dist/src/engine/runtime/control.js", import.meta.url).href;
  const outcomes = Array.from({ length: threads }, (_, index) => {
    const own = index === 0 ? failsAt : undefined;
    const workerData = { module, shared, threads, index, counts, barriers, failsAt: own };
    const worker = new Worker(new URL("./thread.mjs", import.meta.url), { workerData });
    return new Promise<Outcome>((resolve, reject) => {
      worker.once("message", resolve).once("error", reject);
    });
  });
  return Promise.all(outcomes);
}

describe("threads at a barrier", () => {
  test.each([2, 3])("never go on before all of %i have come", async (threads) => {
    const outcomes = await pass(threads, 300);
    expect(outcomes).toEqual(
      Array.from({ length: threads }, () => ({ early: 0, last: 300, failure: undefined })),
    );
  });

  test("do not wait forever for one that failed", { timeout: 20_000 }, async () => {
    const [failed, ...others] = await pass(3, 100, 4);
    expect(failed?.failure).toBe("made to fail");
    expect(others.map(({ failure }) => failure)).toEqual(
      others.map(() => expect.stringContaining("a thread of the engine has died")),
    );
  });
});

test("one thread alone does not wait", () => {
  const control = new Control(1);
  for (let time = 0; time < 100; time++) control.barrier();
});

test("a round is read by the others as it was started", () => {
  const first = new Control(2);
  const other = new Control(2, first.shared);
  first.startRound({ program: 3, times: 700 });
  expect(other.nextRound(0)).toEqual({ program: 3, times: 700 });
  first.startRound({ program: 1, times: 2 });
  expect(other.nextRound(1)).toEqual({ program: 1, times: 2 });
});
