import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeIdx, generateDigits } from "../../../src/data/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, run } from "../../support/command.js";
import { greyPng } from "../../support/png.js";
import { savedNetwork } from "../../support/saved.js";

const SIDE = 28;

/** Generated digits as one IDX file, and each as a PNG file, four times as large, dark on light. */
function digitFiles(count: number) {
  const directory = temporaryDirectory();
  const { pixels, labels } = generateDigits({ count, seed: 77 });
  const idx = join(directory, "images-idx3-ubyte");
  writeFileSync(idx, encodeIdx({ type: "u8", dimensions: [count, SIDE, SIDE], data: pixels }));
  const pngs = Array.from(labels, (_, i) => {
    const large = Uint8Array.from({ length: 16 * SIDE * SIDE }, (_, at) => {
      const [x, y] = [at % (4 * SIDE), Math.floor(at / (4 * SIDE))];
      return 255 - pixels[(i * SIDE + (y >> 2)) * SIDE + (x >> 2)]!;
    });
    const file = join(directory, `${i}.png`);
    writeFileSync(file, greyPng(4 * SIDE, 4 * SIDE, large));
    return file;
  });
  return { idx, pngs, labels: [...labels] };
}

interface Predicted {
  readonly file: string;
  readonly index?: number;
  readonly class: number;
  readonly outputs: number[];
  readonly units: string;
}

async function predictions(...args: string[]): Promise<Predicted[]> {
  const { code, stdout, stderr } = await run(["predict", ...args, "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return linesOf(stdout).map((line) => JSON.parse(line) as Predicted);
}

const network = (cost: string) =>
  savedNetwork(["--dataset", "generated"], "--epochs", "3", "--lr", "0.5", "--cost", cost);

describe("predict", () => {
  test("sees the same in a PNG image as in the IDX file, and mostly what is there", async () => {
    const file = await network("cross-entropy");
    const { idx, pngs, labels } = digitFiles(20);
    const fromIdx = await predictions(file, idx);
    const fromPng = await predictions(file, ...pngs);
    expect(fromIdx.map((each) => [each.file, each.index])).toEqual(labels.map((_, i) => [idx, i]));
    expect(fromPng.map((each) => each.file)).toEqual(pngs);
    expect(fromPng.map((each) => each.class)).toEqual(fromIdx.map((each) => each.class));
    const right = fromIdx.filter((each, i) => each.class === labels[i]);
    expect(right.length).toBeGreaterThan(14);
    for (const { outputs, units } of fromIdx) {
      expect(units).toBe("sigmoid");
      expect(outputs.filter((output) => output >= 0 && output <= 1)).toHaveLength(10);
    }
  });

  test("has outputs that add up to 1 with the cost softmax", async () => {
    const { idx } = digitFiles(10);
    for (const { outputs, class: digit, units } of await predictions(
      await network("softmax"),
      idx,
    )) {
      expect(units).toBe("softmax");
      expect(outputs.reduce((sum, output) => sum + output)).toBeCloseTo(1, 5);
      expect(outputs[digit]).toBe(Math.max(...outputs));
    }
  });

  test("prints the class, a line for each output, and with --show the image", async () => {
    const file = await network("softmax");
    const { idx } = digitFiles(10);
    const { code, stdout } = await run(["predict", file, idx, "--index", "7", "--show"]);
    const lines = linesOf(stdout);
    const at = lines.findIndex((line) => /#7: \d$/.test(line));
    expect(code).toBe(0);
    expect(lines.slice(0, at).join("")).toContain("█");
    expect(lines.slice(at + 1).map((line) => line.slice(0, 5))).toEqual(
      Array.from({ length: 10 }, (_, k) => `  ${k}  `),
    );
    expect(lines.filter((line) => line.length > 80 && !line.includes(idx))).toEqual([]);
  });

  test("complains in a line about each file that it cannot take, and predicts the others", async () => {
    const file = await network("softmax");
    const { idx, pngs } = digitFiles(10);
    const directory = temporaryDirectory();
    const put = (name: string, bytes: Uint8Array) => {
      const path = join(directory, name);
      writeFileSync(path, bytes);
      return path;
    };
    const bad = [
      { path: join(directory, "none.png"), says: "no such file" },
      { path: directory, says: "it is a folder" },
      { path: put("blank.png", greyPng(9, 9, new Uint8Array(81).fill(255))), says: "is blank" },
      {
        path: put("cut.png", greyPng(9, 9, new Uint8Array(81)).subarray(0, 50)),
        says: "is truncated",
      },
      { path: put("x.jpg", Uint8Array.of(0xff, 0xd8, 0xff)), says: "neither a PNG image nor" },
      { path: put("empty", new Uint8Array()), says: "is empty" },
      { path: file, says: "neither a PNG image nor" },
    ];
    const paths = [...bad.map(({ path }) => path), pngs[0] as string];
    const { code, stdout, stderr } = await run(["predict", file, ...paths, "--json"]);
    expect(code).toBe(1);
    expect(linesOf(stdout)).toHaveLength(1);
    const complaints = linesOf(stderr);
    expect(complaints).toHaveLength(bad.length);
    for (const [i, { path, says }] of bad.entries()) {
      expect(complaints[i]).toMatch(/^train-mnist: /);
      expect(complaints[i]).toContain(path);
      expect(complaints[i]).toContain(says);
    }
    const beyond = await run(["predict", file, idx, "--index", "10"]);
    expect(beyond.code).toBe(1);
    expect(beyond.stderr).toContain("has no image 10: its last one is 9");
  });

  test.each([{ args: [] }, { args: ["a"] }, { args: ["a", "b", "--index", "-1"] }])(
    "is used wrongly with $args",
    async ({ args }) => {
      const { code, stdout, stderr } = await run(["predict", ...args]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
    },
  );
});
