/** What a viewer knows after the events so far. */
import { describe, expect, test } from "vitest";
import type { RunEvent, Started } from "../../src/live/index.js";
import { NOTHING, type RunView, reduce } from "../../src/live/index.js";
import type { EpochReport } from "../../src/training/index.js";

const started = { event: "started", trainSize: 100 } as Started;
const progressed = (epoch: number, images: number, loss: number): RunEvent => {
  return { event: "progressed", epoch, images, loss, imagesPerSecond: 1 };
};
const epochEnded = (epoch: number, loss: number): RunEvent => {
  return { event: "epoch", report: { epoch, loss } as EpochReport };
};
const viewAfter = (...events: readonly RunEvent[]): RunView => events.reduce(reduce, NOTHING);

describe("a viewer of a run", () => {
  test("knows the mean cost between two reports of progress, and to the end of the epoch", () => {
    const view = viewAfter(started, progressed(1, 20, 3), progressed(1, 60, 2), epochEnded(1, 1.6));
    expect(view.losses.map(({ epochs }) => epochs)).toEqual([0.2, 0.6, 1]);
    // (2·60 − 3·20) / 40 and (1.6·100 − 2·60) / 40
    expect(view.losses.map(({ loss }) => loss)).toEqual([3, 1.5, 1]);
    expect(view.epochs).toHaveLength(1);
    expect(view.progress).toBeUndefined();
  });

  test("draws nothing of so few images that their mean is chance", () => {
    const view = viewAfter(started, progressed(1, 60, 2), epochEnded(1, 1.6), progressed(2, 2, 9));
    expect(view.losses.map(({ epochs }) => epochs)).toEqual([0.6, 1]);
    expect(view.progress?.images).toBe(2);
    // They are counted with those that come, and with those before where the epoch has no more.
    const { losses } = [progressed(2, 97, 2), epochEnded(2, 1.97)].reduce(reduce, view);
    expect(losses.map(({ epochs }) => epochs)).toEqual([0.6, 1, 2]);
    expect(losses.at(-1)?.loss).toBeCloseTo(1.97, 12);
    expect(losses.reduce((sum, { images }) => sum + images, 0)).toBe(200);
  });

  test("keeps a bounded number of points, whose mean weighted by images stays the same", () => {
    const epochs = Array.from({ length: 1000 }, (_, k) => epochEnded(k + 1, k % 7));
    const { losses } = viewAfter(started, ...epochs);
    expect(losses.length).toBeLessThanOrEqual(400);
    const images = losses.reduce((sum, point) => sum + point.images, 0);
    expect(images).toBe(100_000);
    const total = losses.reduce((sum, { loss, images }) => sum + loss * images, 0);
    const expected = epochs.reduce((sum, _, k) => sum + (k % 7) * 100, 0);
    expect(total).toBeCloseTo(expected, 4);
    expect(losses.at(-1)?.epochs).toBe(1000);
  });

  test("has a hint as long as no epoch that was tested is without", () => {
    const tested = (epoch: number, testAccuracy?: number) => ({ epoch, loss: 1, testAccuracy });
    const hint = ["try ", { setting: "learningRate", value: 0.5 }] as const;
    const wrong = viewAfter(started, {
      ...{ event: "epoch", report: tested(1, 0.1) as EpochReport, hint },
    });
    expect(wrong.hint).toEqual(hint);
    const untested = reduce(wrong, { event: "epoch", report: tested(2) as EpochReport });
    expect(untested.hint).toEqual(hint);
    const mended = reduce(untested, { event: "epoch", report: tested(3, 0.9) as EpochReport });
    expect(mended.hint).toBeUndefined();
  });

  test("who comes later knows all that the others know", () => {
    const told: RunEvent[] = [started, epochEnded(1, 2), progressed(2, 10, 1)];
    const view = viewAfter(...told);
    const text = JSON.stringify({ event: "joined", view });
    expect(reduce(NOTHING, JSON.parse(text))).toEqual(view);
  });

  test("forgets a pause when the run goes on, and everything when another begins", () => {
    const paused = viewAfter(started, epochEnded(1, 2), { event: "ended", reason: "paused" });
    expect(paused.ended?.reason).toBe("paused");
    expect(reduce(paused, progressed(2, 10, 1)).ended).toBeUndefined();
    expect(reduce(paused, started)).toEqual({ ...NOTHING, started });
  });
});
