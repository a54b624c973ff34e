import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../data/fixtures.js";
import { linesOf, run as runAlone } from "../support/command.js";
import { dataDirectory } from "../support/data-directory.js";
import { separableDataset } from "../support/digits.js";
import { run } from "../support/here.js";

const data = () => ["--data-dir", dataDirectory(), "--validation-size", "10"];

/** NODE_OPTIONS by which every thread of the process runs some code before its own. */
function preloaded(code: string): NodeJS.ProcessEnv {
  const file = join(temporaryDirectory(), "preloaded.mjs");
  writeFileSync(file, code);
  return { NODE_OPTIONS: `--import ${pathToFileURL(file)}` };
}

describe("training that diverges", () => {
  const flags = [
    { flags: ["--lr", "1e38"], step: 1 },
    { flags: ["--lr", "1e38", "--cost", "softmax", "--activation", "relu"], step: undefined },
    {
      flags: ["--lr", "1e38", "--batch-size", "30", "--hidden", "none", "--lambda", "0"],
      step: undefined,
    },
  ];

  test.each(flags)(
    "stops at that step, and says where it was and what to try: $flags",
    async ({ flags, step }) => {
      const { code, stdout, stderr } = await run([
        ...data(),
        "--epochs",
        "50",
        "--quiet",
        ...flags,
      ]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      const [what, why, ...more] = linesOf(stderr);
      expect(what).toMatch(
        /^train-mnist: training diverged: .+ was not finite at step \d+ of epoch \d+$/,
      );
      if (step !== undefined) expect(what).toContain(`step ${step} of epoch 1`);
      expect(why).toMatch(/^the learning rate .* try --learning-rate 0\.5$/);
      expect(more).toEqual([]);
    },
  );

  test("finds the same step on every run, with the same operation", async () => {
    const args = [...data(), "--quiet", ...flags[1]!.flags];
    const [one, other] = [await run(args), await run([...args, "--threads", "2"])];
    expect(one.stderr).toBe(other.stderr);
  });

  test("ends with an event with --json", async () => {
    const { code, stdout } = await run([...data(), "--json", "--lr", "1e38"]);
    const events = linesOf(stdout).map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(events.map(({ event }) => event)).toEqual(["start", "error"]);
    expect(events[1]).toMatchObject({ epoch: 1, step: 1, message: expect.any(String) });
  });

  test("proposes a setting with the recipe that was chosen, which it would switch off alone", async () => {
    const sizes = ["--train-size", "1000", "--validation-size", "500"];
    const chosen = ["--recipe", "nielsen-ch1-30", ...sizes, "--lr", "1e38"];
    const { code, stderr } = await run(["--dataset", "generated", "--quiet", ...chosen]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/: try --learning-rate 0\.5 with --recipe nielsen-ch1-30\n$/);
  });

  test("leaves what was saved before as it is", async () => {
    const file = join(temporaryDirectory(), "run.safetensors");
    const args = [...data(), "--quiet", "--save", file];
    expect((await run([...args, "--epochs", "1"])).code).toBe(0);
    const before = readFileSync(file);
    const { code } = await run([...args, "--lr", "1e38", "--epochs", "2", "--overwrite"]);
    expect(code).toBe(1);
    expect(readFileSync(file)).toEqual(before);
  });
});

describe("a hint", () => {
  const large = () => ["--data-dir", dataDirectory(separableDataset(300, 200))];
  const hints = (stderr: string) => linesOf(stderr).filter((line) => line.startsWith("hint: "));

  test.each([
    { flags: ["--lr", "1e-7"], says: "--learning-rate 0.5" },
    {
      flags: ["--lr", "400", "--activation", "relu", "--cost", "softmax"],
      says: "% of its hidden activations are flat",
    },
  ])("is given once where the network only guesses: $flags", async ({ flags, says }) => {
    const { code, stderr } = await run([...large(), "--epochs", "4", ...flags]);
    expect(code).toBe(0);
    expect(hints(stderr)).toHaveLength(1);
    expect(hints(stderr)[0]).toContain(says);
  });

  test("keeps the recipe of the run, which a setting alone would switch off", async () => {
    const args = [...large(), "--epochs", "1", "--recipe", "one-hidden-layer", "--lr", "1e-7"];
    const { stderr } = await run(args);
    expect(hints(stderr)[0]).toMatch(/try --\S+ \S+ with --recipe one-hidden-layer$/);
  });

  test("is for a new run where one is resumed, which keeps its settings", async () => {
    const file = join(temporaryDirectory(), "run.safetensors");
    const args = [...large(), "--epochs", "1"];
    expect((await run([...args, "--lr", "1e-7", "--save", file])).code).toBe(0);
    const { stderr } = await run([...large(), "--epochs", "2", "--resume", file]);
    expect(hints(stderr)[0]).toMatch(/: try --learning-rate 0\.5, in a new run$/);
  });

  test("is an event with --json, and nothing with --quiet", async () => {
    const args = [...large(), "--epochs", "2", "--lr", "1e-7"];
    const { stdout, stderr } = await run([...args, "--json"]);
    const events = linesOf(stdout).map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(["start", "epoch", "hint", "epoch", "end"]);
    expect(stderr).toBe("");
    expect((await run([...args, "--quiet"])).stderr).toBe("");
  });

  test("is not given where the network learns", async () => {
    const { stderr } = await run([...large(), "--epochs", "4", "--lr", "3"]);
    expect(hints(stderr)).toEqual([]);
  });
});

describe("where something is missing,", () => {
  const small = () => [...data(), "--epochs", "1"];

  test.each([
    { what: "WebAssembly", code: "delete globalThis.WebAssembly;" },
    {
      what: "SIMD instructions",
      code: "WebAssembly.Module = function () { throw new WebAssembly.CompileError('no SIMD'); };",
    },
  ])(
    "$what, the interpreter trains instead, and says that it is slower",
    async ({ what, code }) => {
      const outcome = await runAlone(small(), preloaded(code));
      const first = linesOf(outcome.stderr)[0];
      expect(outcome.code).toBe(0);
      expect(first).toContain(what);
      expect(first).toContain("slow");
      expect(outcome.stderr).toContain("executor reference");
    },
  );

  test("memory that threads share, one thread trains to the same bits", async () => {
    const alone = preloaded("delete globalThis.SharedArrayBuffer;");
    const digestOf = async (env?: NodeJS.ProcessEnv) => {
      const { code, stdout, stderr } = await runAlone(
        [...small(), "--rotation", "5", "--json"],
        env,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return JSON.parse(linesOf(stdout).at(-1) as string).weightsSha256;
    };
    expect(await digestOf(alone)).toBe(await digestOf());
    const { code, stderr } = await runAlone([...small(), "--threads", "2"], alone);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^train-mnist: threads need memory that they share, .*--threads 1.*\n$/);
  });

  test.each(["20.18.3", "18.20.4", "9.11.2"])(
    "a new enough Node.js (%s), one line says so",
    async (version) => {
      const code = `Object.defineProperty(process, "versions", { value: { node: "${version}" } });`;
      const { engines } = JSON.parse(
        readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
      );
      const outcome = await runAlone(small(), preloaded(code));
      expect(outcome).toMatchObject({ code: 1, stdout: "" });
      expect(outcome.stderr).toMatch(/^train-mnist: [^\n]+\n$/);
      expect(outcome.stderr).toContain(version);
      expect(outcome.stderr).toContain(engines.node.replace(">=", ""));
    },
  );

  test("memory for a network, one line says so", async () => {
    const { code, stdout, stderr } = await runAlone([...data(), "--hidden", "65536,65536"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: [^\n]*memory[^\n]*\n$/);
  });
});

test.each([
  { how: "exits", code: "process.exit(7)" },
  { how: "fails", code: 'throw new Error("broken")' },
])("a thread that $how ends the run with one line", async ({ code }) => {
  const inThread = `import { isMainThread } from "node:worker_threads";
    const add = Atomics.add;
    let times = 0;
    if (!isMainThread) Atomics.add = (...args) => { if (++times > 50) ${code}; return add(...args); };`;
  const args = [...data(), "--threads", "2", "--hidden", "100", "--epochs", "1000", "--quiet"];
  const outcome = await runAlone(args, preloaded(inThread));
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toMatch(
    /^train-mnist: a thread of the engine has died[^\n]* one thread \(--threads 1\)\n$/m,
  );
});
