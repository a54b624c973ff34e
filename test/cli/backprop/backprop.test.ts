import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { documentOf } from "../../../src/cli/backprop/document.js";
import { markdownOf } from "../../../src/cli/backprop/markdown.js";
import { exitCodeOf } from "../../../src/cli/backprop/run.js";
import { textOf } from "../../../src/cli/backprop/text.js";
import { algebra, reportOn, rule } from "../../../src/derivation/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { exercise } from "../../derivation/exercises.js";
import { linesOf, outcomeOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";
import { hasTerminal, screenOf, startInTerminal } from "../../support/terminal.js";

const SMALL = ["backprop", "--layers", "2,3,2"];

const widthOf = (line: string) => [...line.replace(/\p{Mark}/gu, "")].length;

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

describe("backprop", () => {
  test("derives the four equations in lines of at most 80 characters", async () => {
    for (const more of [[], ["--cost", "softmax", "--values"], ["--cost", "cross-entropy"]]) {
      const { code, stdout, stderr } = await run([...SMALL, ...more]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      for (const equation of ["BP1, layer 2", "BP2, layer 1", "BP3, layer 1", "BP4, layer 1"]) {
        expect(stdout).toContain(equation);
      }
      expect(linesOf(stdout).filter((line) => widthOf(line) > 80)).toEqual([]);
      expect(stdout).not.toContain("✗");
      expect(stdout).not.toContain("\u001b");
    }
  });

  test("prints what the README shows of it", async () => {
    const [, args, excerpt] =
      /<!-- backprop -->\n```\n\$ npx train-mnist (.+)\n([\s\S]+?)```/.exec(readme) ?? [];
    const { stdout } = await run((args as string).split(" "));
    const parts = (excerpt as string).split("…\n").map((part) => part.trim());
    for (const part of parts.filter((part) => part !== "")) expect(stdout).toContain(part);
    expect(parts.length).toBeGreaterThan(1);
  });

  test.each([
    ["--layers 2,2 --activation relu", "--activation relu has no effect: with --layers 2,2, "],
    ["--hidden none --activation tanh", "--activation tanh has no effect: with --hidden none, "],
    ["--layers 2,2 --cache-dir x", "cannot be used with option '--cache-dir <dir>'"],
  ])("refuses %s", async (flags, says) => {
    const { code, stdout, stderr } = await run(["backprop", ...flags.split(" ")]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
  });

  test("takes a digit of a folder of data, and says which", async () => {
    const flags = ["--data-dir", dataDirectory(), "--digit", "3", "--hidden", "4"];
    const { code, stdout } = await run(["backprop", ...flags, "--json"]);
    const { network, proof, holds } = JSON.parse(stdout);
    expect({ code, holds }).toEqual({ code: 0, holds: true });
    expect(network.sizes.slice(1)).toEqual([4, 10]);
    expect(network.sample).toMatch(/^image 3 of /);
    expect(proof.comparisons).toHaveLength(6);
  });

  test("without data it takes a generated digit, and fetches none", async () => {
    const cache = temporaryDirectory();
    const { code, stderr } = await run(["backprop", "--cache-dir", cache, "--hidden", "3"]);
    expect({ code, files: readdirSync(cache) }).toEqual({ code: 0, files: [] });
    expect(stderr).toMatch(/^mnist is not in the cache: [^\n]+ Using generated digits instead\.\n/);
  });

  test("the seed decides the weights, and nothing else does", async () => {
    const printed = async (seed: string) =>
      (await run([...SMALL, "--values", "--seed", seed])).stdout;
    const [first, again, other] = [await printed("1"), await printed("1"), await printed("2")];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe("--json", () => {
  test("holds all of it", async () => {
    const { stdout } = await run([...SMALL, "--json", "--values", "--activation", "tanh"]);
    const data = JSON.parse(stdout);
    expect(Object.keys(data)).toEqual([
      "network",
      "forward",
      "adjoint",
      "derivations",
      "proof",
      "holds",
    ]);
    for (const line of [...data.forward, ...data.adjoint]) {
      expect(line.symbol.text).toBeTypeOf("string");
      expect(line.right.latex).toBeTypeOf("string");
      expect(line.value).toHaveLength(line.shape[0]);
      expect(line.value[0]).toHaveLength(line.shape[1]);
    }
    for (const { rules } of data.adjoint.slice(1)) expect(rules.length).toBeGreaterThan(0);
    expect(data.derivations.map(({ equation }: { equation: string }) => equation)).toEqual([
      ...["BP1", "∇ₐC", "BP3", "BP4"],
      ...["BP2", "BP3", "BP4"],
    ]);
    for (const { steps, reached, holds } of data.derivations) {
      expect({ reached, holds }).toEqual({ reached: true, holds: true });
      for (const { holds, reason } of steps)
        expect([holds, typeof reason]).toEqual([true, "string"]);
    }
    expect(data.proof.backward.operations).toBeGreaterThan(0);
  });
});

describe("--format markdown", () => {
  test("is a document whose formulas have balanced braces and no plain indices", async () => {
    const { code, stdout } = await run([...SMALL, "--format", "markdown", "--values"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# /);
    const formulas = stdout.match(/\$\$[^$]+\$\$/g) ?? [];
    expect(formulas.length).toBeGreaterThan(8);
    for (const formula of formulas) {
      const mathematics = formula.replace(/\\text\{[^}]*\}/g, "");
      expect(mathematics).not.toMatch(/[⁰¹²³⁴-⁹₀-₉δσ⊙∇∂−]|\p{Mark}|[āȳ]/u);
      expect(formula.split("{").length).toBe(formula.split("}").length);
      expect(formula.split("\\begin").length).toBe(formula.split("\\end").length);
    }
  });
});

describe("--graph", () => {
  test.each([
    [".svg", /^<svg /],
    [".dot", /^digraph /],
    [".mmd", /^flowchart /],
  ])("writes %s", async (ending, beginning) => {
    const directory = temporaryDirectory();
    const file = join(directory, `graph${ending}`);
    writeFileSync(file, "old");
    const { code, stderr } = await run([...SMALL, "--graph", file]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `replacing ${file}\nthe graph is in ${file}\n`,
    });
    expect(readFileSync(file, "utf8")).toMatch(beginning);
    expect(readdirSync(directory)).toEqual([`graph${ending}`]);
  });

  test("cannot be written where there is no folder: one sentence, exit code 1", async () => {
    const file = join(temporaryDirectory(), "missing", "graph.svg");
    const { code, stdout, stderr } = await run([...SMALL, "--graph", file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: Cannot write [^\n]+\.\n$/);
  });
});

describe("refusals: one line on stderr, nothing on stdout", () => {
  test.each([
    { args: ["--graph", "graph.png"], code: 2, says: ".svg" },
    { args: ["--graph", "graph"], code: 2, says: ".svg" },
    { args: ["--layers", "2"], code: 2, says: "at least two" },
    { args: ["--layers", "2,0"], code: 2, says: "'2,0'" },
    { args: ["--layers", "3,1", "--cost", "softmax"], code: 2, says: "at least two" },
    { args: ["--layers", "2,2", "--digit", "1"], code: 2, says: "--digit" },
    { args: ["--layers", "2,2", "--hidden", "3"], code: 2, says: "--hidden" },
    { args: ["--activation", "gelu"], code: 2, says: "gelu" },
    { args: ["--json", "--format", "markdown"], code: 2, says: "--format" },
    { args: ["--data-dir", "x", "--dataset", "mnist"], code: 2, says: "--dataset" },
    { args: ["--dataset", "minst"], code: 2, says: "fashion-mnist" },
    { args: ["--digit", "-1"], code: 2, says: "'-1'" },
    { args: ["--digit", "80", "--data-dir"], code: 2, says: "--digit 80 should be at most 79" },
    { args: ["--data-dir", "nowhere"], code: 1, says: "nowhere" },
    { args: ["word"], code: 2, says: "'word'" },
  ])("$args", async ({ args, code, says }) => {
    const all = args.at(-1) === "--data-dir" ? [...args, dataDirectory()] : args;
    const outcome = await run(["backprop", ...all]);
    expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: "" });
    expect(outcome.stderr).toMatch(/^train-mnist: [^\n]+\n$/);
    expect(outcome.stderr).toContain(says);
  });
});

describe("an equality that does not hold", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const doubled = rule(["doubled"], (node) =>
    node.kind === "application" && node.name === "subtract" ? node.inputs[0] : undefined,
  );
  const choice = { sizes: [2, 2], activation: "sigmoid", cost: "cross-entropy" } as const;
  const report = reportOn(exercise(choice), { rules: { ...algebra, signs: doubled } });
  const blocks = documentOf(report, { sample: "a sample", seed: 1, values: false });

  test("is marked, with the difference, in text and in the document", () => {
    const text = textOf(blocks, { width: 80, paint: (_, words) => words });
    expect(text).toMatch(/✗ doubled: differs\s+by \d/);
    expect(text).toContain("do NOT reach their equation");
    expect(markdownOf(blocks)).toContain("\\times");
  });

  test("makes the exit code 1, and says so", () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(exitCodeOf(report)).toBe(1);
    expect(write).toHaveBeenCalledWith(expect.stringContaining("not every equality holds"));
  });
});

describe.runIf(hasTerminal)("in a terminal", () => {
  test("it fits a narrow one, in colours unless NO_COLOR forbids them", async () => {
    const shown = async (env: NodeJS.ProcessEnv) =>
      (await outcomeOf(startInTerminal(66, SMALL, env))).stdout;
    const coloured = await shown({});
    expect(coloured).toContain("\u001b[32m✓");
    const lines = screenOf(coloured);
    expect(lines.filter((line) => widthOf(line) > 66)).toEqual([]);
    expect(await shown({ NO_COLOR: "1" })).not.toContain("\u001b[3");
  });

  test("it says how far it is, and takes that away again", async () => {
    const { stdout } = await outcomeOf(startInTerminal(66, SMALL));
    const seen: string[] = [];
    const rows = screenOf(stdout, (row) => seen.push(row));
    expect(seen).toContain("comparing with finite differences: 100%");
    expect(rows[0]).toBe("Backpropagation, derived by reverse-mode differentiation");
    const { stdout: dumb } = await outcomeOf(startInTerminal(66, SMALL, { TERM: "dumb" }));
    expect(dumb).not.toContain("comparing with finite differences:");
  });
});

test("backprop --help begins with examples, within 80 columns", async () => {
  const { code, stdout } = await run(["backprop", "--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Examples:\n {2}train-mnist backprop/);
  expect(linesOf(stdout).filter((line) => line.length > 80)).toEqual([]);
});
