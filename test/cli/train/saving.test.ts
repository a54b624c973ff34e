import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, outcomeOf, run as runAlone, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";
import { run } from "../../support/here.js";
import { mounted } from "../../support/mount.js";
import { endOf, eventsOf, expectRefusal, prepare } from "./short-run.js";

/** Names the file operations of a process on its stderr. */
const operations = new URL("../../support/failing-files.mjs", import.meta.url).href;

describe("--save", () => {
  test("leaves the whole run in the file, and nothing beside it", async () => {
    const { flags, directory, file } = prepare();
    const outcome = await run([...flags, "--save", file, "--json"]);
    const { layers, settings, reports, images } = await readCheckpoint(file);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(eventsOf(outcome).at(-1)).toMatchObject({ event: "end", saved: file });
    expect(layers.map(({ w }) => w.shape)).toEqual([
      [8, 100],
      [10, 8],
    ]);
    expect(layers[0]!.w.data).toBeInstanceOf(Float32Array);
    expect(settings).toMatchObject({ epochs: 3, seed: 5, trainSize: 70, validationSize: 10 });
    expect(reports.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(images).toBe(0);
    expect(readdirSync(directory)).toEqual(["model.safetensors"]);
  });

  test("by the reference executor has float64", async () => {
    const { flags, file } = prepare();
    await run([...flags, "--save", file, "--executor", "reference"]);
    expect((await readCheckpoint(file)).layers[0]!.w.data).toBeInstanceOf(Float64Array);
  });

  test("does not change the run", async () => {
    const { flags, file } = prepare();
    const plain = endOf(await run([...flags, "--json"]));
    const often = ["--save-every", "0.000001s", "--keep-best"];
    expect(endOf(await run([...flags, "--json", "--save", file, ...often]))).toBe(plain);
  });

  test("says in text where the run is saved", async () => {
    const { flags, file } = prepare();
    const { stderr } = await run([...flags, "--save", file]);
    expect(linesOf(stderr).at(-1)).toBe(`saved to ${file}`);
  });

  test("with --keep-best keeps the run as it was at its best epoch", async () => {
    const { flags, directory, file } = prepare();
    const wild = ["--epochs", "8", "--learning-rate", "5", "--hidden", "none"];
    const outcome = await run([...flags, ...wild, "--save", file, "--keep-best", "--json"]);
    const best = await readCheckpoint(join(directory, "model.best.safetensors"));
    expect(best.reports.length).toBe(eventsOf(outcome).at(-1)?.bestEpoch);
    expect((await readCheckpoint(file)).reports.length).toBe(8);
  });

  test("with --keep-best does not take the best network of another run for its own", async () => {
    const { flags, directory, file } = prepare();
    const [copy, best] = ["copy.safetensors", "copy.best.safetensors"].map((name) =>
      join(directory, name),
    ) as [string, string];
    await run([...flags, "--save", file]);
    await run([...flags, "--seed", "6", "--save", best]);
    const again = ["--resume", file, "--epochs", "4", "--save", copy, "--keep-best", "--overwrite"];
    expect(await run([...flags, ...again])).toMatchObject({ code: 0 });
    expect((await readCheckpoint(best)).settings.seed).toBe(5);
  });

  test.each([
    { every: "1", saves: 5 },
    { every: "2", saves: 3 },
    { every: "9", saves: 1 },
    { every: "1h", saves: 1 },
  ])("with --save-every $every saves $saves times in 5 epochs", async ({ every, saves }) => {
    const { flags, file } = prepare();
    const args = [...flags, "--epochs", "5", "--save", file, "--save-every", every, "--quiet"];
    const { code, stderr } = await runAlone(args, { NODE_OPTIONS: `--import ${operations}` });
    expect(code).toBe(0);
    expect(linesOf(stderr).filter((name) => name === "rename")).toHaveLength(saves);
    expect((await readCheckpoint(file)).reports.length).toBe(5);
  });

  test("does nothing in a --dry-run", async () => {
    const { flags, directory, file } = prepare();
    expect(await run([...flags, "--save", file, "--dry-run"])).toMatchObject({ code: 0 });
    expect(readdirSync(directory)).toEqual([]);
  });

  test("says why where training diverges, and keeps the last good epoch", async () => {
    const { flags, file } = prepare();
    const first = await run([...flags, "--epochs", "1", "--save", file]);
    const before = readFileSync(file);
    const wild = ["--cost", "softmax", "--learning-rate", "1e38", "--quiet", "--overwrite"];
    expect(first.code).toBe(0);
    const outcome = await run([...flags, ...wild, "--save", file]);
    expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code: 1, stdout: "" });
    expect(outcome.stderr).toMatch(/^train-mnist: training diverged: [^\n]+\n[^\n]+\n$/);
    expect(readFileSync(file)).toEqual(before);
  });

  test.each([
    { where: (directory: string) => directory, says: /it is a folder/ },
    { where: (directory: string) => join(directory, "none", "m"), says: /create the folder first/ },
    { where: () => "/dev/null", says: /not a regular file/ },
    { where: (directory: string) => `${join(directory, "new")}/`, says: /the name of a folder/ },
    { where: (directory: string) => join(directory, "x".repeat(256)), says: /name too long/ },
  ])("refuses before training what it could not write ($says)", async ({ where, says }) => {
    const { flags, directory } = prepare();
    expectRefusal(await run([...flags, "--save", where(directory)]), 1, says);
  });

  test("ends quietly where a reader goes away, and saves how far it has come", async () => {
    const { flags, file } = prepare();
    const saving = ["--save", file, "--save-every", "1h"];
    const child = start([...flags, "--epochs", "1000000", ...saving]);
    const outcome = outcomeOf(child);
    child.stdout.once("data", () => setTimeout(() => child.stdout.destroy(), 200));
    const { code, stderr } = await outcome;
    expect(code).toBe(141);
    expect(stderr).not.toMatch(/EPIPE|Error|stopped|^\s+at /m);
    expect((await readCheckpoint(file)).reports.length).toBeGreaterThan(0);
  });

  test("says in a sentence that the disk below its output is full, and saves the run elsewhere", async ({
    skip,
  }) => {
    const directory = mounted("size=64k") ?? skip("mounting takes the rights of root");
    const { flags, file } = prepare();
    const output = openSync(join(directory, "run.jsonl"), "w");
    try {
      const args = [...flags, "--epochs", "1000000", "--json", "--save", file];
      const child = start([...args, "--save-every", "1h"], {}, ["ignore", output, "pipe"]);
      const { code, stderr } = await outcomeOf(child);
      expect(code).toBe(1);
      expect(linesOf(stderr)).toContain(
        "train-mnist: the output cannot be written: no space left on device",
      );
      expect(stderr).not.toMatch(/^\s+at /m);
      expect((await readCheckpoint(file)).reports.length).toBeGreaterThan(0);
    } finally {
      closeSync(output);
    }
  });
});

