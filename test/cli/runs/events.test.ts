import { describe, expect, test } from "vitest";
import { runsInEvents } from "../../../src/cli/runs/events.js";
import { endEvent, epochEvent, linesOfEvents, startEvent } from "../../support/events.js";

const runsIn = (...events: object[]) => runsInEvents(linesOfEvents(events), "run.jsonl");

describe("the runs in a file of events", () => {
  test("have the settings, the epochs and the end that were printed", () => {
    const machine = { version: "1.0.0", threads: 2, simd: 128, date: "2026-01-01T00:00:00Z" };
    const start = { ...startEvent, ...machine, name: "mine", datasetSha256: "12" };
    const [run, ...more] = runsIn(start, epochEvent(1), epochEvent(2), endEvent);
    expect(more).toEqual([]);
    expect(run).toMatchObject({
      name: "mine",
      settings: { hidden: [6], learningRate: 0.5, seed: 1, trainSize: 80 },
      dataset: { name: "rows", sha256: "12" },
      machine: { executor: "engine", ...machine },
      seconds: 2,
      weightsSha256: endEvent.weightsSha256,
    });
    expect(run!.settings).not.toHaveProperty("event");
    expect(run!.settings).not.toHaveProperty("threads");
    expect(run!.epochs).toHaveLength(2);
    expect(run!.epochs[1]).toEqual({
      ...{ epoch: 2, loss: 0.5, testAccuracy: 0.75, learningRate: 0.5, seconds: 0.5 },
    });
  });

  test.each([
    [{ epoch: -5.5 }, "-5.5 as the number of an epoch: expected a whole number from 1 on"],
    [{ epoch: 0 }, "0 as the number of an epoch"],
    [{ epoch: undefined }, "nothing as the number of an epoch"],
    [{ testAccuracy: 97.5 }, "97.5 as testAccuracy after epoch 1: expected a number from 0 to 1"],
    [{ trainAccuracy: -1 }, "-1 as trainAccuracy after epoch 1"],
    [{ validationAccuracy: "0.9" }, '"0.9" as validationAccuracy after epoch 1'],
  ])("are refused where they are impossible: %j", (part, says) => {
    expect(() => runsIn(startEvent, { ...epochEvent(1), ...part })).toThrow(
      `run.jsonl has ${says}`,
    );
  });

  test("have nothing that cannot be drawn: measurements, settings without end", () => {
    const start = { ...startEvent, deep: [[[[1]]]], elastic: { sigma: 5, alpha: 30 } };
    const deformation = { gentle: { toString: 1, valueOf: 1 }, rotation: 3 };
    const [run] = runsIn(
      { ...start, deformation },
      epochEvent(1, { testAccuracy: null, loss: 1e308, seconds: 3 }),
    );
    expect(run!.epochs).toEqual([{ epoch: 1, learningRate: 0.5, seconds: 3 }]);
    expect(run!.settings).toMatchObject({ elastic: { sigma: 5, alpha: 30 }, rotation: 3 });
    expect(run!.settings).not.toHaveProperty("deep");
    const text = `${JSON.stringify(startEvent).slice(0, -1)},"deep":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
    const [other] = runsInEvents(`${text}\n${JSON.stringify(epochEvent(1))}\n`, "run.jsonl");
    expect(other!.settings).not.toHaveProperty("deep");
  });

  test("have the hidden layers that they say where the sizes of all layers are missing", () => {
    const [run] = runsIn({ ...startEvent, layers: undefined }, epochEvent(1));
    expect(run!.settings).toMatchObject({ hidden: [6] });
  });

  test("have no time in all if they were resumed, as the end has only that since then", () => {
    const resumed = { ...startEvent, resumed: { file: "m", epochs: 1, images: 0, ended: false } };
    const [one] = runsIn(startEvent, epochEvent(1), resumed, epochEvent(2), endEvent);
    expect(one).not.toHaveProperty("seconds");
    expect(one!.epochs).toHaveLength(2);
    expect(runsIn(resumed, epochEvent(2), endEvent)[0]).not.toHaveProperty("seconds");
  });

  test("are several if several began, and one if it was resumed", () => {
    const resumed = { ...startEvent, resumed: { file: "a", epochs: 1 } };
    const runs = runsIn(
      ...[startEvent, epochEvent(1), epochEvent(2)],
      ...[resumed, epochEvent(2, { loss: 7 }), epochEvent(3), endEvent],
      ...[startEvent, epochEvent(1)],
    );
    expect(runs.map(({ epochs }) => epochs.map(({ epoch }) => epoch))).toEqual([[1, 2, 3], [1]]);
    expect(runs[0]!.epochs[1]!.loss).toBe(7);
  });

  test("may begin in the middle, where the first part was not kept", () => {
    const [run] = runsIn({ ...startEvent, resumed: { file: "a", epochs: 4 } }, epochEvent(5));
    expect(run!.epochs.map(({ epoch }) => epoch)).toEqual([5]);
  });

  test("are read up to a line that is cut off", () => {
    const text = `${linesOfEvents([startEvent, epochEvent(1)])}{"event":"epo`;
    expect(runsInEvents(text, "run.jsonl")[0]!.epochs).toHaveLength(1);
  });

  test("tell of the error that ended them", () => {
    const error = { event: "error", epoch: 2, step: 3, message: "it diverged" };
    expect(runsIn(startEvent, epochEvent(1), error)[0]!.remarks).toEqual([
      "The run ended with an error: it diverged",
    ]);
  });

  test.each([
    ["", "no start of a run"],
    ["1,2,3\n4,5,6\n", "on line 1 no event, but 1,2,3"],
    [`{"a":1}\n{"b":2}\n`, "on line 1 no event"],
    [linesOfEvents([startEvent, endEvent]), "no finished epoch"],
    [linesOfEvents([{ event: "dry-run", loss: 1 }]), "no start of a run"],
    [linesOfEvents([{ ...startEvent, format: 2 }, epochEvent(1)]), "of format 2"],
    [`${linesOfEvents([startEvent])}nonsense\n${linesOfEvents([epochEvent(1)])}`, "on line 2"],
  ])("are refused where they are something else: %j", (text, words) => {
    expect(() => runsInEvents(text, "run.jsonl")).toThrow(words);
  });
});
