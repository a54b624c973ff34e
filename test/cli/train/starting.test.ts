/** Runs that start from weights that are there already. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  encodeSafetensors,
  parseSafetensors,
  type Tensor,
} from "../../../src/checkpoints/index.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";
import { run } from "../../support/here.js";
import { endOf, eventsOf, expectRefusal, prepare } from "./short-run.js";

/** The file of a run, as it was saved, and as a file of weights alone with the names that PyTorch gives. */
async function trained(...more: string[]) {
  const prepared = prepare();
  const { flags, file, directory } = prepared;
  const network = [...flags, "--activation", "tanh", "--cost", "softmax", ...more];
  const outcome = await run([...network, "--json", "--save", file]);
  const { tensors } = parseSafetensors(readFileSync(file), file);
  const weights = join(directory, "weights.safetensors");
  const renamed = [...tensors].flatMap(([name, tensor]): [string, Tensor][] => {
    const [, l, part] = /^layers\.(\d+)\.(\w+)$/.exec(name) ?? [];
    return l === undefined ? [] : [[`${2 * Number(l)}.${part}`, tensor]];
  });
  write(weights, new Map(renamed));
  return { ...prepared, network, weights, tensors: new Map(renamed), digest: endOf(outcome)! };
}

function write(file: string, tensors: ReadonlyMap<string, Tensor>): void {
  const metadata = new Map([["format", "pt"]]);
  writeFileSync(file, Buffer.concat(encodeSafetensors({ tensors, metadata })));
}

const startOf = (outcome: Parameters<typeof eventsOf>[0]) =>
  eventsOf(outcome)[0] as unknown as Record<string, unknown>;

