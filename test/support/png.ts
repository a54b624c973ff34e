/** PNG files of every kind, made for tests: the format written down a second time, from the other side. */
import { crc32, deflateSync } from "node:zlib";

/** Codes of colour types, with the samples of a pixel. */
export const colourTypes = {
  grey: { code: 0, samples: 1 },
  rgb: { code: 2, samples: 3 },
  palette: { code: 3, samples: 1 },
  "grey-alpha": { code: 4, samples: 2 },
  "rgb-alpha": { code: 6, samples: 4 },
} as const;

export interface PngImage {
  readonly width: number;
  readonly height: number;
  readonly colour: keyof typeof colourTypes;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  /** The samples of all pixels, row by row. */
  readonly samples: readonly number[];
  readonly palette?: readonly number[];
  readonly transparency?: readonly number[];
  readonly interlaced?: boolean;
  /** The filter of each row, in turn. */
  readonly filters?: readonly number[];
}

export const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const word = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  return Buffer.concat([word(data.length), body, word(crc32(body))]);
}

export function header(
  width: number,
  height: number,
  depth: number,
  code: number,
  methods: readonly [number, number, number] = [0, 0, 0],
): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, code, ...methods], 8);
  return chunk("IHDR", data);
}

export function encodePng(image: PngImage): Buffer {
  const { width, height, colour, depth, palette, transparency, interlaced = false } = image;
  const { code } = colourTypes[colour];
  return Buffer.concat([
    SIGNATURE,
    header(width, height, depth, code, [0, 0, interlaced ? 1 : 0]),
    ...(palette ? [chunk("PLTE", Uint8Array.from(palette))] : []),
    ...(transparency ? [chunk("tRNS", Uint8Array.from(transparency))] : []),
    ...inTwo(deflateSync(packedRows(image))).map((part) => chunk("IDAT", part)),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** A grey image, one byte for each pixel. */
export function greyPng(width: number, height: number, pixels: ArrayLike<number>): Buffer {
  return encodePng({ width, height, colour: "grey", depth: 8, samples: Array.from(pixels) });
}

/** A picture as it is, with a chunk more if one is given. */
export function rgbaPng(
  { width, height, data }: { width: number; height: number; data: ArrayLike<number> },
  more: Buffer = Buffer.alloc(0),
): Buffer {
  const samples = Uint8Array.from(data);
  const rows = Buffer.alloc(height * (1 + 4 * width));
  for (let y = 0; y < height; y++) {
    rows.set(samples.subarray(4 * y * width, 4 * (y + 1) * width), y * (1 + 4 * width) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    header(width, height, 8, 6),
    more,
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array()),
  ]);
}

function inTwo(bytes: Buffer): Buffer[] {
  const middle = bytes.length >> 1;
  return [bytes.subarray(0, middle), bytes.subarray(middle)];
}

/** The filtered rows of the whole image, or of Adam7's seven. */
export function packedRows(image: PngImage): Buffer {
  const { width, height, interlaced = false } = image;
  const [everyColumn, everyRow] = [range(width), range(height)];
  if (!interlaced) return rowsOf(image, everyColumn, everyRow);
  // Which pass takes the pixel (x, y) of a block of eight by eight.
  const adam7 = [
    [1, 6, 4, 6, 2, 6, 4, 6],
    [7, 7, 7, 7, 7, 7, 7, 7],
    [5, 6, 5, 6, 5, 6, 5, 6],
    [7, 7, 7, 7, 7, 7, 7, 7],
    [3, 6, 4, 6, 3, 6, 4, 6],
    [7, 7, 7, 7, 7, 7, 7, 7],
    [5, 6, 5, 6, 5, 6, 5, 6],
    [7, 7, 7, 7, 7, 7, 7, 7],
  ];
  const passes = range(7).map((pass) => {
    const isOf = (x: number, y: number) => adam7[y % 8]![x % 8] === pass + 1;
    const rows = everyRow.filter((y) => range(8).some((x) => isOf(x, y)));
    const columns = everyColumn.filter((x) => range(8).some((y) => isOf(x, y)));
    return columns.length === 0 ? Buffer.alloc(0) : rowsOf(image, columns, rows);
  });
  return Buffer.concat(passes);
}

function rowsOf(image: PngImage, columns: readonly number[], rows: readonly number[]): Buffer {
  const { width, colour, depth, samples, filters = [0] } = image;
  const perPixel = colourTypes[colour].samples;
  const distance = Math.max(1, (perPixel * depth) / 8);
  let above: number[] = [];
  return Buffer.concat(
    rows.map((y, k) => {
      const bits = columns
        .flatMap((x) => range(perPixel).map((s) => samples[(y * width + x) * perPixel + s]!))
        .map((sample) => sample.toString(2).padStart(depth, "0"))
        .join("");
      const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) =>
        Number.parseInt(byte.padEnd(8, "0"), 2),
      );
      const filter = filters[k % filters.length] as number;
      const filtered = bytes.map((byte, i) => {
        const a = bytes[i - distance] ?? 0;
        const b = above[i] ?? 0;
        const c = i < distance ? 0 : (above[i - distance] ?? 0);
        return byte - predicted(filter, a, b, c);
      });
      above = bytes;
      return Buffer.from([filter, ...filtered]);
    }),
  );
}

function predicted(filter: number, a: number, b: number, c: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return Math.floor((a + b) / 2);
  const estimate = a + b - c;
  // Of the nearest, the first: JavaScript sorts stably.
  return [a, b, c].sort((p, q) => Math.abs(estimate - p) - Math.abs(estimate - q))[0] as number;
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
