/** Handwritten digits drawn from a seed. */
import { expectObject, shown } from "../../given.js";
import { generator, shuffle } from "../../random.js";
import type { Images } from "../dataset.js";
import { BOX, centre, SIDE } from "../pictures/normalise.js";
import { drawHand } from "./hand.js";
import { fitToBox, rasterise } from "./rasterise.js";
import { pickStyle } from "./styles.js";
import { write } from "./variation.js";
import { WILDEST } from "./wildness.js";

/**
 * Draws the digits numbered `first` to `first + count − 1` of the endless sequence that the seed
 * stands for. Each digit depends on the seed and its number alone, so parts of a set can be drawn
 * apart; and each ten that start at a multiple of ten hold every digit once. A wildness of 1, the
 * default, writes as variously as people do; 0 keeps to the skeletons. Pixels go from 0 for paper to 255
 * for ink.
 *
 * @throws {RangeError} unless `count`, `seed` and `first` are whole numbers from 0, and `wildness` is from 0 to {@link WILDEST}
 */
export function generateDigits(options: {
  readonly count: number;
  readonly seed: number;
  readonly first?: number;
  readonly wildness?: number;
}): Images {
  expectObject(
    "generateDigits: the options",
    options,
    "an object, such as { count: 100, seed: 1 }",
  );
  const { count, seed, first = 0, wildness = 1 } = options;
  for (const [name, value] of Object.entries({ count, seed, first })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(
        `generateDigits: ${name} should be a whole number from 0 on, not ${shown(value)}`,
      );
    }
  }
  if (!(wildness >= 0 && wildness <= WILDEST)) {
    throw new RangeError(
      `generateDigits: wildness should be a number from 0 to ${WILDEST}, not ${shown(wildness)}`,
    );
  }
  const size = SIDE * SIDE;
  const pixels = new Uint8Array(size * count);
  const labels = new Uint8Array(count);
  const ink = new Float64Array(BOX * BOX);
  for (let i = 0; i < count; i++) {
    const random = generator(seed, `digit ${first + i}`);
    const digit = digitAt(seed, first + i);
    const style = pickStyle(digit, random);
    const hand = drawHand(random, wildness);
    const traces = write(style, hand, random);
    fitToBox(traces);
    rasterise(traces, hand.squareness, ink);
    centre(ink, pixels.subarray(size * i, size * (i + 1)));
    labels[i] = digit;
  }
  return { pixels, labels, rows: SIDE, columns: SIDE, count };
}

/** Every block of ten is a shuffle of the ten digits. */
function digitAt(seed: number, index: number): number {
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  shuffle(generator(seed, `ten ${Math.floor(index / 10)}`), digits);
  return digits[index % 10]!;
}
