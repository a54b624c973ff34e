import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { bytesOf, someCheckpoint } from "../../support/checkpoints.js";
import { linesOf, outcomeOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";
import { hasTerminal, startInTerminal } from "../../support/terminal.js";

function fileOf(some: Parameters<typeof someCheckpoint>[0] = {}): string {
  const file = join(temporaryDirectory(), "run.safetensors");
  writeFileSync(file, bytesOf(someCheckpoint(some)));
  return file;
}

describe("show", () => {
  test("prints what a saved run holds, as its training said it", async () => {
    const file = join(temporaryDirectory(), "run.safetensors");
    const flags = ["--hidden", "8", "--epochs", "3", "--validation-size", "10", "--name", "tiny"];
    const data = dataDirectory();
    const trained = await run(["--data-dir", data, ...flags, "--json", "--save", file]);
    const events = linesOf(trained.stdout).map((line) => JSON.parse(line));
    const [start, end] = [events[0], events.at(-1)];

    const { code, stdout, stderr } = await run(["show", file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^run +tiny$/m);
    expect(stdout).toMatch(/^network +\[100,8,10\], 898 parameters$/m);
    expect(stdout).toMatch(/^progress +3 of 3 epochs, trained in/m);
    expect(stdout).toMatch(new RegExp(`^weights sha256 +${end.weightsSha256}$`, "m"));
    expect(stdout).toMatch(new RegExp(`^data sha256 +${start.datasetSha256}$`, "m"));
    expect(stdout).toMatch(/^settings +--epochs 3 --hidden 8 /m);
    expect(stdout).toContain(`train-mnist ${start.version}, 1 thread, embedded, 128 bits`);
    expect(stdout).toMatch(/^epoch 3, the last: loss [\d.]+, train [\d.]+%, validation .*, test/m);
    expect(stdout).toMatch(/^accuracy over 3 epochs: {3}· train {3}v validation {3}t test$/m);
    for (const line of linesOf(stdout)) expect(line.length).toBeLessThanOrEqual(80);

    const json = JSON.parse((await run(["show", file, "--json"])).stdout);
    const { threads, backend, simd, version, date } = start;
    expect(json).toMatchObject({
      name: "tiny",
      file,
      layers: start.layers,
      parameters: start.parameters,
      weightsSha256: end.weightsSha256,
      made: { threads, backend, simd, version, date },
      settings: { hidden: [8], epochs: 3 },
      images: 0,
    });
    expect(json.epochs.map(({ testLoss }: { testLoss: number }) => testLoss)).toEqual(
      events.slice(1, -1).map(({ testLoss }) => testLoss),
    );
  });

  test.skipIf(!hasTerminal).each([
    [8, false],
    [12, true],
  ])(
    "leaves out the curves where a terminal has no room for them: %d columns",
    async (columns, isDrawn) => {
      const { code, stdout } = await outcomeOf(startInTerminal(columns, ["show", fileOf()]));
      expect(code).toBe(0);
      expect(stdout).toContain("weights sha256");
      expect(/accuracy\s+over/.test(stdout)).toBe(isDrawn);
    },
  );

  test("says what a file does not hold, and how far an epoch has come", async () => {
    const { stdout } = await run(["show", fileOf()]);
    expect(stdout).not.toMatch(/^run /m);
    expect(stdout).toMatch(/^progress +2 of \d+ epochs, and 10 images of the next, trained in 6/m);
    expect(stdout).toMatch(/^trained with +not recorded$/m);
    expect(stdout).not.toContain("train 1");
  });

  test("draws nothing of a run that has not finished two epochs", async () => {
    const { code, stdout } = await run(["show", fileOf({ reports: [] })]);
    expect(code).toBe(0);
    expect(stdout).not.toContain("accuracy over");
  });

  test("shows what a name would do to a terminal, and does not do it", async () => {
    const { stdout } = await run(["show", fileOf({ flags: { name: "a\u001b[2Jb" } })]);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toMatch(/^run +a.*b$/m);
  });

  test.each([
    { made: { version: 1, date: "", threads: 1 } },
    { made: { version: "0.2.0", date: "", threads: 1.5 } },
    { made: { version: "0.2.0", date: "", threads: 1, simd: "wide" } },
  ])("refuses a file that was made by nothing known: $made", async ({ made }) => {
    const { code, stdout, stderr } = await run(["show", fileOf({ made: made as never })]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: [^\n]+ what it was trained with\.\n$/);
  });
});
