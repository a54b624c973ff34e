import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeIdx, generateDigits, type Images } from "../../../src/data/index.js";
import { turned } from "../../../src/data/pictures/orientation.js";
import { fileOf, temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, runAndTrace } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";
import { drawn, stroked } from "../../support/pictures/digits.js";
import { inked } from "../../support/pictures/effects.js";
import { exifOf } from "../../support/pictures/exif.js";
import { encodeJpeg, withSegment } from "../../support/pictures/jpeg.js";
import { chunk, greyPng, rgbaPng } from "../../support/png.js";
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

/** The first image of an IDX file as a file of its own. */
function oneOf(idx: string): string {
  const file = `${idx}-one`;
  const data = new Uint8Array(readFileSync(idx)).slice(16, 16 + SIDE * SIDE);
  writeFileSync(file, encodeIdx({ type: "u8", dimensions: [1, SIDE, SIDE], data }));
  return file;
}

function generatedDataset() {
  const [train, test] = [
    generateDigits({ count: 60, seed: 1 }),
    generateDigits({ count: 20, seed: 2 }),
  ].map(({ pixels, labels }) => ({
    rows: SIDE,
    columns: SIDE,
    count: labels.length,
    pixels,
    labels,
  })) as [Images, Images];
  return { name: "clothes", classes: 10, train, test };
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

const networks = new Map<string, Promise<Uint8Array>>();

/** A network with this cost in a file of its own; it is trained once. */
async function network(cost: string): Promise<string> {
  const train = async () => {
    const flags = ["--epochs", "3", "--lr", "0.5", "--cost", cost];
    return readFileSync(await savedNetwork(["--dataset", "generated"], ...flags));
  };
  const bytes = networks.get(cost) ?? train();
  networks.set(cost, bytes);
  return fileOf(await bytes, "run.safetensors");
}

describe("predict", () => {
  test("with --brief prints one line per image: the class, and its output", async () => {
    const { idx, pngs } = digitFiles(2);
    const file = await network("softmax");
    const all = await predictions(file, ...pngs, idx);
    const { code, stdout, stderr } = await run(["predict", file, "--brief", ...pngs, idx]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(linesOf(stdout)).toEqual(
      all.map(({ file, index, class: k, outputs }) => {
        const name = index === undefined ? file : `${file} #${index}`;
        return `${name}: ${k} (${outputs[k]!.toFixed(3)})`;
      }),
    );
    for (const flags of [
      ["--brief", "--json"],
      ["--brief", "--show"],
      ["--json", "--show"],
    ]) {
      const both = await run(["predict", file, ...flags, idx]);
      expect({ code: both.code, stdout: both.stdout }).toEqual({ code: 2, stdout: "" });
    }
  });

  test("has names for classes that are no digits", async () => {
    const { idx } = digitFiles(1);
    const clothes = join(temporaryDirectory(), "fashion-mnist");
    renameSync(dataDirectory(generatedDataset()), clothes);
    const file = await savedNetwork(["--data-dir", clothes]);
    const [{ class: k }] = (await predictions(file, idx)) as [Predicted];
    const { stdout } = await run(["predict", file, idx]);
    const names = ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt"];
    names.push("sneaker", "bag", "ankle boot");
    const [first, ...rows] = linesOf(stdout);
    expect(first).toBe(`${idx}: ${k}, ${names[k]}`);
    rows.forEach((row, i) => {
      expect(row.startsWith(`  ${i}  ${names[i]!.padEnd(13)}0.`)).toBe(true);
    });
  });

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
      { path: put("x.jpg", Uint8Array.of(0xff, 0xd8, 0xff)), says: "is truncated" },
      {
        path: put("x.heic", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1", "latin1")),
        says: "is in the format HEIC, which is not read: convert it to PNG or JPEG",
      },
      { path: put("x.ico", Uint8Array.of(0, 0, 1, 0, 1, 0)), says: "is in the format ICO" },
      { path: put("x.gif", Buffer.from("GIF89a")), says: "is in the format GIF" },
      { path: put("empty", new Uint8Array()), says: "is empty" },
      { path: put("notes.txt", Buffer.from("notes")), says: "neither a PNG or JPEG picture nor" },
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
    for (const only of [pngs[0] as string, oneOf(idx)]) {
      const { code, stdout, stderr } = await run(["predict", file, only, "--index", "5"]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain(`${only} has no image 5: its last one is 0`);
      expect((await run(["predict", file, only, "--index", "0"])).code).toBe(0);
    }
  });

  test("sees in a JPEG file what it sees in the PNG file, both turned as they say", async () => {
    const file = await network("softmax");
    const directory = temporaryDirectory();
    const side = 120;
    for (const [i, orientation] of ([1, 3, 6, 8] as const).entries()) {
      const upright = inked(drawn(i + 2, side, 8));
      // What turns it back is what turns it, but for a quarter to the other side.
      const back = ({ 1: 1, 3: 3, 6: 8, 8: 6 } as const)[orientation];
      const stored = turned(upright, back);
      const exif = exifOf(orientation);
      const jpeg = withSegment(
        await encodeJpeg(stored, { quality: 90 }),
        0xe1,
        Buffer.concat([Buffer.from("Exif\0\0"), exif]),
      );
      const png = rgbaPng(stored, chunk("eXIf", exif));
      const paths = ["a.png", "b.png", "c.jpg"].map((name) => join(directory, name));
      [rgbaPng(upright), png, jpeg].forEach((bytes, k) => {
        writeFileSync(paths[k]!, bytes);
      });
      const [plain, ...others] = await predictions(file, ...paths);
      for (const other of others) expect(other.class).toBe(plain!.class);
      expect(others[0]!.outputs).toEqual(plain!.outputs);
    }
  });

  test("loads what reads JPEG files only if there is one", async () => {
    const file = await network("softmax");
    const directory = temporaryDirectory();
    const picture = inked(drawn(7, 60, 5));
    const [png, jpeg] = [join(directory, "7.png"), join(directory, "7.jpg")];
    writeFileSync(png, rgbaPng(picture));
    writeFileSync(jpeg, await encodeJpeg(picture));
    const isLoaded = async (...images: string[]) => {
      const { files } = await runAndTrace(["predict", file, ...images]);
      return files.some((url) => url.includes("node_modules/@jsquash/jpeg"));
    };
    expect(await isLoaded(png)).toBe(false);
    expect(await isLoaded(png, jpeg)).toBe(true);
  });

  test("warns of several digits in one picture, beside the answer", async () => {
    const file = await network("softmax");
    const two = join(temporaryDirectory(), "two.png");
    const ones = [
      [[40, 30] as const, [40, 130] as const],
      [[110, 30] as const, [110, 130] as const],
    ];
    writeFileSync(two, rgbaPng(inked(stroked(ones, 160, 160, 8))));
    const text = await run(["predict", file, two]);
    expect(text.code).toBe(0);
    expect(text.stdout).toContain(`${two}: `);
    expect(text.stderr).toMatch(/^train-mnist: \S+two\.png seems to show several digits[^\n]*\n$/);
    const json = await run(["predict", file, two, "--json"]);
    expect(json).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(json.stdout).warning).toContain("several digits");
    const { pngs } = digitFiles(1);
    expect((await predictions(file, pngs[0] as string))[0]).not.toHaveProperty("warning");
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