describe("flags that save nothing are refused:", () => {
  test.each([
    { args: ["--keep-best"], says: /--keep-best needs --save <file>/ },
    { args: ["--save-every", "3"], says: /--save-every needs --save <file>/ },
    { args: ["--overwrite"], says: /--overwrite needs --save <file>/ },
    { args: ["--save", "m", "--save-every", "0"], says: /whole number of epochs.*or a time/ },
    { args: ["--save", "m", "--save-every", "-1s"], says: /whole number of epochs.*or a time/ },
    { args: ["--save", "m", "--save-every", "5d"], says: /whole number of epochs.*or a time/ },
  ])("$args", async ({ args, says }) => {
    expectRefusal(await run(args), 2, says);
  });

  test("--keep-best without validation images", async () => {
    const { flags, file } = prepare();
    const args = [...flags, "--validation-size", "0", "--save", file, "--keep-best"];
    expectRefusal(await run(args), 2, /--keep-best needs validation images/);
  });

  test("--measure validation without validation images", async () => {
    const { flags } = prepare();
    const args = [...flags, "--validation-size", "0", "--measure", "validation"];
    expectRefusal(await run(args), 2, /--measure validation needs validation images/);
  });
});

describe.skipIf(process.platform === "win32")("a run that is stopped", () => {
  test.each([
    { signal: "SIGINT", code: 130, threads: ["2", "1"] },
    { signal: "SIGTERM", code: 143, threads: ["1", "2"] },
  ] as const)(
    "by $signal with $threads.0 threads is saved, and goes on with $threads.1 to the same end",
    async ({ signal, code, threads }) => {
      const data = ["--data-dir", dataDirectory(separableDataset(2000, 50))];
      const settings = [
        ...["--validation-size", "100", "--epochs", "2", "--hidden", "200", "--batch-size", "4"],
        ...["--optimizer", "nesterov", "--momentum", "0.9", "--lr", "0.01", "--json"],
      ];
      const file = join(temporaryDirectory(), "a model.safetensors");
      const saving = ["--save-every", "1h", "--threads", threads[0]];
      const child = start([...data, ...settings, "--save", file, ...saving]);
      const outcome = outcomeOf(child);
      // The first line says that the run begins; an epoch of it takes far longer than a signal.
      child.stdout.once("data", () => child.kill(signal));
      const stopped = await outcome;
      const { reports, images } = await readCheckpoint(file);
      expect(stopped).toMatchObject({ code, stderr: "" });
      expect(reports.length).toBeLessThan(2);
      expect(images % 4).toBe(0);
      const { goOn, ...event } = eventsOf(stopped).at(-1)!;
      expect(event).toEqual({ event: "interrupted", format: 1, epochs: reports.length, file });
      const rest = [...data, ...settings, ...saving].join(" ");
      expect(goOn).toBe(`train-mnist ${rest} --resume '${file}'`);
      const end = endOf(await run([...data, "--resume", file, "--threads", threads[1], "--json"]));
      expect(end).toBe(endOf(await run([...data, ...settings])));
    },
  );

  test.each([
    { env: {}, command: "train-mnist" },
    { env: { npm_command: "exec" }, command: "npx train-mnist" },
  ])("says in text how to go on, as it was started ($command)", async ({ env, command }) => {
    const { flags, file } = prepare();
    const child = start([...flags, "--epochs", "1000000", `--save=${file}`], env);
    const outcome = outcomeOf(child);
    child.stdout.once("data", () => child.kill("SIGINT"));
    const { code, stderr } = await outcome;
    expect(code).toBe(130);
    const args = [...flags, "--epochs", "1000000", "--resume", file].join(" ");
    expect(linesOf(stderr).slice(-2)).toEqual([
      `saved to ${file}; to resume it:`,
      `  ${command} ${args}`,
    ]);
  });
});

