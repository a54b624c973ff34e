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

/**
 * Calls `visit` with the samples of each row of a pass: as many as the pass is wide, times those
 * of a pixel. The array is used again for the next row.
 *
 * @param bytes the unpacked rows of the pass; their filters are undone in place
 * @param source what error messages call the file
 * @throws {DataError} if a row names a filter that does not exist
 */
export function visitRows(
  bytes: Uint8Array,
  pass: Pass,
  { samples: perPixel, depth }: Header,
  source: string,
  visit: (samples: Uint16Array, row: number) => void,
): void {
  const { width, height, rowBytes } = pass;
  const samples = new Uint16Array(width * perPixel);
  const distance = Math.max(1, (perPixel * depth) >> 3);
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let row = 0; row < height; row++) {
    const start = row * (1 + rowBytes);
    const filter = FILTERS[bytes[start] as number];
    if (filter === undefined) {
      throw new DataError(`${source} is corrupt: there is no filter ${bytes[start]} in PNG.`);
    }
    const line = bytes.subarray(start + 1, start + 1 + rowBytes);
    filter(line, above, distance);
    unpack(line, depth, samples);
    visit(samples, row);
    above = line;
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
