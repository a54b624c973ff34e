import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";

/** The first half says which data it is. */
const run4 = (): string[] => [
  ...["--data-dir", dataDirectory(), "--validation-size", "10"],
  ...["--epochs", "4", "--json"],
];

interface Event {
  readonly event: string;
  readonly weightsSha256?: string;
  readonly bestEpoch?: number;
  readonly bestTestAccuracy?: number | null;
  readonly bestValidationAccuracy?: number | null;
  readonly [key: string]: unknown;
}

async function events(...flags: readonly string[]): Promise<Event[]> {
  return eventsOf([...run4(), ...flags]);
}

async function eventsOf(args: readonly string[]): Promise<Event[]> {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return linesOf(stdout).map((line) => JSON.parse(line) as Event);
}

/** For each epoch the first letters of what it measures. */
function measuredIn(all: readonly Event[]): string[] {
  return all
    .filter(({ event }) => event === "epoch")
    .map((epoch) =>
      ["train", "validation", "test"]
        .filter((set) => {
          expect(epoch[`${set}Accuracy`] === null).toBe(epoch[`${set}Loss`] === null);
          return epoch[`${set}Accuracy`] !== null;
        })
        .map((set) => set[0])
        .join(""),
    );
}

describe("what is measured", () => {
  test("changes no weight, and is what the flags say", async () => {
    const usual = await events();
    const digests = new Set([usual.at(-1)?.weightsSha256]);
    expect(measuredIn(usual)).toEqual(["tvt", "tvt", "tvt", "tvt"]);
    const cases = [
      { flags: ["--measure", "none"], measured: ["", "", "", "t"] },
      { flags: ["--measure", "validation"], measured: ["v", "v", "v", "vt"] },
      { flags: ["--measure", "train,test"], measured: ["tt", "tt", "tt", "tt"] },
      { flags: ["--eval-every", "3"], measured: ["", "", "tvt", "tvt"] },
      { flags: ["--measure", "all", "--eval-every", "4"], measured: ["", "", "", "tvt"] },
    ];
    for (const { flags, measured } of cases) {
      const all = await events(...flags);
      expect(measuredIn(all)).toEqual(measured);
      digests.add(all.at(-1)?.weightsSha256);
    }
    expect(digests.size).toBe(1);
  });

  test("is validation after each epoch where that decides, as with --keep-best", async () => {
    const file = join(temporaryDirectory(), "run.safetensors");
    const every = ["--eval-every", "4"];
    expect(measuredIn(await events(...every, "--patience", "4"))).toEqual(["v", "v", "v", "tvt"]);
    const keeping = await events(...every, "--save", file, "--keep-best");
    expect(measuredIn(keeping)).toEqual(["v", "v", "v", "tvt"]);
  });

  test("ends with null for an accuracy at the best epoch that was not measured", async () => {
    const end = (await events("--measure", "validation", "--lr", "1e-9")).at(-1)!;
    expect(end.bestEpoch).toBe(1);
    expect(end.bestTestAccuracy).toBeNull();
    expect(end.bestValidationAccuracy).toBeGreaterThanOrEqual(0);
    const text = await run([...run4().slice(0, -1), "--measure", "validation", "--lr", "1e-9"]);
    expect(text.stdout).toContain("at the epoch best on validation (1): not measured");
  });

  test("is saved, name of the run and all, and resumed unless it is given again", async () => {
    const file = join(temporaryDirectory(), "run.safetensors");
    const begun = run4();
    const measuring = ["--measure", "test", "--eval-every", "2", "--name", "thin", "--lr", "0.5"];
    await eventsOf([...begun, ...measuring, "--save", file]);
    const { reports, flags } = await readCheckpoint(file);
    expect(reports.map(({ testAccuracy }) => testAccuracy === undefined)).toEqual([
      ...[true, false, true, false],
    ]);
    expect(flags).toMatchObject({ measure: ["test"], evalEvery: 2, name: "thin" });
    const resumed = [...begun.slice(0, 2), "--resume", file, "--epochs", "7", "--json"];
    const other = ["--save", join(temporaryDirectory(), "other.safetensors")];
    const [start, ...rest] = await eventsOf([...resumed, ...other]);
    expect(start).toHaveProperty("name", "thin");
    expect(measuredIn(rest)).toEqual(["", "t", "t"]);
    const anew = ["--measure", "none", "--eval-every", "1", "--name", "thick"];
    const [renamed, ...more] = await eventsOf([...resumed, ...other, ...anew, "--overwrite"]);
    expect(renamed).toHaveProperty("name", "thick");
    expect(measuredIn(more)).toEqual(["", "", "t"]);
  });

  test.each([
    { flags: ["--measure", "tests"], says: /--measure <sets>' .*'tests'.*train, validation, test/ },
    { flags: ["--measure", "all,test"], says: /or all, or none/ },
    { flags: ["--measure", "test,test"], says: /Expected/ },
    { flags: ["--measure", ""], says: /Expected/ },
    { flags: ["--eval-every", "0"], says: /Expected a whole number/ },
  ])("is refused where it is none: $flags", async ({ flags, says }) => {
    const { code, stdout, stderr } = await run([...run4(), ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });
});