describe("--start-from", () => {
  test("begins with the weights of a saved network, its sizes and functions, on other data", async () => {
    const { file, weights, digest } = await trained();
    const other = dataDirectory({ ...separableDataset(90, 30), name: "others" });
    const flags = ["--data-dir", other, "--validation-size", "0", "--epochs", "1", "--json"];
    const still = ["--learning-rate", "1e-30", "--batch-size", "1"];
    const before = await run(["evaluate", file, "--data-dir", other, "--json"]);

    const ours = await run([...flags, ...still, "--start-from", file]);
    expect(startOf(ours)).toMatchObject({
      ...{ layers: [100, 8, 10], activation: "tanh", cost: "softmax", startFrom: digest },
    });
    expect(endOf(ours)).toBe(digest);
    const { accuracy, loss } = JSON.parse(before.stdout);
    expect(eventsOf(ours)[1]).toMatchObject({ testAccuracy: accuracy, testLoss: loss });

    const functions = ["--activation", "tanh", "--cost", "softmax"];
    const theirs = await run([...flags, ...still, ...functions, "--start-from", weights]);
    expect(startOf(theirs)).toMatchObject({ layers: [100, 8, 10], startFrom: digest });
    expect(endOf(theirs)).toBe(digest);

    const tuned = await run([...flags, "--learning-rate", "0.5", "--start-from", file]);
    expect(endOf(tuned)).not.toBe(digest);
    const { stderr } = await run(["--start-from", file, "--data-dir", other, "--epochs", "1"]);
    expect(stderr).toContain("recipe default, except --hidden, --activation");
    expect(stderr).toContain(`tanh, softmax, starting from weights ${digest.slice(0, 16)}…`);
  });

  test("is recorded in the run, which resumes exactly without the file", async () => {
    const { data, file, directory, digest } = await trained();
    const saved = join(directory, "tuned.safetensors");
    const flags = [
      ...data,
      "--validation-size",
      "10",
      "--seed",
      "3",
      "--momentum",
      "0.5",
      "--json",
    ];
    const whole = await run([...flags, "--start-from", file, "--epochs", "4"]);
    await run([...flags, "--start-from", file, "--epochs", "2", "--save", saved]);
    const first = join(directory, "first.safetensors");
    renameSync(file, first);
    const shown = await run(["show", saved, "--json"]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ startFrom: digest });
    const resumed = await run([...data, "--resume", saved, "--epochs", "4", "--json"]);
    expect(startOf(resumed)).toMatchObject({ startFrom: digest });
    expect(endOf(resumed)).toBe(endOf(whole));
    expect((await run(["show", saved])).stdout).toMatch(/started from +weights/);
    const table = await run(["compare", first, saved, "--json"]);
    expect(table.stdout).toContain(digest);
  });

  test("resumes with the command that it was begun with, a recipe for another network included", async () => {
    const { data, file, directory } = await trained();
    const saved = join(directory, "tuned.safetensors");
    const sizes = ["--validation-size", "10", "--batch-size", "7"];
    const command = [...data, "--recipe", "default", ...sizes];
    const first = [...command, "--start-from", file, "--epochs", "1"];
    expect(await run([...first, "--save", saved])).toMatchObject({ code: 0 });
    expect(await run([...command, "--epochs", "1", "--resume", saved])).toMatchObject({ code: 0 });
    const other = await run([...command, "--hidden", "9", "--resume", saved]);
    expectRefusal(other, 2, /--hidden 9 does not agree with .*, which has --hidden 8/);
  });

  test("makes another run, which does not replace one that started from other weights", async () => {
    const { data, network, file, directory } = await trained();
    const saved = join(directory, "tuned.safetensors");
    const settings = network.filter((flag) => flag !== "--json");
    await run([...settings, "--save", saved]);
    const outcome = await run([...settings, "--start-from", file, "--save", saved]);
    expectRefusal(outcome, 2, /--start-from none instead of [\da-f]{64}/);
    expect(data).toHaveLength(2);
  });

  test("refuses what does not fit, in one sentence with both shapes", async () => {
    const { data, file, weights, tensors } = await trained();
    const wide = await run([...data, "--start-from", file, "--hidden", "9,9"]);
    expectRefusal(
      wide,
      2,
      /\[100,8,10\], which does not fit: .* with --hidden 9,9 needs \[100,9,9,10\]/,
    );
    const generated = await run(["--dataset", "generated", "--start-from", weights]);
    expectRefusal(generated, 2, /\[100,8,10\], which does not fit: generated needs \[784,8,10\]/);
    const resumed = await run([...data, "--start-from", file, "--resume", file]);
    expectRefusal(resumed, 2, /--start-from <file>' cannot be used with option '--resume/);

    const vector = { shape: [8], data: new Float32Array(8) };
    const refusals: [(changed: Map<string, Tensor>) => unknown, RegExp][] = [
      [
        (t) => t.set("2.weight", { shape: [10, 7], data: new Float32Array(70) }),
        /2\.weight of shape 10×7, where any×8 is expected/,
      ],
      [
        (t) => t.set("0.bias", { shape: [7], data: new Float32Array(7) }),
        /0\.bias of shape 7, where 8 is expected/,
      ],
      [(t) => t.delete("2.bias"), /lacks the tensor 2\.bias/],
      [
        (t) => t.set("1.running_mean", vector),
        /has the tensor 1\.running_mean, where only weights and biases/,
      ],
      [(t) => t.set("1.weight", vector), /1\.weight of shape 8, where any×8 is expected/],
      [
        (t) => t.set("other.0.weight", vector),
        /more than one network, such as ….weight and other\.….weight/,
      ],
      [
        (t) => t.set("0.bias", { shape: [8], data: new Float32Array(8).fill(Number.NaN) }),
        /0\.bias that are not finite/,
      ],
      [(t) => t.clear(), /has no tensors/],
    ];
    for (const [change, says] of refusals) {
      const changed = new Map(tensors);
      change(changed);
      write(weights, changed);
      expectRefusal(await run([...data, "--start-from", weights]), 1, says);
    }
    writeFileSync(weights, "no network");
    expectRefusal(
      await run([...data, "--start-from", weights]),
      1,
      /weights\.safetensors is not a safetensors/,
    );
  });

  test("is left out of the command that resumes an interrupted run", async () => {
    const { commandToResume } = await import("../../../src/cli/train/resumption.js");
    const args = ["--hidden", "8", "--start-from", "w.safetensors", "--save", "r.safetensors"];
    expect(commandToResume("train-mnist", args, "r.safetensors")).toBe(
      "train-mnist --hidden 8 --resume r.safetensors",
    );
  });
});
