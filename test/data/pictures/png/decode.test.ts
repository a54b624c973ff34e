import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataError } from "../../../../src/data/index.js";
import { isPng } from "../../../../src/data/pictures/formats.js";
import type { Picture } from "../../../../src/data/pictures/picture.js";
import { decodePng } from "../../../../src/data/pictures/png/decode.js";
import {
  chunk,
  colourTypes,
  encodePng,
  greyPng,
  header,
  type PngImage,
  packedRows,
  SIGNATURE,
} from "../../../support/png.js";

const KINDS = [
  { colour: "grey", depths: [1, 2, 4, 8, 16] },
  { colour: "rgb", depths: [8, 16] },
  { colour: "palette", depths: [1, 2, 4, 8] },
  { colour: "grey-alpha", depths: [8, 16] },
  { colour: "rgb-alpha", depths: [8, 16] },
] as const;

const kinds = KINDS.flatMap(({ colour, depths }) => depths.map((depth) => ({ colour, depth })));

/** Images of one kind, with any filters, interlaced or not, with every colour of a palette. */
function imagesOf({ colour, depth }: (typeof kinds)[number]): fc.Arbitrary<PngImage> {
  const { samples } = colourTypes[colour];
  return fc
    .record({ width: fc.integer({ min: 1, max: 19 }), height: fc.integer({ min: 1, max: 19 }) })
    .chain(({ width, height }) => {
      const length = width * height * samples;
      return fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        colour: fc.constant(colour),
        depth: fc.constant(depth),
        samples: fc.array(fc.integer({ min: 0, max: 2 ** depth - 1 }), {
          minLength: length,
          maxLength: length,
        }),
        interlaced: fc.boolean(),
        filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 7 }),
        ...(colour === "palette" && {
          palette: fc.array(fc.integer({ min: 0, max: 255 }), {
            minLength: 3 * 2 ** depth,
            maxLength: 3 * 2 ** depth,
          }),
          transparency: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 2 ** depth }),
        }),
      });
    });
}

/** Red, green, blue and opacity of pixel i, by the definitions of the format. */
function pixelOf(image: PngImage, i: number): number[] {
  const { colour, depth, samples, palette, transparency } = image;
  const of = (s: number) => samples[i * colourTypes[colour].samples + s] as number;
  const scaled = (s: number) => (255 * of(s)) / (2 ** depth - 1);
  switch (colour) {
    case "grey":
      return [scaled(0), scaled(0), scaled(0), 255];
    case "grey-alpha":
      return [scaled(0), scaled(0), scaled(0), scaled(1)];
    case "rgb":
      return [scaled(0), scaled(1), scaled(2), 255];
    case "rgb-alpha":
      return [scaled(0), scaled(1), scaled(2), scaled(3)];
    case "palette":
      return [...palette!.slice(3 * of(0), 3 * of(0) + 3), transparency?.[of(0)] ?? 255];
  }
}

const opacities = ({ data }: Picture) => [...data].filter((_, i) => i % 4 === 3);

