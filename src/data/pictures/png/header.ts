/** The header of a PNG file, and how many bytes the pixels that it announces take (§11.2.1). */
import { DataError } from "../../errors.js";
import { expectReadable } from "../limits.js";
import type { Chunk } from "./chunks.js";

/** The colour types by their codes: samples of a pixel, and the bits that each may have. */
const COLOURS = {
  0: { name: "grey", samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { name: "rgb", samples: 3, depths: [8, 16] },
  3: { name: "palette", samples: 1, depths: [1, 2, 4, 8] },
  4: { name: "grey-alpha", samples: 2, depths: [8, 16] },
  6: { name: "rgb-alpha", samples: 4, depths: [8, 16] },
} as const;

type Code = keyof typeof COLOURS;

export type Colour = (typeof COLOURS)[Code]["name"];

export interface Header {
  readonly width: number;
  readonly height: number;
  readonly colour: Colour;
  /** Samples of a pixel. */
  readonly samples: number;
  /** Bits of a sample. */
  readonly depth: number;
  readonly passes: readonly Pass[];
}

/** Every `stepX`-th pixel of every `stepY`-th row, from (x, y) on: an image of its own. */
export interface Pass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
  /** Bytes of a row, without the one in front that names its filter. */
  readonly rowBytes: number;
}

/** x, y, stepX, stepY of the passes: one, or the seven of Adam7 (§8.1). */
const INTERLACINGS = [
  [[0, 0, 1, 1]],
  [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ],
] as const;

const HEADER_BYTES = 13;

/**
 * Reads the first chunk of a file.
 *
 * @param source what error messages call the file
 * @throws {DataError} if it is no header, or announces more pixels than are read
 */
export function parseHeader({ type, data }: Chunk, source: string): Header {
  if (type !== "IHDR" || data.length !== HEADER_BYTES) {
    throw new DataError(`${source} is corrupt: it does not begin with a PNG header.`);
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, code, compression, filter, interlacing] = data.subarray(8);
  const colour = COLOURS[code as Code];
  const passes = INTERLACINGS[interlacing as 0 | 1];
  const isDepth = colour?.depths.some((each) => each === depth);
  if (width === 0 || height === 0 || !isDepth || compression !== 0 || filter !== 0 || !passes) {
    throw new DataError(
      `${source} is corrupt: its header says ${width}×${height} pixels, colour type ${code} of ${depth} bits, and methods ${compression}, ${filter} and ${interlacing}, which is no PNG image.`,
    );
  }
  expectReadable(width, height, source);
  return {
    ...{ width, height, colour: colour.name, samples: colour.samples, depth: depth as number },
    passes: passes
      .map(([x, y, stepX, stepY]) => {
        const passWidth = Math.ceil((width - x) / stepX);
        return {
          ...{ x, y, stepX, stepY, width: passWidth, height: Math.ceil((height - y) / stepY) },
          rowBytes: Math.ceil((passWidth * colour.samples * (depth as number)) / 8),
        };
      })
      .filter((pass) => pass.width > 0 && pass.height > 0),
  };
}

/** The length of all rows, unpacked. */
export function bytesOf({ passes }: Header): number {
  return passes.reduce((sum, { height, rowBytes }) => sum + height * (1 + rowBytes), 0);
}
