import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Orientation, orientationIn, turned } from "../../../src/data/pictures/orientation.js";
import { decodePng } from "../../../src/data/pictures/png/decode.js";
import { painted } from "../../support/pictures/effects.js";
import { exifOf } from "../../support/pictures/exif.js";
import { chunk, greyPng } from "../../support/png.js";

/** The corner of the shown picture in which the stored first pixel is, and where its first row goes. */
const SHOWN = [
  { orientation: 1, corner: "top left", row: "right" },
  { orientation: 2, corner: "top right", row: "left" },
  { orientation: 3, corner: "bottom right", row: "left" },
  { orientation: 4, corner: "bottom left", row: "right" },
  { orientation: 5, corner: "top left", row: "down" },
  { orientation: 6, corner: "top right", row: "down" },
  { orientation: 7, corner: "bottom right", row: "up" },
  { orientation: 8, corner: "bottom left", row: "up" },
] as const;

const STEPS = { right: [1, 0], left: [-1, 0], down: [0, 1], up: [0, -1] } as const;

describe("a picture of three pixels by two", () => {
  const stored = painted(3, 2, (x, y) => [10 * x, 10 * y, 0]);

  test.each(SHOWN)("of orientation $orientation begins $corner, and goes $row", (shown) => {
    const { width, height, data } = turned(stored, shown.orientation);
    const isUpright = shown.row === "right" || shown.row === "left";
    expect([width, height]).toEqual(isUpright ? [3, 2] : [2, 3]);
    const at = {
      x: shown.corner.endsWith("left") ? 0 : width - 1,
      y: shown.corner.startsWith("top") ? 0 : height - 1,
    };
    const [stepX, stepY] = STEPS[shown.row];
    for (let i = 0; i < 3; i++) {
      const pixel = 4 * ((at.y + i * stepY) * width + at.x + i * stepX);
      expect([...data.subarray(pixel, pixel + 4)]).toEqual([10 * i, 0, 0, 255]);
    }
  });
});

describe("the orientation in Exif data", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("is %i in either order of bytes, marked or not", (n) => {
    for (const exif of [exifOf(n), exifOf(n, false)]) {
      expect(orientationIn(exif)).toBe(n);
      expect(orientationIn(Buffer.concat([Buffer.from("Exif\0\0"), exif]))).toBe(n);
    }
  });

  test("is 1 where it is not said, or not one of the eight", () => {
    expect(orientationIn(exifOf(0))).toBe(1);
    expect(orientationIn(exifOf(9))).toBe(1);
    const other = exifOf(6);
    other.writeUInt16LE(0x0113, 22);
    expect(orientationIn(other)).toBe(1);
  });

  test("is 1 or what is said in data that are cut off, and in any bytes", () => {
    for (let length = 0; length < 32; length++) {
      expect(orientationIn(exifOf(6).subarray(0, length))).toBe(1);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(orientationIn(bytes));
      }),
    );
  });
});

test("a PNG file is shown as its eXIf chunk says", async () => {
  const plain = greyPng(3, 2, [1, 2, 3, 4, 5, 6]);
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as Orientation[]) {
    const file = Buffer.concat([
      plain.subarray(0, 33),
      chunk("eXIf", exifOf(orientation)),
      plain.subarray(33),
    ]);
    const stored = await decodePng(plain, "x.png");
    expect(await decodePng(file, "x.png")).toEqual(turned(stored, orientation));
  }
});
