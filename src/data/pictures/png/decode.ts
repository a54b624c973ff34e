/**
 * PNG files as pictures (W3C, Portable Network Graphics, 3rd edition). The memory in use is bounded by what
 * the file really unpacks to, never by what its header claims.
 */
import { inflateSync } from "node:zlib";
import { systemReason } from "../../../files/reason.js";
import { DataError } from "../../errors.js";
import type { Picture } from "../picture.js";
import { chunksOf } from "./chunks.js";
import { bytesOf, type Header, parseHeader } from "./header.js";
import { visitRows } from "./rows.js";

export { isPng } from "./chunks.js";

/** Bytes that zlib unpacks at once. */
const PIECE = 2 ** 20;

/** What the chunks before the pixels say about colours. */
interface Colours {
  /** Red, green and blue of each colour, in turn. */
  readonly palette: Uint8Array;
  /** The opacities of the first colours of the palette, or the samples that stand for no ink. */
  readonly transparent: Uint8Array | undefined;
}

/**
 * Decodes a file that `isPng`.
 *
 * @param source what error messages call the file
 * @throws {DataError} if it is malformed, or larger than is read
 */
export function decodePng(bytes: Uint8Array, source: string): Picture {
  let header: Header | undefined;
  let palette = new Uint8Array();
  let transparent: Uint8Array | undefined;
  const packed: Uint8Array[] = [];
  for (const chunk of chunksOf(bytes, source)) {
    if (header === undefined) header = parseHeader(chunk, source);
    else if (chunk.type === "PLTE") palette = Uint8Array.from(chunk.data);
    else if (chunk.type === "tRNS") transparent = chunk.data;
    else if (chunk.type === "IDAT") packed.push(chunk.data);
  }
  if (header === undefined) throw new DataError(`${source} is truncated.`);
  const rows = unpack(packed, bytesOf(header), source);
  return picture(header, rows, { palette, transparent }, source);
}

/** The rows of all passes; nothing is unpacked beyond the length that they should have. */
function unpack(pieces: readonly Uint8Array[], length: number, source: string): Uint8Array {
  let rows: Uint8Array;
  try {
    rows = inflateSync(Buffer.concat(pieces), { maxOutputLength: length, chunkSize: PIECE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new DataError(`${source} is corrupt: it unpacks to more pixels than its header says.`);
    }
    throw new DataError(`${source} is corrupt: zlib reports ${systemReason(error)}.`, {
      cause: error,
    });
  }
  if (rows.length === length) return rows;
  throw new DataError(`${source} is corrupt: it unpacks to fewer pixels than its header says.`);
}

function picture(header: Header, rows: Uint8Array, colours: Colours, source: string): Picture {
  const { width, height, samples: perPixel } = header;
  const { light, opaque } = greyOf(header, colours, source);
  const luminance = new Uint8ClampedArray(width * height);
  const opacity = new Uint8ClampedArray(width * height);
  let start = 0;
  for (const pass of header.passes) {
    const length = pass.height * (1 + pass.rowBytes);
    const own = rows.subarray(start, start + length);
    visitRows(own, pass, header, source, (samples, row) => {
      const first = (pass.y + row * pass.stepY) * width + pass.x;
      for (let i = 0; i < pass.width; i++) {
        luminance[first + i * pass.stepX] = light(samples, i * perPixel);
        opacity[first + i * pass.stepX] = opaque(samples, i * perPixel);
      }
    });
    start += length;
  }
  return { width, height, luminance, opacity };
}

/** Numbers from 0 to 255 for the pixel whose samples begin at an index. */
interface Grey {
  readonly light: (samples: Uint16Array, at: number) => number;
  readonly opaque: (samples: Uint16Array, at: number) => number;
}

function greyOf({ colour, depth }: Header, colours: Colours, source: string): Grey {
  const scale = 255 / (2 ** depth - 1);
  const grey = (samples: Uint16Array, at: number) => scale * samples[at]!;
  const rgb = (samples: Uint16Array, at: number) =>
    scale * luma(samples[at]!, samples[at + 1]!, samples[at + 2]!);
  const key = colours.transparent && wordsOf(colours.transparent);
  switch (colour) {
    case "grey":
      return { light: grey, opaque: (samples, at) => (samples[at] === key?.[0] ? 0 : 255) };
    case "rgb": {
      const isKey = (samples: Uint16Array, at: number) =>
        key?.every((word, k) => samples[at + k] === word);
      return { light: rgb, opaque: (samples, at) => (isKey(samples, at) ? 0 : 255) };
    }
    case "grey-alpha":
      return { light: grey, opaque: (samples, at) => scale * samples[at + 1]! };
    case "rgb-alpha":
      return { light: rgb, opaque: (samples, at) => scale * samples[at + 3]! };
    case "palette":
      return paletteOf(colours, source);
  }
}

function paletteOf({ palette, transparent }: Colours, source: string): Grey {
  const lights = Array.from({ length: Math.floor(palette.length / 3) }, (_, index) => {
    const [r, g, b] = palette.subarray(3 * index);
    return luma(r!, g!, b!);
  });
  return {
    light(samples, at) {
      const light = lights[samples[at]!];
      if (light !== undefined) return light;
      throw new DataError(`${source} is corrupt: its palette has no colour ${samples[at]}.`);
    },
    opaque: (samples, at) => transparent?.[samples[at]!] ?? 255,
  };
}

/** The 16-bit numbers that the bytes are. */
function wordsOf(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length >> 1 }, (_, i) => {
    return (bytes[2 * i]! << 8) | bytes[2 * i + 1]!;
  });
}

/** How light a colour appears (ITU-R BT.601, §2.5.1). */
function luma(r: number, g: number, b: number): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}
