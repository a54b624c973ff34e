/** The rows of a PNG file as samples: filters undone (§9), and bits taken apart (§7.2). */
import { DataError } from "../../errors.js";
import type { Header, Pass } from "./header.js";

/**
 * The filters by their codes, undone: what was predicted of each byte of a row from the one to its
 * left, the one above, and the one above that to the left (0 where there is none) is added again.
 * To the left means `distance` bytes before, where the same part of the last pixel is.
 */
const FILTERS: readonly ((row: Uint8Array, above: Uint8Array, distance: number) => void)[] = [
  () => {},
  (row, _, distance) => {
    for (let i = distance; i < row.length; i++) row[i]! += row[i - distance]!;
  },
  (row, above) => {
    for (let i = 0; i < row.length; i++) row[i]! += above[i]!;
  },
  (row, above, distance) => {
    for (let i = 0; i < row.length; i++) {
      const left = i < distance ? 0 : row[i - distance]!;
      row[i]! += (left + above[i]!) >> 1;
    }
  },
  (row, above, distance) => {
    for (let i = 0; i < distance && i < row.length; i++) row[i]! += above[i]!;
    for (let i = distance; i < row.length; i++) {
      row[i]! += paeth(row[i - distance]!, above[i]!, above[i - distance]!);
    }
  },
];

/** That of the three neighbours which is nearest to left + above − corner (§9.4). */
function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

export interface Row {
  readonly pass: Pass;
  /** Which row of the pass it is. */
  readonly row: number;
  /** As many as the pass is wide, times those of a pixel; the array is used again for the next row. */
  readonly samples: Uint16Array;
}

/**
 * The rows of all passes, of which the unpacked bytes come in pieces of any lengths.
 *
 * @param source what error messages call the file
 * @throws {DataError} if a row names a filter that does not exist
 */
export async function* rowsOf(
  unpacked: AsyncIterable<Uint8Array>,
  { passes, samples: perPixel, depth }: Header,
  source: string,
): AsyncGenerator<Row> {
  const bytes = new Bytes(unpacked);
  const distance = Math.max(1, (perPixel * depth) >> 3);
  try {
    for (const pass of passes) {
      const samples = new Uint16Array(pass.width * perPixel);
      let [line, above] = [new Uint8Array(1 + pass.rowBytes), new Uint8Array(1 + pass.rowBytes)];
      for (let row = 0; row < pass.height; row++) {
        await bytes.fill(line);
        const filter = FILTERS[line[0] as number];
        if (filter === undefined) {
          throw new DataError(`${source} is corrupt: there is no filter ${line[0]} in PNG.`);
        }
        filter(line.subarray(1), above.subarray(1), distance);
        unpack(line.subarray(1), depth, samples);
        yield { pass, row, samples };
        [line, above] = [above, line];
      }
    }
    await bytes.skip();
  } finally {
    await bytes.close();
  }
}

/** Pieces of bytes, taken apart anew. */
class Bytes {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array();

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Fills the array with the next bytes, or with those that are left if the pieces end. */
  async fill(array: Uint8Array): Promise<void> {
    for (let filled = 0; filled < array.length; ) {
      if (this.#piece.length === 0 && !(await this.#advance())) return;
      const part = this.#piece.subarray(0, array.length - filled);
      array.set(part, filled);
      filled += part.length;
      this.#piece = this.#piece.subarray(part.length);
    }
  }

  /** Takes what is left. */
  async skip(): Promise<void> {
    while (await this.#advance());
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #advance(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    this.#piece = done ? new Uint8Array() : value;
    return !done;
  }
}

/** Takes as many samples out of the bytes as there is room for. */
function unpack(bytes: Uint8Array, depth: number, samples: Uint16Array): void {
  if (depth === 8) samples.set(bytes.subarray(0, samples.length));
  else if (depth === 16) {
    for (let i = 0; i < samples.length; i++) samples[i] = (bytes[2 * i]! << 8) | bytes[2 * i + 1]!;
  } else {
    const [perByte, mask] = [8 / depth, 2 ** depth - 1];
    for (let i = 0; i < samples.length; i++) {
      const shift = 8 - depth * (1 + (i % perByte));
      samples[i] = (bytes[Math.floor(i / perByte)]! >> shift) & mask;
    }
  }
}
