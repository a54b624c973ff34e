/** Several networks at once, and files of weights alone, in evaluate and predict. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeSafetensors, parseSafetensors } from "../../../src/checkpoints/index.js";
import { encodeIdx } from "../../../src/data/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, outcomeOf, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { noise } from "../../support/digits.js";
import { run } from "../../support/here.js";
import { savedNetwork } from "../../support/saved.js";
import { expectRefusal } from "../train/short-run.js";

/** Images that networks differ about. */
function images(count = 3): { file: string; bytes: Uint8Array } {
  const { rows, columns, pixels } = noise(count, 5, 10);
  const bytes = encodeIdx({ type: "u8", dimensions: [count, rows, columns], data: pixels });
  const file = join(temporaryDirectory(), "images-idx3-ubyte");
  writeFileSync(file, bytes);
  return { file, bytes };
}

interface Predicted {
  readonly file: string;
  readonly class: number;
  readonly outputs: number[];
  readonly units: string;
}

async function predicted(...args: string[]): Promise<Predicted[]> {
  const { stdout, stderr } = await run(["predict", ...args, "--json"]);
  expect(stderr).toBe("");
  return linesOf(stdout).map((line) => JSON.parse(line));
}

/** Two networks of different sizes and costs that agree in what they take and give. */
async function two(): Promise<{ data: string[]; a: string; b: string }> {
  const data = ["--data-dir", dataDirectory()];
  const a = await savedNetwork(data, "--hidden", "8", "--epochs", "2", "--seed", "1");
  const b = await savedNetwork(
    ...([data, "--hidden", "none", "--cost", "softmax", "--epochs", "1", "--lr", "0.1"] as const),
  );
  return { data, a, b };
}

describe("a committee", () => {
  test("has the mean of the outputs of its networks, wherever they stand among the files", async () => {
    const { a, b } = await two();
    const { file } = images();
    const [ofA, ofB] = [await predicted(a, file), await predicted(b, file)];
    const both = await predicted(a, b, file);
    expect(both).toHaveLength(3);
    for (const [i, { outputs, class: k, units, file: named }] of both.entries()) {
      expect({ units, named }).toEqual({ units: "mixed", named: file });
      outputs.forEach((output, n) => {
        expect(output).toBeCloseTo((ofA[i]!.outputs[n]! + ofB[i]!.outputs[n]!) / 2, 12);
      });
      expect(outputs[k]).toBe(Math.max(...outputs));
    }
    expect(await predicted(file, b, a)).toEqual(both);
  });

  test("is evaluated beside each of its networks", async () => {
    const { data, a, b } = await two();
    const results = await Promise.all(
      [[a], [b], [a, b]].map(async (files) => {
        const { stdout } = await run(["evaluate", ...files, ...data, "--json"]);
        return JSON.parse(stdout);
      }),
    );
    const [ofA, ofB, ofBoth] = results;
    expect(ofBoth.networks).toEqual(
      [ofA, ofB].map(({ file, accuracy, loss }) => ({ file, accuracy, loss })),
    );
    expect(ofBoth).not.toHaveProperty("loss");
    const right = ofBoth.confusion.map((row: number[], k: number) => row[k]);
    const count = right.reduce((sum: number, n: number) => sum + n, 0);
    expect(ofBoth.accuracy).toBeCloseTo(count / 20, 12);
    const text = linesOf((await run(["evaluate", a, b, ...data])).stdout);
    expect(text[0]).toMatch(/run\.safetensors: test accuracy [\d.]+%, loss [\d.]+$/);
    expect(text[2]).toMatch(/^test accuracy of a committee of 2 [\d.]+%, on 20 images/);
  });

  test("of networks that take or give something else is refused, with both", async () => {
    const { a } = await two();
    const other = await savedNetwork(["--dataset", "generated"], "--train-size", "50", "--lr", "1");
    for (const command of ["evaluate", "predict"]) {
      const outcome = await run([command, a, other, images().file]);
      if (command === "predict") {
        expectRefusal(outcome, 2, /takes 100 pixels and tells 10 classes, but .* takes 784 and/);
      } else expect(outcome.code).not.toBe(0);
    }
  });
});

describe("a file of weights alone", () => {
  test("is used as the flags say, and refused in one sentence without them", async () => {
    const { data, a } = await two();
    const { tensors } = parseSafetensors(readFileSync(a), a);
    const layers = [...tensors].filter(([name]) => name.startsWith("layers."));
    const file = join(temporaryDirectory(), "weights.safetensors");
    writeFileSync(
      file,
      Buffer.concat(encodeSafetensors({ tensors: new Map(layers), metadata: new Map() })),
    );
    const functions = ["--activation", "sigmoid", "--cost", "cross-entropy"];
    const digits = images().file;
    expect(await predicted(file, digits, ...functions)).toEqual(await predicted(a, digits));
    expectRefusal(await run(["predict", file, digits]), 2, /--activation <name> and --cost <name>/);
    const partly = await run(["evaluate", file, ...data, "--cost", "softmax"]);
    expectRefusal(partly, 2, /--activation <name> and --cost <name>/);
    const idle = await run(["evaluate", a, ...data, "--activation", "relu"]);
    expectRefusal(idle, 2, /says itself that it has --activation sigmoid/);
    const other = await run(["evaluate", file, "--dataset", "generated", ...functions]);
    expectRefusal(other, 1, /28×28 pixels, but the network takes 100/);
  });
});

describe("predict -", () => {
  test("reads an image from the standard input", async () => {
    const { a } = await two();
    const { file, bytes } = images();
    const child = start(["predict", a, "-", "--json"]);
    child.stdin.end(bytes);
    const { code, stdout, stderr } = await outcomeOf(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = linesOf(stdout).map((line) => JSON.parse(line));
    expect(lines).toEqual((await predicted(a, file)).map((each) => ({ ...each, file: "-" })));
  });

  test.each([
    { what: "nothing", bytes: new Uint8Array(0), says: /the standard input is empty/ },
    { what: "words", bytes: Buffer.from("some words"), says: /is neither a PNG or JPEG picture/ },
    {
      what: "half a file",
      bytes: encodeIdx({ type: "u8", dimensions: [1, 10, 10], data: new Uint8Array(100) }).subarray(
        0,
        99,
      ),
      says: /is truncated/,
    },
  ])("refuses $what", async ({ bytes, says }) => {
    const { a } = await two();
    const child = start(["predict", a, "-"]);
    child.stdin.end(bytes);
    expectRefusal(await outcomeOf(child), 1, says);
  });

  test("is given once, and with a network", async () => {
    const { a } = await two();
    expectRefusal(await run(["predict", a, "-", "-"]), 2, /can be read only once/);
    expectRefusal(await run(["predict", "-"]), 2, /predict needs a network/);
    expectRefusal(await run(["predict", a]), 2, /predict needs .* an image/);
  });
});
