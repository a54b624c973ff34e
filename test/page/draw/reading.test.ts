import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readImages } from "../../../src/data/index.js";
import type { Picture } from "../../../src/data/pictures/picture.js";
import { readImage, readPicture, readQuickly } from "../../../src/page/draw/reading.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { drawn, type InkMap, stroked } from "../../support/pictures/digits.js";
import { rgbaPng } from "../../support/png.js";

/** As a canvas has it: what is drawn is opaque, in some colour. */
function onCanvas({ width, height, values }: InkMap): Picture {
  const data = new Uint8ClampedArray(4 * width * height);
  values.forEach((value, i) => {
    data.set([0, 0, 0, Math.round(255 * value)], 4 * i);
  });
  return { width, height, data };
}

async function asTheCommand(picture: Picture) {
  const file = join(temporaryDirectory(), "drawing.png");
  writeFileSync(file, rgbaPng(picture));
  return readImages(file);
}

describe("a drawing", () => {
  test("is shown to the network as the command shows a picture of it", async () => {
    for (let i = 0; i < 10; i++) {
      const picture = onCanvas(drawn(i, 252, 20));
      const { pixels } = await asTheCommand(picture);
      expect(readPicture(picture, "The drawing").reading.pixels).toEqual(pixels);
    }
  });

  test("is the same while it is being drawn", () => {
    for (let i = 0; i < 10; i++) {
      const picture = onCanvas(drawn(i, 252, 20));
      const { reading } = readPicture(picture, "The drawing");
      expect(readQuickly(picture)!.pixels).toEqual(reading.pixels);
    }
  });

  test("of two shapes is said to be of two, as the command says it", async () => {
    const two = [0.25, 0.75].map((x) => [[x * 252, 40] as const, [x * 252, 200] as const]);
    const picture = onCanvas(stroked(two, 252, 252, 16));
    expect((await asTheCommand(picture)).isSeveral).toBe(true);
    const { warning } = readPicture(picture, "The drawing").reading;
    expect(warning).toMatch(/^The drawing seems to show several digits, .* each\.$/);
    expect(readPicture(onCanvas(drawn(3, 252, 20)), "x").reading.warning).toBeUndefined();
  });

  test("of nothing is nothing", () => {
    const nothing = onCanvas(stroked([], 252, 252, 16));
    expect(readQuickly(nothing)).toBeUndefined();
    expect(() => readPicture(nothing, "some.png")).toThrow(/^some\.png is blank/);
  });
});

test("an image of a data set is shown as it is", () => {
  const pixels = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
  const { reading, ink } = readImage(pixels, 28, 28);
  expect(reading.pixels).toEqual(pixels);
  expect(ink.values[255]).toBe(1);
});
