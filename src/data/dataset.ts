/** Data sets in the format of MNIST: images of one size, each with a class. */
import { counted } from "../counted.js";
import { expectBytes, expectObject, shown } from "../given.js";
import { DataError } from "./errors.js";
import type { IdxArray } from "./idx.js";

/** Images with their labels. */
export interface Images {
  readonly rows: number;
  readonly columns: number;
  readonly count: number;
  /**
   * The column-major matrix of rows·columns × count with one image in each column, which is byte
   * for byte the body of the IDX file: pixel (r, c) of image i is at (i·rows + r)·columns + c.
   * 0 is the background, 255 is full ink.
   */
  readonly pixels: Uint8Array;
  /** The class of each image, from 0 to `classes` − 1. */
  readonly labels: Uint8Array;
}

/** Those of one image, which share the memory of all. */
export function pixelsOf({ pixels, rows, columns }: Images, index: number): Uint8Array {
  const size = rows * columns;
  return pixels.subarray(index * size, (index + 1) * size);
}

/** Images whose classes may be unknown. */
export type Unlabelled = Omit<Images, "labels"> & Partial<Pick<Images, "labels">>;

/** A training set and a test set with images of the same size. */
export interface Dataset {
  readonly name: string;
  readonly classes: number;
  readonly train: Images;
  readonly test: Images;
}

/**
 * Throws a {@link DataError} if a label is not below `classes`.
 *
 * @param what they are labels of: `training image`
 */
export function checkLabels(labels: Uint8Array, classes: number, what: string): void {
  const index = labels.findIndex((label) => label >= classes);
  if (index === -1) return;
  throw new DataError(
    `The label of ${what} ${index} is ${labels[index]}: expected 0 to ${classes - 1}.`,
  );
}

/** Classes are bytes, of which 255 stands for none. */
const MOST_CLASSES = 255;

/**
 * Throws a TypeError that begins with `what` if they are not images, and a {@link DataError} if there are not as
 * many pixels, or labels, as images.
 */
export function checkImages(images: Unlabelled, what: string): void {
  expectObject(what, images, "an object, { rows, columns, count, pixels, labels }");
  const { rows, columns, count, pixels, labels } = images;
  expectBytes(`${what}: the pixels`, pixels);
  if (pixels.length !== rows * columns * count) {
    throw new DataError(
      `${what}: ${counted(pixels.length, "pixel")} are not those of ${shown(count)} images of ${shown(rows)}×${shown(columns)}.`,
    );
  }
  if (labels === undefined) return;
  expectBytes(`${what}: the labels`, labels);
  if (labels.length === count) return;
  throw new DataError(
    `${what}: ${counted(labels.length, "label")} are not those of ${counted(count, "image")}.`,
  );
}

/**
 * Throws a {@link DataError} if there are no classes or too many, no images to train on or none to test on, if these differ in
 * size, or if a label is not below `classes`; and a TypeError if something is of a wrong type.
 */
export function checkDataset(dataset: Pick<Dataset, "train" | "test" | "classes">): void {
  expectObject("the data set", dataset, "an object, { name, classes, train, test }");
  const { train, test, classes } = dataset;
  if (!(Number.isInteger(classes) && classes >= 1 && classes <= MOST_CLASSES)) {
    throw new DataError(
      `The number of classes should be from 1 to ${MOST_CLASSES}, not ${shown(classes)}.`,
    );
  }
  for (const [images, purpose, kind] of [
    [train, "train", "training image"],
    [test, "test", "test image"],
  ] as const) {
    checkImages(images, `the ${kind}s`);
    expectBytes(`the labels of the ${kind}s`, images.labels);
    if (images.count === 0) throw new DataError(`There are no images to ${purpose} on.`);
    checkLabels(images.labels, classes, kind);
  }
  expectSameSize(train, test, { train: "The training set", test: "the test set" });
}

/** Which labels there may be. */
export interface Labelling {
  readonly classes: number;
  /** The label of the first class. */
  readonly firstLabel: number;
}

/** How many classes data sets have unless more is known of them. */
export const CLASSES = 10;

const DIGITS: Labelling = { classes: CLASSES, firstLabel: 0 };

/**
 * Images with their labels, from two arrays that belong together.
 *
 * @param sources what error messages call the two
 * @param labelling which labels there may be; 0 to 9 unless given
 * @throws {DataError} if they are not images and labels, or not as many of each
 */
export function labelled(
  imageArray: IdxArray,
  labelArray: IdxArray,
  sources: { readonly images: string; readonly labels: string },
  labelling = DIGITS,
): Images {
  const images = imagesOf(imageArray, sources.images);
  const labels = labelsOf(labelArray, sources.labels, labelling);
  if (images.count !== labels.length) {
    throw new DataError(
      `${sources.images} has ${counted(images.count, "image")}, but ${sources.labels} has ${counted(labels.length, "label")}.`,
    );
  }
  return { ...images, labels };
}

/** Throws a {@link DataError} if images to train on and images to test on differ in size. */
export function expectSameSize(
  train: Images,
  test: Images,
  sources: { readonly train: string; readonly test: string },
): void {
  if (train.rows === test.rows && train.columns === test.columns) return;
  throw new DataError(
    `${sources.train} has images of ${train.rows}×${train.columns} pixels, but ` +
      `${sources.test} of ${test.rows}×${test.columns}: both must have the same size.`,
  );
}

/** The same images with rows and columns exchanged. */
export function transposedImages({
  rows,
  columns,
  count,
  pixels,
  ...rest
}: Unlabelled): Unlabelled {
  const size = rows * columns;
  const turned = new Uint8Array(pixels.length);
  for (let first = 0; first < pixels.length; first += size) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        turned[first + c * rows + r] = pixels[first + r * columns + c]!;
      }
    }
  }
  return { ...rest, rows: columns, columns: rows, count, pixels: turned };
}

/** Throws a {@link DataError} if the array does not hold images. */
export function imagesOf(array: IdxArray, source: string): Unlabelled {
  const [count, rows, columns, ...more] = array.dimensions;
  if (array.type !== "u8" || count === undefined || !rows || !columns || more.length > 0) {
    throw new DataError(
      `${source} holds ${described(array)}; expected images: u8 of count × rows × columns.`,
    );
  }
  if (count === 0) throw new DataError(`${source} holds no images.`);
  return { rows, columns, count, pixels: array.data };
}

/**
 * The class of each sample is the first number of its row, be the row just that number (MNIST: N
 * bytes) or more (QMNIST: N×8 integers, the class and then the history of the digit).
 */
function labelsOf(array: IdxArray, source: string, { classes, firstLabel }: Labelling): Uint8Array {
  const [count, width = 1, ...more] = array.dimensions;
  if (count === undefined || width === 0 || more.length > 0) {
    throw new DataError(
      `${source} holds ${described(array)}; expected labels: one number, or one row, per image.`,
    );
  }
  const labels = new Uint8Array(count);
  const last = firstLabel + classes - 1;
  for (let i = 0; i < count; i++) {
    const label = array.data[i * width] as number;
    if (!(Number.isInteger(label) && label >= firstLabel && label <= last)) {
      throw new DataError(
        `${source} has the label ${label} at index ${i}; expected whole numbers from ${firstLabel} to ${last}.`,
      );
    }
    labels[i] = label - firstLabel;
  }
  return labels;
}

function described({ type, dimensions }: IdxArray): string {
  return `${type} of ${dimensions.join("×")}`;
}