test("a disk that becomes full keeps the last good file: exit code 1, one sentence, and the run can go on", async ({
  skip,
}) => {
  const directory = mounted("size=256k") ?? skip("mounting takes the rights of root");
  const { flags } = prepare();
  const [file, filler] = [join(directory, "model.safetensors"), join(directory, "filler")];
  const args = [...flags, "--epochs", "500", "--hidden", "100"];
  const child = start([...args, "--save", file]);
  const outcome = outcomeOf(child);
  let printed = "";
  child.stdout.on("data", (text: string) => {
    printed += text;
    // Each epoch is saved before the next one is reported on.
    if (!printed.includes("epoch   2/")) return;
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(4096), { flag: "a" });
    } catch {
      child.stdout.removeAllListeners("data");
      child.stdout.resume();
    }
  });
  const { code, stderr } = await outcome;
  expect(code).toBe(1);
  expect(linesOf(stderr).at(-1)).toBe(
    `train-mnist: Cannot save to ${file}: no space left on device; make room there, or choose another folder.`,
  );
  const { reports } = await readCheckpoint(file);
  expect(reports.length).toBeGreaterThan(0);
  expect(readdirSync(directory).sort()).toEqual(["filler", "model.safetensors"]);
  rmSync(filler);
  const kept = join(temporaryDirectory(), "model.safetensors");
  copyFileSync(file, kept);
  const resumed = await run([...args, "--resume", kept, "--json"]);
  expect(endOf(resumed)).toBe(endOf(await run([...args, "--json"])));
});

test("two runs that save to the same file both succeed, and leave one of their files", async () => {
  const { flags, directory, file } = prepare();
  const runs = ["1", "2"].map((seed) =>
    runAlone([...flags, "--epochs", "20", "--seed", seed, "--save", file, "--overwrite"]),
  );
  for (const { code } of await Promise.all(runs)) expect(code).toBe(0);
  const { reports, settings } = await readCheckpoint(file);
  expect(reports.length).toBe(20);
  expect([1, 2]).toContain(settings.seed);
  expect(readdirSync(directory)).toEqual(["model.safetensors"]);
});
