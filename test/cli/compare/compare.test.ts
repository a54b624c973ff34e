import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, outcomeOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { eventFile, shortRun, startEvent } from "../../support/events.js";
import { run } from "../../support/here.js";
import { savedNetwork } from "../../support/saved.js";
import { hasTerminal, screenOf, startInTerminal } from "../../support/terminal.js";

/** Two kinds of runs, with three seeds each. */
function sixRuns(): string[] {
  const accuracies = [
    [0.9, 0.91, 0.92],
    [0.94, 0.95, 0.96],
  ];
  return accuracies.flatMap((row, kind) =>
    row.map((accuracy, k) => {
      const settings = { seed: k + 1, learningRate: kind === 0 ? 0.5 : 0.1 };
      return shortRun(`run-${kind}-${k}.jsonl`, accuracy, settings);
    }),
  );
}

describe("compare", () => {
  test("has a row for the runs that differ in their seeds alone, with the difference", async () => {
    const files = sixRuns();
    const { code, stdout, stderr } = await run(["compare", ...files, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { differing, rows } = JSON.parse(stdout);
    expect(differing).toEqual(["learningRate"]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ files: files.slice(0, 3), seeds: [1, 2, 3], difference: null });
    expect(rows[1].testAccuracy.n).toBe(3);
    expect(rows[1].testAccuracy.mean).toBeCloseTo(0.95, 12);
    expect(rows[1].testAccuracy.deviation).toBeCloseTo(0.01, 12);
    // Four degrees of freedom: 0.04 ± 2.776 · √(2 · 0.01²/3).
    expect(rows[1].difference.low).toBeCloseTo(0.04 - 2.776 * Math.sqrt(2e-4 / 3), 6);
    expect(rows[1].difference.high).toBeCloseTo(0.04 + 2.776 * Math.sqrt(2e-4 / 3), 6);
  });

  test("says so in a line for each row where no terminal limits it", async () => {
    const { code, stdout } = await run(["compare", ...sixRuns()]);
    expect(code).toBe(0);
    const [first, second] = linesOf(stdout).slice(-2);
    expect(first).toMatch(/^run-0.*91\.00% ± 1\.00/);
    expect(second).toMatch(/^run-1.*95\.00% ± 1\.00.*\+1\.73 to \+6\.27$/);
  });

  test.skipIf(!hasTerminal)("says so in a column for each row on a terminal", async () => {
    const { code, stdout } = await outcomeOf(startInTerminal(80, ["compare", ...sixRuns()]));
    const rows = screenOf(stdout);
    expect(code).toBe(0);
    expect(rows).toContainEqual(expect.stringMatching(/^test +91\.00% ± 1\.00 +95\.00% ± 1\.00$/));
    expect(rows).toContainEqual(expect.stringMatching(/^difference, 95% +– +\+1\.73 to \+6\.27$/));
    expect(rows.filter((row) => row.length > 80)).toEqual([]);
  });

  test.each([
    { what: "with deformed images", more: () => ["--rotation", "5"] },
    {
      what: "from weights",
      more: async () => ["--start-from", await savedNetwork(["--data-dir", dataDirectory()])],
    },
  ])(
    "has the same of a saved run $what as of its events, and does not take both for two seeds",
    async ({ more }) => {
      const folder = temporaryDirectory();
      const saved = join(folder, "saved.safetensors");
      const data = ["--data-dir", dataDirectory(), "--epochs", "2", ...(await more())];
      const { stdout: events } = await run([...data, "--json", "--save", saved]);
      const log = join(folder, "log.jsonl");
      writeFileSync(log, events);
      const { code, stdout } = await run(["compare", saved, log, "--json"]);
      expect(code).toBe(0);
      const { differing, rows } = JSON.parse(stdout);
      expect(differing).toEqual([]);
      expect(rows).toHaveLength(2);
      const results = rows.map((row: Record<string, unknown>) => ({ ...row, name: "", files: [] }));
      expect(results[0]).toEqual(results[1]);
      const { stdout: csv } = await run(["compare", saved, log, "--csv"]);
      const [head, ...lines] = linesOf(csv);
      expect(head).toMatch(/^run,file,dataset,.*,testAccuracy,/);
      const digests = lines.map((line) => line.split(",").at(-1));
      expect(digests).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), digests[0]]);
    },
  );

  test("quotes what would be several fields, or a formula", async () => {
    const file = shortRun("run.jsonl", 0.9, { name: "=a,b", hidden: [30, 20] });
    const { stdout } = await run(["compare", file, "--csv"]);
    expect(linesOf(stdout)[1]).toMatch(/^"'=a,b",/);
    expect(stdout).toContain('"30, 20"');
  });

  test.each([
    [["--csv", "--json"], 2, "exclude each other"],
    [["missing.jsonl"], 1, "Cannot read missing.jsonl: no such file or directory; check the name"],
  ])("refuses %j", async (args, code, words) => {
    const outcome = await run(["compare", shortRun("run.jsonl", 0.9), ...args]);
    expect(outcome).toMatchObject({ code, stdout: "" });
    expect(outcome.stderr).toContain(words);
  });

  test("refuses runs on different data", async () => {
    const files = ["rows", "columns"].map((dataset) => shortRun("run.jsonl", 0.9, { dataset }));
    const { code, stderr } = await run(["compare", ...files]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/was trained on rows, but .* on columns/);
    expect(linesOf(stderr)).toHaveLength(1);
  });

  test("tells data sets of one name by their digests", async () => {
    const log = (datasetSha256: string) => shortRun("run.jsonl", 0.9, { datasetSha256 });
    expect(await run(["compare", log("12"), log("12")])).toMatchObject({ code: 0 });
    const { code, stderr } = await run(["compare", log("12"), log("34")]);
    expect(code).toBe(1);
    expect(stderr).toContain("(two of that name)");
  });

  test("refuses a run without an epoch", async () => {
    const { code, stderr } = await run(["compare", eventFile("run.jsonl", [startEvent])]);
    expect(code).toBe(1);
    expect(stderr).toContain("has no finished epoch");
  });
});
