import { type Command, InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import { commandEntries } from "../../src/cli/commands.js";
import { createProgram } from "../../src/cli/program.js";
import type { Outcome } from "../support/command.js";
import { dataDirectory } from "../support/data-directory.js";
import { run } from "../support/here.js";

/** One line on stderr, nothing on stdout, and the exit code for wrong usage. */
function expectRefusal({ code, stdout, stderr }: Outcome, says: readonly string[]): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
  for (const words of says) expect(stderr).toContain(words);
}

describe("wrong usage: exit code 2, one line on stderr, nothing on stdout", () => {
  test.each([
    { args: ["--epoch", "3"], says: ["--epoch'", "--epochs"] },
    { args: ["--jsno"], says: ["--jsno", "--json"] },
    { args: ["--batchsize", "3"], says: ["--batchsize", "--batch-size"] },
    { args: ["--quite"], says: ["--quite", "--quiet"] },
    { args: ["--zzzzzz"], says: ["--zzzzzz"] },
    { args: ["--early-stopping", "3"], says: ["--early-stopping", "try --patience"] },
    { args: ["--weight-decay=3"], says: ["--weight-decay=3", "try --lambda"] },
    { args: ["-x"], says: ["-x"] },
    { args: ["--json=yes"], says: ["--json"] },
  ])("an unknown flag, with the nearest named: $args", async ({ args, says }) => {
    expectRefusal(await run(args), says);
  });

  test.each([
    [["--zzzzzz"], "train-mnist"],
    [["train", "--zzzzzz"], "train-mnist train"],
    [["compare"], "train-mnist compare"],
    [["data", "show", "--zzzzzz"], "train-mnist data show"],
    [["sweep", "status", "folder", "--zzzzzz"], "train-mnist sweep status"],
  ])("%j points to the help of %s", async (args, command) => {
    expectRefusal(await run(args), [`; see ${command} --help\n`]);
  });

  test.each([
    { args: ["trian"], says: ["trian"] },
    { args: ["train", "more"], says: ["more"] },
    { args: ["--epochs", "1", "2"], says: ["2"] },
    { args: ["--", "word"], says: ["word"] },
  ])("an unknown word: $args", async ({ args, says }) => {
    expectRefusal(await run(args), says);
  });

  test.each([
    ["--epochs", "0"],
    ["--epochs", "1.5"],
    ["--epochs", ""],
    ["--learning-rate", "0"],
    ["--learning-rate", "fast"],
    ["--lr", "-3"],
    ["--batch-size", "0"],
    ["--hidden", "30,"],
    ["--hidden", "65537"],
    ["--activation", "relu6"],
    ["--cost", "mse"],
    ["--init", "xavier"],
    ["--lambda", "-0.1"],
    ["--momentum", "1"],
    ["--optimizer", "adagrad"],
    ["--schedule", "linear"],
    ["--lr-end", "0"],
    ["--lr-step", "0"],
    ["--warmup", "-1"],
    ["--patience", "0"],
    ["--target-accuracy", "98"],
    ["--target-accuracy", "0"],
    ["--dropout", "1"],
    ["--dropout", "0.001"],
    ["--input-dropout", "-0.1"],
    ["--max-norm", "0"],
    ["--elastic", "6"],
    ["--elastic-field", "0"],
    ["--rotation", "90"],
    ["--shear", "-1"],
    ["--scaling", "100"],
    ["--executor", "gpu"],
    ["--threads", "0"],
    ["--simd", "64"],
    ["--backend", "mkl"],
    ["--seed", "-1"],
    ["--seed", "4294967296"],
    ["--train-size", "0"],
    ["--validation-size", "-1"],
  ])("an impossible value: %s '%s'", async (flag, word) => {
    expectRefusal(await run([flag, word]), [flag, `'${word}'`]);
  });

  test.each(["--epochs", "--learning-rate", "--hidden", "--cost", "--seed", "--data-dir"])(
    "%s without a value",
    async (flag) => {
      expectRefusal(await run([flag]), [flag, "missing"]);
    },
  );

  test.each([
    ["--data-dir", ""],
    ["--save", ""],
    ["--config", ""],
    ["data", "fetch", "--cache-dir", ""],
    ["reproduce", "--out", ""],
    ["evaluate", ""],
  ])("an empty name of a file or a folder: %s %s %s", async (...args) => {
    const words = args.filter((word) => word !== undefined);
    expectRefusal(await run(words), ["'' is invalid", "the name of a file or a folder"]);
  });

  test.each([
    {
      args: ["--validation-size", "80"],
      says: ["--validation-size 80", "less than 80, the number of training images"],
    },
    { args: ["--validation-size", "0", "--train-size", "81"], says: ["--train-size 81", "80"] },
    {
      args: ["--validation-size", "10", "--train-size", "71"],
      says: ["--train-size 71", "--validation-size 10", "80"],
    },
    {
      args: ["--validation-size", "10", "--batch-size", "71"],
      says: ["--batch-size 71", "at most 70"],
    },
    {
      args: ["--validation-size", "10", "--lr", "7", "--lambda", "10"],
      says: ["--learning-rate 7", "--lambda 10", "70 images"],
    },
    { args: ["--optimizer", "adam", "--momentum", "0.9"], says: ["--momentum", "adam"] },
    { args: ["--optimizer", "nesterov"], says: ["nesterov", "--momentum"] },
    { args: ["--lr", "0.5", "--lr-end", "0.1"], says: ["--lr-end", "--schedule", "constant"] },
    { args: ["--schedule", "cosine", "--lr-step", "2"], says: ["--lr-step", "cosine"] },
    { args: ["--warmup", "20"], says: ["--warmup 20", "--epochs 20 (the default)"] },
    {
      args: ["--schedule", "cosine", "--lr-end", "5"],
      says: ["--lr-end 5", "--learning-rate 0.5"],
    },
    ...[
      ["--patience", "3"],
      ["--target-accuracy", "0.9"],
      ["--schedule", "plateau"],
    ].map((flag) => ({
      args: ["--validation-size", "0", ...flag],
      says: [flag[0] as string, "--validation-size 0"],
    })),
  ])("values that do not fit together, or the data: $args", async ({ args, says }) => {
    const directory = dataDirectory();
    expectRefusal(await run(["--data-dir", directory, ...args]), says);
    expectRefusal(await run(["--data-dir", directory, "--json", ...args]), says);
  });

  test.each([
    { args: ["--threads", "2"], says: ["--threads", "--executor engine"] },
    { args: ["--simd", "256"], says: ["--simd", "--executor engine"] },
    { args: ["--backend", "blas"], says: ["--backend", "--executor engine"] },
  ])("flags of the engine for the reference interpreter: $args", async ({ args, says }) => {
    expectRefusal(
      await run(["--data-dir", dataDirectory(), "--executor", "reference", ...args]),
      says,
    );
  });
});

test("every flag of every command that names a file or a folder refuses an empty name", async () => {
  const checked: string[] = [];
  for (const { name } of commandEntries) {
    const program = await createProgram([name], () => {});
    const command = program.commands.find((each) => each.name() === name) as Command;
    for (const { options } of [command, ...command.commands]) {
      for (const { flags, parseArg } of options.filter((each) => /<(file|dir)>/.test(each.flags))) {
        expect(() => parseArg?.("", undefined), `${name} ${flags}`).toThrow(InvalidArgumentError);
        checked.push(flags);
      }
    }
  }
  for (const flag of ["--save <file>", "--graph <file>", "--out <dir>", "--record <file>"]) {
    expect(checked).toContain(flag);
  }
});