describe("a PNG file", () => {
  test.each(kinds)(
    "of $colour with $depth bits gives every pixel, whatever filters and interlacing",
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(imagesOf(kind), async (image) => {
          const { width, height, data } = await decodePng(encodePng(image), "x.png");
          expect([width, height]).toEqual([image.width, image.height]);
          for (let i = 0; i < width * height; i++) {
            const pixel = pixelOf(image, i);
            // What cannot be seen has no colour.
            const seen = Math.round(pixel[3]!) === 0 ? [0, 0, 0, 0] : pixel;
            seen.forEach((value, c) => {
              expect(Math.abs(data[4 * i + c]! - value)).toBeLessThan(0.5001);
            });
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  test("may name a grey, or a colour, that is transparent", async () => {
    const size = { width: 3, height: 1 };
    const grey = encodePng({
      ...{ ...size, colour: "grey", depth: 16, samples: [258, 259, 2], transparency: [1, 2] },
    });
    expect(opacities(await decodePng(grey, "x.png"))).toEqual([0, 255, 255]);
    const rgb = encodePng({
      ...{ ...size, colour: "rgb", depth: 8, samples: [7, 8, 9, 7, 8, 8, 9, 8, 7] },
      transparency: [0, 7, 0, 8, 0, 9],
    });
    expect(opacities(await decodePng(rgb, "x.png"))).toEqual([0, 255, 255]);
  });

  test("may have chunks that are not needed, and bytes after its end", async () => {
    const plain = greyPng(2, 2, [1, 2, 3, 4]);
    const end = plain.length - 12;
    const more = Buffer.concat([
      plain.subarray(0, 33),
      chunk("tEXt", Buffer.from("Comment\0hello")),
      plain.subarray(33, end),
      chunk("tIME", Buffer.alloc(7)),
      plain.subarray(end),
      Buffer.from("anything"),
    ]);
    expect(await decodePng(more, "x.png")).toEqual(await decodePng(plain, "x.png"));
  });
});

test("files of other kinds are no PNG files", () => {
  expect(isPng(greyPng(1, 1, [0]))).toBe(true);
  for (const bytes of [Buffer.alloc(0), Buffer.from("GIF89a"), SIGNATURE.subarray(0, 7)]) {
    expect(isPng(bytes)).toBe(false);
  }
});

describe("a malformed PNG file is one DataError that names it:", () => {
  const whole = greyPng(3, 2, [1, 2, 3, 4, 5, 6]);
  const end = chunk("IEND", new Uint8Array());
  const data = (bytes: Uint8Array) => chunk("IDAT", deflateSync(bytes));
  const file = (...chunks: Buffer[]) => Buffer.concat([SIGNATURE, ...chunks]);
  const image = {
    width: 3,
    height: 2,
    colour: "grey",
    depth: 8,
    samples: [1, 2, 3, 4, 5, 6],
  } as const;
  const rows = packedRows(image);

  test("cut off anywhere", async () => {
    for (let length = SIGNATURE.length; length < whole.length; length++) {
      const cut = decodePng(whole.subarray(0, length), "x.png");
      await expect(cut).rejects.toThrow(DataError);
      await expect(cut).rejects.toThrow("x.png is truncated");
    }
  });

  test("changed in any one byte after the signature", async () => {
    for (let at = SIGNATURE.length; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x55;
      await expect(decodePng(changed, "x.png")).rejects.toThrow(DataError);
    }
  });

  test("of any bytes after the signature", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 4 }),
        async (parts) => {
          const types = ["IHDR", "PLTE", "tRNS", "IDAT"];
          const chunks = parts.map((part, i) => chunk(types[i] as string, part));
          await expect(decodePng(file(...chunks, end), "x.png")).rejects.toThrow(DataError);
        },
      ),
    );
  });

  test.each([
    {
      what: "without a header",
      bytes: file(data(rows), end),
      says: "does not begin with a PNG header",
    },
    { what: "without a single chunk", bytes: file(), says: "is truncated" },
    { what: "of no width", bytes: file(header(0, 2, 8, 0), data(rows), end), says: "0×2 pixels" },
    {
      what: "of a colour type that is none",
      bytes: file(header(3, 2, 8, 1), data(rows), end),
      says: "colour type 1",
    },
    {
      what: "of a depth that its colours have not",
      bytes: file(header(3, 2, 4, 2), data(rows), end),
      says: "type 2 of 4 bits",
    },
    {
      what: "of an unknown method",
      bytes: file(header(3, 2, 8, 0, [0, 0, 2]), data(rows), end),
      says: "methods 0, 0 and 2",
    },
    {
      what: "with more pixels than are read",
      bytes: file(header(65535, 65535, 8, 0), data(rows), end),
      says: "65535×65535 pixels; expected at most 100 million",
    },
    {
      what: "with longer rows than are read",
      bytes: file(header(65536, 1, 8, 0), data(rows), end),
      says: "65536×1 pixels; expected at most 100 million, and 65535 a side",
    },
    {
      what: "without pixels",
      bytes: file(header(3, 2, 8, 0), end),
      says: "zlib reports unexpected end of file",
    },
    {
      what: "with pixels that zlib cannot read",
      bytes: file(header(3, 2, 8, 0), chunk("IDAT", rows), end),
      says: "zlib reports",
    },
    {
      what: "with too few pixels",
      bytes: file(header(3, 2, 8, 0), data(rows.subarray(1)), end),
      says: "fewer pixels",
    },
    {
      what: "with too many pixels",
      bytes: file(header(3, 1, 8, 0), data(rows), end),
      says: "more pixels",
    },
    {
      what: "with an unknown filter",
      bytes: file(header(3, 2, 8, 0), data(rows.fill(5, 0, 1)), end),
      says: "no filter 5",
    },
    {
      what: "with a colour that its palette has not",
      bytes: encodePng({ ...image, colour: "palette", palette: [0, 0, 0, 1, 1, 1] }),
      says: "its palette has no colour 2",
    },
  ])("$what", async ({ bytes, says }) => {
    const decoding = decodePng(bytes, "x.png");
    await expect(decoding).rejects.toThrow(DataError);
    await expect(decoding).rejects.toThrow(says);
    await expect(decoding).rejects.toThrow("x.png ");
  });

  test("that unpacks to a thousand times its size takes no more memory than its pixels", async () => {
    const bomb = file(header(28, 28, 8, 0), data(Buffer.alloc(2 ** 26)), end);
    const before = process.resourceUsage().maxRSS;
    await expect(decodePng(bomb, "x.png")).rejects.toThrow("more pixels");
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(2 ** 15);
  });
});
