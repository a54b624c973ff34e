import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Committee, Run } from "../../../src/cli/reproduce/entry.js";
import { entryIn } from "../../../src/cli/reproduce/lines.js";
import { originHere } from "../../../src/cli/reproduce/origin.js";
import { linesOf } from "../../support/command.js";

vi.mock("node:os", async (load) => {
  const os = await load<typeof import("node:os")>();
  return { ...os, cpus: vi.fn(os.cpus) };
});

const lines = linesOf(
  readFileSync(new URL("../../../docs/results.jsonl", import.meta.url), "utf8"),
);
const entries = lines.map((line) => JSON.parse(line));
const committee: Committee = entries.find((entry) => "seeds" in entry);

/** With 30 epochs, and validation. */
const first: Run = entries.find(({ settings }) => settings.epochs === 30);
const { settings } = first;
const digest = first.weightsSha256;

const read = (entry: object) => entryIn(JSON.stringify(entry));

/** What a line cannot have been made with. */
const IMPOSSIBLE_MADE = [
  ...[null, 5, "Here", [], {}],
  ...["", " ", "a\u001b[31m", "a | b", "a\nb", 5].map((processor) => ({ processor })),
  ...[0, 1.5, "2", null].map((threads) => ({ processor: "Here", threads })),
  ...["", "1 | 2", 1].map((version) => ({ processor: "Here", version })),
  ...["", "today", "2026-01-02\n", 2026, ["2026-01-02"]].map((date) => ({
    processor: "Here",
    date,
  })),
].map((made) => ({ made }));

describe("a line of a record", () => {
  test("is each of the record in docs", () => {
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) expect(entryIn(line)).toEqual(JSON.parse(line));
  });

  test("may be of before it was recorded what makes a run, or all of that", () => {
    const { made, ...old } = first;
    expect(read(old)).toEqual(old);
    const { processor } = made!;
    expect(read({ ...old, made: { processor } })).toEqual({ ...old, made: { processor } });
  });

  test.each([{ patience: 5 }, { targetAccuracy: 0.95 }])("may end early with %o", (stopping) => {
    const short = { ...first, validation: [0.9, 0.95], test: [0.9, 0.94] };
    expect(read(short)).toBeUndefined();
    const stopped = { ...short, settings: { ...settings, ...stopping } };
    expect(read(stopped)).toEqual(stopped);
  });

  test("has what it leaves out of the settings at its default", () => {
    const accuracies = Array(20).fill(0.9);
    const run = { ...first, settings: { seed: 1 }, validation: accuracies, test: accuracies };
    expect(read(run)).toEqual(run);
    expect(read({ ...run, test: accuracies.slice(1), validation: accuracies.slice(1) })).toBe(
      undefined,
    );
  });
});

describe("no line of a record", () => {
  test.each([
    { settings: null },
    { settings: { ...settings, optimizer: "sdg" } },
    { settings: { ...settings, taste: 3 } },
    { settings: { ...settings, seed: undefined } },
    { settings: { ...settings, epochs: 31 } },
    { settings: { ...settings, epochs: 29, patience: 5 } },
    { settings: { ...settings, patience: 5 }, validation: [], test: [] },
    { settings: { ...settings, validationSize: 0 } },
    { dataset: 5 },
    { validation: [] },
    { validation: [0.5] },
    { validation: first.validation.map(String) },
    { validation: first.validation.map((accuracy) => -accuracy) },
    { test: undefined },
    { test: [] },
    { test: [0.5] },
    { test: first.test.map(() => 7) },
    { test: first.test.map(() => null) },
    { seconds: -1 },
    { seconds: null },
    { weightsSha256: undefined },
    { weightsSha256: 5 },
    { weightsSha256: [digest] },
    { weightsSha256: digest.slice(1) },
    { weightsSha256: `${digest}\n` },
    { seeds: 5 },
    ...IMPOSSIBLE_MADE,
  ])("is a run with %j", (wrong) => {
    expect(read({ ...first, ...wrong })).toBeUndefined();
  });

  test.each([
    { settings: null },
    { settings: [] },
    { dataset: 5 },
    { seeds: committee.seeds.map(String) },
    { seeds: [1], weightsSha256: [digest] },
    { seeds: committee.seeds.map(() => 1) },
    { seeds: committee.seeds.map((seed) => seed + 0.5) },
    { seeds: [...committee.seeds, 99] },
    { test: "0.93" },
    { test: 93 },
    { weightsSha256: digest },
    { weightsSha256: committee.seeds.map(() => "00") },
    ...IMPOSSIBLE_MADE,
  ])("is a committee with %j", (wrong) => {
    expect(read({ ...committee, ...wrong })).toBeUndefined();
  });
});

describe("what makes runs here", () => {
  afterEach(() => {
    vi.mocked(cpus).mockReset();
  });

  test.each(["a | b", "a\u0000b", " "])(
    "can be read, even on a processor that calls itself %j",
    (model) => {
      const [here] = cpus();
      vi.mocked(cpus).mockReturnValue([{ ...here!, model }]);
      const made = originHere(1);
      expect(made.processor).toBe("an unknown processor");
      expect(read({ ...first, made })).toEqual({ ...first, made });
    },
  );
});
