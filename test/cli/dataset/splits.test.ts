/** Folders of EMNIST, which have several data sets, with more classes than ten. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeIdx } from "../../../src/data/index.js";
import { directoryOf } from "../../data/fixtures.js";
import { linesOf } from "../../support/command.js";
import { run } from "../../support/here.js";
import { endOf, eventsOf, expectRefusal } from "../train/short-run.js";

const SIDE = 9;

/** Images whose one pixel of ink tells their class, stored column by column. */
function part(prefix: string, classes: number, firstLabel: number, times: number) {
  const count = classes * times;
  const pixels = new Uint8Array(count * SIDE ** 2);
  for (let i = 0; i < count; i++) pixels[i * SIDE ** 2 + (i % classes)] = 255;
  const labels = Uint8Array.from({ length: count }, (_, i) => firstLabel + (i % classes));
  return {
    [`${prefix}-images-idx3-ubyte`]: encodeIdx({
      ...{ type: "u8", dimensions: [count, SIDE, SIDE], data: pixels },
    }),
    [`${prefix}-labels-idx1-ubyte`]: encodeIdx({ type: "u8", dimensions: [count], data: labels }),
  };
}

function split(name: string, classes: number, firstLabel = 0) {
  return {
    ...part(`emnist-${name}-train`, classes, firstLabel, 4),
    ...part(`emnist-${name}-test`, classes, firstLabel, 1),
  };
}

const FLAGS = [
  ...["--hidden", "none", "--cost", "softmax", "--lr", "20", "--epochs", "30"],
  ...["--batch-size", "4", "--validation-size", "0"],
];

describe("a folder of EMNIST", () => {
  test("is trained on, saved, resumed, evaluated and shown, with the names of its classes", async () => {
    const folder = directoryOf({ ...split("letters", 26, 1), ...split("byclass", 62) });
    const file = join(folder, "run.safetensors");
    const data = ["--data-dir", folder];
    expectRefusal(
      await run([...data, ...FLAGS]),
      1,
      /has the data sets emnist-byclass, emnist-letters: choose one by its name \(--dataset <name>\) or name a folder that has one alone \(--data-dir <dir>\)\.$/m,
    );
    const letters = [...data, "--dataset", "emnist-letters"];
    const whole = await run([...letters, ...FLAGS, "--json"]);
    expect(eventsOf(whole)[0]).toMatchObject({ dataset: "emnist-letters", layers: [81, 26] });
    expect(eventsOf(whole).at(-1)).toMatchObject({ testAccuracy: 1 });
    await run([...letters, ...FLAGS, "--epochs", "2", "--save", file]);
    const shifted = Uint8Array.from({ length: 26 }, (_, i) => 1 + ((i + 1) % 26));
    const mislabelled = directoryOf({
      ...split("letters", 26, 1),
      "emnist-letters-test-labels-idx1-ubyte": encodeIdx({
        ...{ type: "u8", dimensions: [26], data: shifted },
      }),
    });
    const wrong = linesOf((await run(["evaluate", file, "--data-dir", mislabelled])).stdout);
    const confusions = wrong.slice(wrong.indexOf("the most frequent confusions") + 1);
    expect(confusions.slice(0, 2)).toEqual(["       1  A taken for Z", "       1  B taken for A"]);
    const resumed = await run([...data, "--resume", file, "--epochs", "30", "--json"]);
    expect(endOf(resumed)).toBe(endOf(whole));

    const evaluated = await run(["evaluate", file, ...letters, "--json"]);
    const { classes, accuracy } = JSON.parse(evaluated.stdout);
    expect({ accuracy, last: classes[25] }).toMatchObject({ accuracy: 1, last: { name: "Z" } });
    const text = linesOf((await run(["evaluate", file, ...letters])).stdout);
    expect(text).toContain("no image is taken for another class");
    expect(text.filter((line) => line.length > 80)).toEqual([]);

    const images = join(folder, "emnist-letters-test-images-idx3-ubyte");
    const predicted = await run(["predict", file, images, "--index", "25", "--json"]);
    expect(JSON.parse(predicted.stdout)).toMatchObject({ class: 25, name: "Z" });
    const shown = await run(["data", "show", ...letters, "--label", "25"]);
    expect(shown.stdout).toMatch(/^#25: 25, Z$/m);

    const other = await run(["evaluate", file, ...data, "--dataset", "emnist-byclass"]);
    expectRefusal(other, 2, /tells 26 classes, but emnist-byclass has 62/);
    const report = join(folder, "report.html");
    const drawn = await run(["report", file, ...letters, "--out", report]);
    expect({ code: drawn.code, stderr: drawn.stderr }).toMatchObject({ code: 0 });
  });

  test("may be named in the environment and in a file, and is asked for if it is not", async () => {
    const folder = directoryOf({ ...split("letters", 26, 1), ...split("digits", 10) });
    const dry = ["--dry-run", "--json", "--dataset", "emnist-letters"];
    const variable = await run(dry, { TRAIN_MNIST_DATA: folder });
    expect(eventsOf(variable)[0]).toMatchObject({ dataset: "emnist-letters" });
    const config = join(folder, "config.json");
    writeFileSync(config, JSON.stringify({ dataset: "emnist-digits" }));
    const named = await run(["--dry-run", "--json", "--config", config, "--data-dir", folder]);
    expect(eventsOf(named)[0]).toMatchObject({ dataset: "emnist-digits" });
    expectRefusal(await run(dry), 1, /emnist-letters is not downloaded: .* \(--data-dir <dir>\)/);
    const both = await run(["--dataset", "mnist", "--data-dir", folder]);
    expectRefusal(both, 2, /cannot be used with/);
    const unknown = await run(["--dataset", "emnist", "--data-dir", folder]);
    expectRefusal(unknown, 2, /Allowed choices are mnist/);
  });
});
