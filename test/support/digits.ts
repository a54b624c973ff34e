/** Small made-up data sets in memory. */
import type { Dataset, Images } from "../../src/data/index.js";
import { generator, uniform } from "../../src/random.js";

const CLASSES = 10;
const SIDE = 10;

/** Images of side × side pixels that hold noise; the classes follow each other. */
export function noise(count: number, seed: number, side: number): Images {
  const random = generator(seed, "noise");
  const byte = () => Math.floor(256 * uniform(random));
  return {
    rows: side,
    columns: side,
    count,
    pixels: Uint8Array.from({ length: count * side * side }, byte),
    labels: Uint8Array.from({ length: count }, (_, i) => i % CLASSES),
  };
}

/** Images of 10×10 pixels with faint noise, in which row k is full of ink where the class is k. */
export function separable(count: number, seed: number): Images {
  const images = noise(count, seed, SIDE);
  const pixels = images.pixels.map((pixel, i) => {
    const label = images.labels[Math.floor(i / SIDE ** 2)];
    const row = Math.floor(i / SIDE) % SIDE;
    return row === label ? 255 : pixel >> 3;
  });
  return { ...images, pixels };
}

/** A data set that a network should get entirely right, if it learns. */
export function separableDataset(train = 60, test = 20): Dataset {
  return {
    name: "rows",
    classes: CLASSES,
    train: separable(train, 1),
    test: separable(test, 2),
  };
}

/** As many images as pixels: image i has ink in pixel i alone. */
export function unitImages(count: number): Images {
  return {
    rows: count,
    columns: 1,
    count,
    pixels: Uint8Array.from({ length: count * count }, (_, i) => (i % (count + 1) === 0 ? 255 : 0)),
    labels: Uint8Array.from({ length: count }, (_, i) => i % CLASSES),
  };
}
