import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataError } from "../../../../src/data/index.js";
import { decodeJpeg } from "../../../../src/data/pictures/jpeg/decode.js";
import { type Orientation, turned } from "../../../../src/data/pictures/orientation.js";
import type { Picture } from "../../../../src/data/pictures/picture.js";
import { changed, painted } from "../../../support/pictures/effects.js";
import { exifOf } from "../../../support/pictures/exif.js";
import { encodeJpeg, segment, withSegment } from "../../../support/pictures/jpeg.js";

const slope = painted(40, 24, (x, y) => [5 * x, 9 * y, 128]);
const MARK = Buffer.from("Exif\0\0");

function farthest(a: Picture, b: Picture): number {
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i]!)), 0);
}

describe("a JPEG file", () => {
  test.each([
    { kind: "baseline", options: {} },
    { kind: "progressive", options: { progressive: true, baseline: false } },
    { kind: "with colours in full", options: { auto_subsample: false, chroma_subsample: 1 } },
  ])("that is $kind gives its pixels, but for little", async ({ options }) => {
    const picture = await decodeJpeg(await encodeJpeg(slope, { quality: 95, ...options }), "x.jpg");
    expect([picture.width, picture.height]).toEqual([40, 24]);
    expect(farthest(picture, slope)).toBeLessThan(25);
  });

  test("of greys is grey", async () => {
    const grey = changed(slope, ([red]) => [red, red, red]);
    const file = await encodeJpeg(grey, { quality: 95, color_space: 1 });
    expect(farthest(await decodeJpeg(file, "x.jpg"), grey)).toBeLessThan(10);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8] as Orientation[])("of orientation %i is turned", async (n) => {
    const plain = await encodeJpeg(slope);
    const marked = withSegment(plain, 0xe1, Buffer.concat([MARK, exifOf(n)]));
    const expected = turned(await decodeJpeg(plain, "x.jpg"), n);
    expect(await decodeJpeg(marked, "x.jpg")).toEqual(expected);
  });

  test("may have segments that are not needed", async () => {
    const plain = await encodeJpeg(slope);
    const more = withSegment(
      withSegment(plain, 0xfe, Buffer.from("hello")),
      0xe1,
      Buffer.from("XMP"),
    );
    expect(await decodeJpeg(more, "x.jpg")).toEqual(await decodeJpeg(plain, "x.jpg"));
  });
});

/** A file with these bytes put in front of the first marker of a kind. */
function withBytes(file: Buffer, marker: number, bytes: readonly number[]): Buffer {
  const at = file.indexOf(Buffer.of(0xff, marker));
  return Buffer.concat([file.subarray(0, at), Buffer.from(bytes), file.subarray(at)]);
}

describe("a JPEG file is read as libjpeg reads it", () => {
  test.each([
    { what: "zeros", bytes: Buffer.alloc(5000) },
    { what: "the scans of a video", bytes: Buffer.alloc(5000, Buffer.of(0xff, 0xda, 0, 8)) },
    { what: "half a picture", bytes: Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0) },
  ])("with $what after its end", async ({ bytes }) => {
    const plain = await encodeJpeg(slope);
    const more = Buffer.concat([plain, bytes]);
    expect(await decodeJpeg(more, "x.jpg")).toEqual(await decodeJpeg(plain, "x.jpg"));
  });

  test("with bytes too many, or fill bytes, before its end", async () => {
    const plain = await encodeJpeg(slope);
    for (const bytes of [
      [0, 0, 0],
      [1, 2, 3],
      [0xff, 0xff],
    ]) {
      const more = withBytes(plain, 0xd9, bytes);
      expect(await decodeJpeg(more, "x.jpg")).toEqual(await decodeJpeg(plain, "x.jpg"));
    }
  });

  test("with a segment that mentions more scans than any program makes", async () => {
    const plain = await encodeJpeg(slope);
    const more = withSegment(plain, 0xe2, Buffer.alloc(4000, Buffer.of(0xff, 0xda)));
    expect(await decodeJpeg(more, "x.jpg")).toEqual(await decodeJpeg(plain, "x.jpg"));
  });
});

