/** The colours of samples (§4.4, §11.3.1). */
import { DataError } from "../../errors.js";
import type { Header } from "./header.js";

/** What the chunks before the pixels say about colours. */
export interface ColourChunks {
  /** Red, green and blue of each colour, in turn. */
  readonly palette: Uint8Array;
  /** The opacities of the first colours of the palette, or the samples that stand for no ink. */
  readonly transparent: Uint8Array | undefined;
}

/** Turns the samples of a row into red, green, blue and opacity of each of its pixels. */
export type Colouring = (samples: Uint16Array, rgba: Uint8ClampedArray) => void;

/** @param source what error messages call the file */
export function colouring(header: Header, chunks: ColourChunks, source: string): Colouring {
  if (header.colour === "palette") return paletteOf(chunks, source);
  const scale = 255 / (2 ** header.depth - 1);
  const perPixel = header.samples;
  const [green, blue] = perPixel < 3 ? [0, 0] : [1, 2];
  const hasOpacity = perPixel % 2 === 0;
  const key = chunks.transparent && wordsOf(chunks.transparent);
  return (samples, rgba) => {
    for (let i = 0, at = 0; i < rgba.length; i += 4, at += perPixel) {
      rgba[i] = scale * samples[at]!;
      rgba[i + 1] = scale * samples[at + green]!;
      rgba[i + 2] = scale * samples[at + blue]!;
      rgba[i + 3] = hasOpacity ? scale * samples[at + perPixel - 1]! : 255;
      if (key !== undefined && !hasOpacity) {
        let isKey = true;
        for (let k = 0; k < perPixel; k++) isKey &&= samples[at + k] === key[k];
        if (isKey) rgba[i + 3] = 0;
      }
    }
  };
}

function paletteOf({ palette, transparent }: ColourChunks, source: string): Colouring {
  const colours = Math.floor(palette.length / 3);
  return (samples, rgba) => {
    for (let i = 0; i < rgba.length; i += 4) {
      const index = samples[i >> 2]!;
      if (index >= colours) {
        throw new DataError(`${source} is corrupt: its palette has no colour ${index}.`);
      }
      for (let c = 0; c < 3; c++) rgba[i + c] = palette[3 * index + c]!;
      rgba[i + 3] = transparent?.[index] ?? 255;
    }
  };
}

/** The 16-bit numbers that the bytes are. */
function wordsOf(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length >> 1 }, (_, i) => {
    return (bytes[2 * i]! << 8) | bytes[2 * i + 1]!;
  });
}
