import { readFileSync } from "node:fs";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { commandEntries } from "../../src/cli/commands.js";
import { introduction } from "../../src/cli/help/introduction.js";
import { columnsOf } from "../../src/cli/terminal/width.js";
import { outcomeOf, run, runAndTrace } from "../support/command.js";
import { hasTerminal, startInTerminal } from "../support/terminal.js";

const FLAGS = [
  "--epochs",
  "--learning-rate",
  "--batch-size",
  "--hidden",
  "--activation",
  "--cost",
  "--init",
  "--lambda",
  "--momentum",
  "--seed",
  "--train-size",
  "--validation-size",
  "--elastic",
  "--elastic-field",
  "--rotation",
  "--shear",
  "--scaling",
  "--save",
  "--save-every",
  "--keep-best",
  "--overwrite",
  "--resume",
  "--executor",
  "--threads",
  "--simd",
  "--backend",
  "--data-dir",
  "--test-dir",
  "--json",
  "--quiet",
  "--view",
  "--port",
  "--dry-run",
  "--help",
  "--version",
];

describe("--help", () => {
  test.each([{ args: ["--help"] }, { args: ["-h"] }, { args: ["train", "--help"] }])(
    "$args prints examples first, every flag and the exit codes on stdout, and exits with 0",
    async ({ args }) => {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/^Examples:\n {2}train-mnist /);
      for (const flag of FLAGS) expect(stdout).toContain(`${flag} `);
      for (const words of ["TRAIN_MNIST_DATA", "NO_COLOR", "FORCE_COLOR", "Exit codes:", "130"]) {
        expect(stdout).toContain(words);
      }
    },
  );

  test.each([[], ...commandEntries.map(({ name }) => [name])])(
    "has lines of at most 80 characters: %s",
    async (...command) => {
      const { stdout } = await run([...command, "--help"]);
      expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test.runIf(hasTerminal).each([[], ...commandEntries.map(({ name }) => [name])])(
    "fits a terminal of 40 columns, but for commands to copy: %s",
    async (...command) => {
      const { stdout } = await outcomeOf(startInTerminal(40, [...command, "--help"]));
      const isCommand = /^(Usage:| {2}(train-mnist|scan-digit) )/;
      const lines = stdout.split(/\r?\n/).filter((line) => !isCommand.test(line));
      expect(lines.length).toBeGreaterThan(5);
      expect(lines.filter((line) => columnsOf(line) > 40)).toEqual([]);
      for (const line of stdout.split("\n").filter((line) => / {2}train-mnist /.test(line))) {
        expect(line.trim()).not.toContain("  ");
      }
    },
  );

  test("has paragraphs that fit a narrow terminal, where they tell of a command", () => {
    const command = new Command("say");
    command.configureOutput({ getOutHelpWidth: () => 40 });
    const text = introduction("  say it", "Whatever is said here\nis wrapped again, to fit.");
    expect(text({ command, error: false })).toBe(
      "Examples:\n  say it\n\nWhatever is said here is wrapped again,\nto fit.\n",
    );
  });
});

describe("--help answers at once", () => {
  /** What the command prints, and the modules, of this package and others, in the files that it reads. */
  const loaded = async (...args: string[]) => {
    const { stdout, files } = await runAndTrace(args);
    return { stdout, modules: files.flatMap(modulesIn) };
  };

  /** Those of a bundled file, of which comments tell; or the file of another package itself. */
  const modulesIn = (url: string): string[] => {
    if (!url.includes("/dist/bin/")) return url.match(/node_modules\/(.*)/)?.slice(1) ?? [];
    const text = readFileSync(new URL(url), "utf8");
    return [...text.matchAll(/^\/\/ dist\/src\/(.*)$/gm)].map(([, name]) => name as string);
  };

  /** Help that no file has ready, as another flag is before it. */
  const made = () => loaded("--quiet", "--help");

  test.each([{ command: [] }, { command: ["train"] }])(
    "with what the build has written, which is what the flags make now ($command)",
    async ({ command }) => {
      const ready = await loaded(...command, "--help");
      expect(ready.stdout).toBe((await made()).stdout);
      expect(ready.modules.length).toBeLessThan(6);
      expect(ready.modules.every((name) => name.startsWith("cli/"))).toBe(true);
    },
  );

  test("where it is made, too: from the command line alone, without what trains", async () => {
    const { modules } = await made();
    expect(modules).toContain("cli/options/settings.js");
    const trains = modules.filter((name) => /^(autodiff|engine|training)/.test(name));
    expect(trains.sort()).toEqual([
      "training/evaluation/measuring.js",
      "training/settings/choices.js",
      "training/settings/ranges.js",
      "training/settings/settings.js",
    ]);
  });
});

test.each(["--version", "-V"])("%s prints the version of the package alone", async (flag) => {
  const file = new URL("../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  expect(await run([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});