describe("a JPEG file that cannot be read is one DataError that names it:", () => {
  const refused = async (file: Uint8Array, says: string) => {
    await expect(decodeJpeg(file, "x.jpg")).rejects.toThrow(DataError);
    await expect(decodeJpeg(file, "x.jpg")).rejects.toThrow(`x.jpg ${says}`);
  };
  const frame = (marker: number, data: readonly number[]) =>
    Buffer.concat([Buffer.of(0xff, 0xd8), segment(marker, Uint8Array.from(data))]);

  test("cut off in its header, or in its pixels", async () => {
    const noise = painted(64, 64, (x, y) => [(x * 31 + y * 17) % 256, (x * y) % 256, x]);
    const file = await encodeJpeg(noise, { quality: 90 });
    for (const length of [2, 3, 20, 160, file.length >> 1, file.length - 40]) {
      await refused(file.subarray(0, length), "is truncated");
    }
  });

  test("cut off in its pixels, after what libjpeg complains of first", async () => {
    const noise = painted(64, 64, (x, y) => [(x * 31 + y * 17) % 256, (x * y) % 256, x]);
    const file = await encodeJpeg(noise, { quality: 90 });
    const late = Buffer.from(file);
    late[file.indexOf("JFIF") + 5] = 7; // a revision of JFIF that is unknown
    for (const glitch of [late, withBytes(file, 0xc4, [0]), withBytes(file, 0xda, [1, 2])]) {
      await refused(glitch.subarray(0, -40), "is truncated");
    }
  });

  test("with bytes missing in its pixels, after bytes too many", async () => {
    const noise = painted(64, 64, (x, y) => [(x * 31 + y * 17) % 256, (x * y) % 256, x]);
    const file = await encodeJpeg(noise, { quality: 90 });
    const glitch = withBytes(file, 0xda, [1, 2]);
    const short = Buffer.concat([glitch.subarray(0, -400), Buffer.of(0xff, 0xd9)]);
    await refused(short, "is corrupt: libjpeg reports: Corrupt JPEG data: 2 extraneous bytes");
  });

  test("of more scans of many pixels than any program makes", async () => {
    const scan = segment(0xda, Uint8Array.from([1, 1, 0, 0, 63, 0]));
    const large = segment(0xc2, Uint8Array.from([8, 0x27, 0x10, 0x27, 0x10, 1, 1, 17, 0]));
    const parts = [Buffer.of(0xff, 0xd8), large, ...Array(21).fill(scan), Buffer.of(0xff, 0xd9)];
    await refused(Buffer.concat(parts), "is a JPEG of 21 scans; expected at most 20");
  });

  test("of any bytes after its first marker", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const file = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), bytes]);
        await expect(decodeJpeg(file, "x.jpg")).rejects.toThrow(DataError);
      }),
    );
  });

  test.each([0x01, 0xd0, 0xd3, 0xd7, 0xd8, 0xd9])(
    "with marker %i before its frame, where a frame is hidden in what might be its segment",
    async (marker) => {
      const file = await encodeJpeg(slope);
      const hidden = segment(0xc0, Uint8Array.from([8, 255, 255, 0, 9, 3]));
      for (const data of [hidden, Buffer.of()]) {
        await refused(withSegment(file, marker, data), "is corrupt: it has no JPEG header");
      }
      const bare = Buffer.concat([file.subarray(0, 2), Buffer.of(0xff, marker), file.subarray(2)]);
      await refused(bare, "is corrupt: it has no JPEG header");
    },
  );

  test("of more scans than any program makes, which would take long", async () => {
    const file = await encodeJpeg(slope, { progressive: true, baseline: false });
    const last = file.subarray(file.lastIndexOf(Buffer.of(0xff, 0xda)), -2);
    const scans = Array.from({ length: 200 }, () => last);
    await refused(
      Buffer.concat([file.subarray(0, -2), ...scans, file.subarray(-2)]),
      "is a JPEG of 2",
    );
  });

  test("changed in its pixels, unless they can be read all the same", async () => {
    const file = await encodeJpeg(slope);
    for (let at = file.length - 60; at < file.length; at += 3) {
      const changedFile = Buffer.from(file);
      changedFile[at]! ^= 0xff;
      try {
        expect((await decodeJpeg(changedFile, "x.jpg")).width).toBe(40);
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
      }
    }
  });

  test.each([
    {
      what: "too large",
      file: frame(0xc0, [8, 255, 255, 255, 255, 3]),
      says: "claims to have 65535×65535",
    },
    { what: "of no height", file: frame(0xc0, [8, 0, 0, 0, 9, 3]), says: "is corrupt" },
    { what: "of CMYK", file: frame(0xc0, [8, 0, 9, 0, 9, 4]), says: "is a JPEG of 4 colours" },
    { what: "lossless", file: frame(0xc3, [8, 0, 9, 0, 9, 3]), says: "is a JPEG of a rare kind" },
    {
      what: "of 12 bits",
      file: frame(0xc1, [12, 0, 9, 0, 9, 3]),
      says: "is a JPEG of a rare kind",
    },
    { what: "without a frame", file: frame(0xda, [1]), says: "is corrupt" },
    {
      what: "with a frame alone",
      file: frame(0xc0, [8, 0, 9, 0, 9, 3, 1, 17, 0, 2, 17, 1, 3, 17, 1]),
      says: "is ",
    },
  ])("$what", async ({ file, says }) => {
    await refused(file, says);
  });
});
