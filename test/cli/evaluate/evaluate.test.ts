import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separable, separableDataset } from "../../support/digits.js";
import { run } from "../../support/here.js";
import { savedNetwork } from "../../support/saved.js";

/** A data set whose test images 3 and 4 have each other's labels. */
function mislabelled() {
  const dataset = separableDataset(80, 20);
  const labels = dataset.test.labels.map((label, i) => (i === 3 ? 4 : i === 4 ? 3 : label));
  return { ...dataset, test: { ...dataset.test, labels } };
}

describe("evaluate", () => {
  test("has names for classes that are no digits, in text and in JSON", async () => {
    const file = await savedNetwork(["--data-dir", dataDirectory()]);
    // A folder of this name has clothes, for all that is known.
    const clothes = join(temporaryDirectory(), "fashion-mnist");
    renameSync(dataDirectory(mislabelled()), clothes);
    const { stdout } = await run(["evaluate", file, "--data-dir", clothes]);
    expect(stdout).toMatch(/^3 {2}dress +2 +50\.00% +50\.00%$/m);
    expect(stdout).toContain("\nconfusion matrix: ");
    for (const caption of ["#3 coat", "#4 dress", "taken for dress (", "taken for coat ("]) {
      expect(stdout).toContain(caption);
    }
    const json = JSON.parse(
      (await run(["evaluate", file, "--data-dir", clothes, "--json"])).stdout,
    );
    expect(json.classes[9]).toMatchObject({ class: 9, name: "ankle boot" });
    const shown = await run(["data", "show", "--data-dir", clothes, "--count", "1"]);
    expect(shown.stdout).toMatch(/^#0: \d, [a-zA-Z]/);
  });

  test.each([{ executor: "engine" }, { executor: "reference" }])(
    "gives what is right and wrong as one JSON object ($executor)",
    async ({ executor }) => {
      const file = await savedNetwork(["--data-dir", dataDirectory()]);
      const data = ["--data-dir", dataDirectory(mislabelled())];
      const { code, stdout, stderr } = await run([
        ...["evaluate", file, ...data, "--json", "--executor", executor],
      ]);
      const [line, ...more] = linesOf(stdout);
      const result = JSON.parse(line as string);
      expect({ code, more }).toEqual({ code: 0, more: [] });
      expect(stderr).toContain("not the data that");
      expect(result).toMatchObject({ file, images: 20, accuracy: 0.9, loss: expect.any(Number) });
      expect(result.confusion.map((row: number[], k: number) => row[k])).toEqual([
        ...[2, 2, 2, 1, 1, 2, 2, 2, 2, 2],
      ]);
      expect(result.confusion[3][4]).toBe(1);
      expect(result.classes[3]).toEqual({ class: 3, images: 2, precision: 0.5, recall: 0.5 });
      const mistakes = result.mistakes.map(
        (each: Record<"index" | "label" | "predicted", number>) => {
          return [each.index, each.label, each.predicted];
        },
      );
      expect(mistakes.sort()).toEqual([
        [3, 4, 3],
        [4, 3, 4],
      ]);
      for (const { output } of result.mistakes) expect(output).toBeGreaterThan(0.5);
    },
  );

  test("tests the averages that --ema has measured and saved", async () => {
    const file = await savedNetwork(["--data-dir", dataDirectory()], "--ema", "0.99");
    const { reports } = await readCheckpoint(file);
    const { testAccuracy, testLoss } = reports.at(-1)!;
    const { stdout } = await run(["evaluate", file, "--data-dir", dataDirectory(), "--json"]);
    const { accuracy, loss } = JSON.parse(stdout);
    expect([accuracy, loss]).toEqual([testAccuracy, testLoss]);
    const { stdout: shown } = await run(["show", file]);
    expect(shown).toContain("--ema 0.99");
  });

  test("has the mistakes of which the network is most certain first", async () => {
    const file = await savedNetwork(["--data-dir", dataDirectory()]);
    const dataset = separableDataset(80, 20);
    const labels = dataset.test.labels.map((label) => (label + 1) % 10);
    const data = ["--data-dir", dataDirectory({ ...dataset, test: { ...dataset.test, labels } })];
    const mistakes = async (count: string): Promise<{ index: number; output: number }[]> => {
      const { stdout } = await run(["evaluate", file, ...data, "--json", "--mistakes", count]);
      return JSON.parse(stdout).mistakes;
    };
    const all = await mistakes("20");
    const outputs = all.map(({ output }) => output);
    expect(new Set(outputs).size).toBeGreaterThan(1);
    expect(outputs).toEqual(outputs.toSorted((a, b) => b - a));
    expect(await mistakes("3")).toEqual(all.slice(0, 3));
    const { stdout } = await run(["evaluate", file, ...data, "--mistakes", "1"]);
    expect(linesOf(stdout).filter((line) => line.startsWith("#"))).toEqual([
      expect.stringContaining(`#${all[0]!.index} `),
    ]);
  });

  test("has the accuracy that training ended with", async () => {
    const data = ["--data-dir", dataDirectory()];
    const file = join(temporaryDirectory(), "run.safetensors");
    const trained = await run([...data, "--epochs", "2", "--json", "--save", file]);
    const { testAccuracy } = JSON.parse(linesOf(trained.stdout).at(-1) as string);
    const { stdout, stderr } = await run(["evaluate", file, ...data, "--json"]);
    expect(JSON.parse(stdout).accuracy).toBe(testAccuracy);
    expect(stderr).toBe("");
  });

  test("draws the mistakes next to each other, within 80 columns", async () => {
    const file = await savedNetwork(["--data-dir", dataDirectory()]);
    const data = ["--data-dir", dataDirectory(mislabelled())];
    const { code, stdout } = await run(["evaluate", file, ...data]);
    const lines = linesOf(stdout);
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^test accuracy 90\.00%, loss \d+\.\d{4}, on 20 images of /);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    const captions = lines.filter((line) => line.startsWith("#"));
    expect(captions).toHaveLength(1);
    expect(captions[0]).toMatch(/^#[34] .*#[34] /);
  });

  test("takes the data that the network was trained with, unless told otherwise", async () => {
    const file = await savedNetwork(
      ["--dataset", "generated"],
      "--train-size",
      "1000",
      "--lr",
      "0.5",
    );
    const { code, stdout, stderr } = await run(["evaluate", file, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ dataset: "generated", images: 2000 });
  });

  test("asks for the folder of a data set that cannot be fetched", async () => {
    const file = await savedNetwork(["--data-dir", dataDirectory()]);
    const { code, stdout, stderr } = await run(["evaluate", file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: [^\n]*--data-dir\.\n$/);
  });

  test("refuses images of another size than the network takes", async () => {
    const file = await savedNetwork(["--data-dir", dataDirectory()]);
    const { code, stderr } = await run(["evaluate", file, "--dataset", "generated"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^train-mnist: The images have 28×28 pixels, but the network takes 100\.\n$/m,
    );
  });

  test.each([
    { what: "missing", bytes: undefined, says: "no such file" },
    { what: "of another kind", bytes: separable(2, 1).pixels, says: "safetensors" },
  ])("refuses a network file that is $what, in one line", async ({ bytes, says }) => {
    const file = join(temporaryDirectory(), "x");
    if (bytes !== undefined) writeFileSync(file, bytes);
    const { code, stdout, stderr } = await run(["evaluate", file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
    expect(stderr).toContain(says);
  });

  test.each([
    { args: [] },
    { args: ["a", "--cost", "cubic"] },
    { args: ["a", "--mistakes", "many"] },
    { args: ["a", "--epochs", "3"] },
    { args: ["a", "--dataset", "mnist", "--data-dir", "x"] },
  ])("is used wrongly with $args", async ({ args }) => {
    const { code, stdout, stderr } = await run(["evaluate", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
  });
});
