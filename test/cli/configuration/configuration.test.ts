import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { environment, linesOf, outcomeOf, script } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";

/** The path of a configuration file with this text, or this object. */
function configFile(content: string | object): string {
  const path = join(temporaryDirectory(), "run.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** The settings in force. */
async function settings(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { code, stdout, stderr } = await run([...args, "--print-config"], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** One line on stderr, nothing on stdout, and the exit code for wrong usage. */
async function refusal(args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, stdout, stderr } = await run(args, env);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
  return stderr;
}

describe("a setting", () => {
  test("is what the strongest source says: flag, environment, file, recipe, default", async () => {
    const flag = ["--lambda", "1"];
    const env = { TRAIN_MNIST_LAMBDA: "2", TRAIN_MNIST_EPOCHS: "22" };
    const file = ["--config", configFile({ lambda: 3, epochs: 33, batchSize: 30 })];
    const recipe = ["--recipe", "nielsen-ch3-best"];
    expect(await settings([...recipe, ...file, ...flag], env)).toMatchObject({
      lambda: 1,
      epochs: 22,
      batchSize: 30,
      learningRate: 0.1,
      seed: 1,
    });
    expect(await settings([...recipe, ...file], env)).toMatchObject({ lambda: 2 });
    expect(await settings([...recipe, ...file])).toMatchObject({ lambda: 3, epochs: 33 });
    expect(await settings(recipe)).toMatchObject({ lambda: 5, epochs: 60, batchSize: 10 });
    expect(await settings([])).toMatchObject({ lambda: 0, epochs: 20 });
  });

  test("comes from the recipe `default` where nothing says how to train", async () => {
    const recipe = await settings(["--recipe", "default"]);
    expect(recipe).toMatchObject({ schedule: "cosine", rotation: 10 });
    expect(await settings([])).toEqual(recipe);
    const about = ["--epochs", "2", "--seed", "5", "--validation-size", "0"];
    const run = { epochs: 2, seed: 5, validationSize: 0 };
    expect(await settings(about)).toEqual({ ...recipe, ...run });
    for (const how of [
      ["--lr", "0.5"],
      ["--hidden", "200"],
      ["--cost", "quadratic"],
      ["--max-norm", "3"],
    ]) {
      const { schedule, ...others } = await settings(how);
      expect(schedule).toBe("constant");
      expect(others).not.toHaveProperty("rotation");
    }
    expect(await settings([], { TRAIN_MNIST_MOMENTUM: "0.5" })).not.toHaveProperty("rotation");
    expect(await settings(["--config", configFile({ lambda: 1 })])).toMatchObject({
      schedule: "constant",
    });
  });

  test("that a flag gives as its default is the flag's, too", async () => {
    expect(await settings(["--lambda", "0", "--recipe", "nielsen-ch3-best"])).toMatchObject({
      lambda: 0,
    });
  });

  test.each([
    { name: "learningRate" },
    { name: "learning-rate" },
    { name: "--learning-rate" },
    { name: "LEARNING_RATE" },
    { name: "lr" },
  ])("has its name in a file as $name", async ({ name }) => {
    expect(await settings(["--config", configFile({ [name]: 0.125 })])).toMatchObject({
      learningRate: 0.125,
    });
  });

  test.each([
    { value: 30, hidden: [30] },
    { value: [30], hidden: [30] },
    { value: [512, 256], hidden: [512, 256] },
    { value: "512,256", hidden: [512, 256] },
    { value: [], hidden: [] },
    { value: "none", hidden: [] },
  ])("is a list in a file as $value", async ({ value, hidden }) => {
    expect(await settings(["--config", configFile({ hidden: value })])).toMatchObject({ hidden });
  });

  test("of the environment is as good as unset if it is empty", async () => {
    expect(await settings([], { TRAIN_MNIST_EPOCHS: "" })).toMatchObject({ epochs: 20 });
  });

  test("drops what it excludes in weaker sources", async () => {
    const config = ["--config", configFile({ dataset: "kmnist" })];
    const chosen = await settings([...config, "--data-dir", "digits"]);
    expect(chosen).toMatchObject({ dataDir: "digits" });
    expect(chosen).not.toHaveProperty("dataset");
  });
});

describe("a setting of a weaker source falls away where a stronger one leaves it no meaning:", () => {
  const best = ["--recipe", "best"];
  test.each([
    { args: [...best, "--schedule", "constant"], gone: "lrEnd", now: undefined },
    { args: [...best, "--schedule", "plateau"], gone: "lrEnd", now: undefined },
    { args: [...best, "--lr", "1e-6"], gone: "lrEnd", now: undefined },
    { args: [...best, "--optimizer", "adam"], gone: "momentum", now: 0 },
    { args: [...best, "--momentum", "0"], gone: "optimizer", now: "sgd" },
    { args: [...best, "--epochs", "2"], gone: "warmup", now: 0 },
  ])("$gone by $args", async ({ args, gone, now }) => {
    const rest = await settings(best);
    const [flag, value] = args.slice(-2);
    const chosen = await settings(args);
    expect(chosen[gone]).toBe(now);
    const name = { "--lr": "learningRate" }[flag!] ?? flag!.slice(2);
    expect(String(chosen[name])).toBe(String(Number(value) || value));
    const others = Object.keys(rest).filter((each) => each !== gone && each !== name);
    for (const each of others) expect(chosen[each]).toEqual(rest[each]);
  });

  test("of a file by the environment, and of a recipe by a file", async () => {
    const stepped = configFile({ schedule: "step", lrStep: 3 });
    const env = { TRAIN_MNIST_SCHEDULE: "cosine" };
    const byEnvironment = await settings(["--config", stepped], env);
    expect(byEnvironment).toMatchObject({ schedule: "cosine" });
    expect(byEnvironment).not.toHaveProperty("lrStep");
    const constant = ["--config", configFile({ schedule: "constant" })];
    expect(await settings([...best, ...constant])).not.toHaveProperty("lrEnd");
  });

  test("but not of the same source, nor of a stronger one, which is refused and says whose it is", async () => {
    const path = configFile({ schedule: "constant", lrEnd: 0.1 });
    expect(await refusal(["--config", path])).toContain(
      `--lr-end 0.1 (of ${path}) is for --schedule step, exponential or cosine, not for --schedule constant (of ${path})`,
    );
    expect(await refusal([...best, "--lr-step", "3"])).toContain(
      "--lr-step 3 is for --schedule step, not for --schedule cosine (of the recipe best)",
    );
    expect(await refusal(["--lr-step", "3"])).toContain("--schedule constant (the default)");
    const env = { TRAIN_MNIST_OPTIMIZER: "adam" };
    expect(await refusal(["--momentum", "0.5"], env)).toContain(
      "--momentum 0.5 is for --optimizer sgd or nesterov, not for --optimizer adam (of the environment)",
    );
  });
});

describe("--print-config", () => {
  test.each([
    { args: [] },
    { args: ["--hidden", "none", "--train-size", "7", "--lr", "1e-7", "--data-dir", 'a "b" c'] },
    { args: ["--recipe", "nielsen-ch5-depth-4", "--executor", "reference", "--dataset", "kmnist"] },
  ])("prints a file that prints itself: $args", async ({ args }) => {
    const first = await run([...args, "--print-config"]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const again = await run(["--config", configFile(first.stdout), "--print-config"]);
    expect(again).toEqual(first);
  });

  test("has what a saved run says where that is resumed, or gives the weights", async () => {
    const file = join(temporaryDirectory(), "model.safetensors");
    const flags = ["--data-dir", dataDirectory(), "--validation-size", "10", "--epochs", "2"];
    await run([...flags, "--hidden", "7", "--activation", "tanh", "--save", file]);
    const configOf = async (...args: string[]) =>
      JSON.parse((await run([...args, "--print-config"])).stdout);
    const own = { hidden: [7], activation: "tanh" };
    expect(await configOf("--resume", file, "--epochs", "5")).toMatchObject({ ...own, epochs: 5 });
    expect(await configOf("--resume", file)).toMatchObject({ ...own, epochs: 2 });
    expect(await configOf("--start-from", file)).toMatchObject({ ...own, epochs: 20 });
  });

  test("prints a file that gives the same run", async () => {
    const directory = dataDirectory();
    const flags = [
      ...["--data-dir", directory, "--validation-size", "10", "--epochs", "2", "--seed", "9"],
      ...["--hidden", "8,6", "--lr", "0.3", "--activation", "tanh"],
    ];
    const { stdout: file } = await run([...flags, "--print-config"]);
    const weights = async (args: string[]) => {
      const { stdout } = await run([...args, "--json"]);
      const [{ date, ...start }, ...others] = linesOf(stdout).map((line) => JSON.parse(line));
      return [start, others.at(-1).weightsSha256];
    };
    const [start, hash] = await weights(["--config", configFile(file)]);
    expect([start, hash]).toEqual(await weights(flags));
    expect(start).toMatchObject({ dataset: basename(directory), epochs: 2, hidden: [8, 6] });
  });
});

describe("wrong usage of --config: exit code 2 and one line that names the place", () => {
  test.each([
    { what: "an unknown name", content: { epoch: 3 }, says: ["epoch ", "did you mean epochs?"] },
    { what: "a name like no other", content: { zzzzzz: 3 }, says: ["zzzzzz", "--print-config"] },
    { what: "a flag that is no setting", content: { json: true }, says: ["json ", "--json"] },
    { what: "a name twice", content: '{"lr": 1,\n "learningRate": 2}', says: ["line 2", "lr"] },
    { what: "a value out of range", content: { epochs: 0 }, says: ["epochs", "0", "from 1 on"] },
    {
      what: "a word for a number",
      content: { lambda: "x" },
      says: ['"x"', "number from 0 to 1e38"],
    },
    { what: "a list for a number", content: { epochs: [3] }, says: ["[3]", "not a list"] },
    { what: "a number for a folder", content: { dataDir: 3 }, says: ["dataDir", "a string"] },
    { what: "an unknown choice", content: { cost: "mse" }, says: ["mse", "softmax"] },
    { what: "a wrong item", content: { hidden: [30, 0.5] }, says: ["[30,0.5]", "whole numbers"] },
    {
      what: "settings that exclude each other",
      content: { dataset: "mnist", dataDir: "x" },
      says: ["dataset", "dataDir", "exclude"],
    },
    { what: "a value of a flag's setting", content: { seed: -1 }, says: ["-1", "4294967295"] },
  ])("$what", async ({ content, says }) => {
    const path = configFile(content);
    const message = await refusal(["--config", path, "--seed", "4"]);
    for (const words of [path, "line ", ...says]) expect(message).toContain(words);
  });

  test("malformed JSON, with line and column", async () => {
    const path = configFile('{\n  "epochs": 3,\n}');
    expect(await refusal(["--config", path])).toContain(
      `${path}, line 3, column 1: expected a name`,
    );
  });

  test.each([
    {
      what: "name",
      content: { ["x".repeat(500_000)]: 3 },
      says: /: x{60}… \(500000 characters\) is/,
    },
    {
      what: "value",
      content: { cost: "x".repeat(500_000) },
      says: /"x{59}… \(500002 characters\):/,
    },
    { what: "number", content: { seed: "1".repeat(500_000) }, says: /"1{59}… / },
    { what: "list", content: { seed: Array(100_000).fill(30) }, says: /\[(30,){19}30… / },
  ])("a long $what, which is shortened", async ({ content, says }) => {
    expect(await refusal(["--config", configFile(content)])).toMatch(says);
  });

  test("a file that is too long", async () => {
    const path = configFile(`{"cost": "${"x".repeat(1_000_000)}"}`);
    expect(await refusal(["--config", path])).toContain(`${path} has more than a million bytes`);
  });

  test.skipIf(process.platform === "win32")("a device without an end", async () => {
    expect(await refusal(["--config", "/dev/zero"])).toContain("/dev/zero has more than a million");
  });

  test("a file that is not there", async () => {
    const path = join(temporaryDirectory(), "none.json");
    expect(await refusal(["--config", path])).toMatch(
      /none\.json: no such file or directory; check the name\n$/,
    );
  });

  test("a directory", async () => {
    const path = join(temporaryDirectory(), "run.json");
    mkdirSync(path);
    expect(await refusal(["--config", path])).toContain(path);
  });
});

test.skipIf(process.platform === "win32")("--config reads a pipe to its end", async () => {
  const command = [process.execPath, script, "--config", "/dev/stdin", "--print-config"];
  const child = spawn("sh", ["-c", 'cat | "$0" "$@"', ...command], { env: environment() });
  const outcome = outcomeOf(child);
  child.stdin.write('{"seed": 4,');
  setTimeout(() => child.stdin.end(`${" ".repeat(100_000)}"epochs": 7}`), 300);
  const { code, stdout } = await outcome;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ seed: 4, epochs: 7 });
});

describe("wrong variables of the environment: exit code 2 and one line that names them", () => {
  test.each([
    { env: { TRAIN_MNIST_EPOCHS: "0" }, says: ["TRAIN_MNIST_EPOCHS", '"0"', "from 1 on"] },
    { env: { TRAIN_MNIST_EPOCH: "3" }, says: ["TRAIN_MNIST_EPOCH ", "TRAIN_MNIST_EPOCHS?"] },
    { env: { TRAIN_MNIST_QUIET: "true" }, says: ["TRAIN_MNIST_QUIET", "--quiet"] },
  ])("$env", async ({ env, says }) => {
    const message = await refusal([], env);
    for (const words of says) expect(message).toContain(words);
  });

  test("but those that resemble no setting are other programs'", async () => {
    expect(await settings([], { TRAIN_MNIST_WORKSHOP: "3" })).toEqual(await settings([]));
  });
});

test.each([
  { name: "nielsen-ch1-31", says: "nielsen-ch1-30" },
  { name: "NIELSEN-CH3-BEST", says: "nielsen-ch3-best" },
  { name: "zzzzzz", says: "train-mnist recipes" },
])("an unknown recipe is refused, with the nearest named: $name", async ({ name, says }) => {
  const message = await refusal(["--recipe", name]);
  for (const words of [name, says]) expect(message).toContain(words);
});
