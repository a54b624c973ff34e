/** Data sets in folders. */
import { basename, resolve } from "node:path";
import type { Collection, PartFiles } from "../collections.js";
import {
  type Dataset,
  expectSameSize,
  type Images,
  labelled,
  transposedImages,
} from "../dataset.js";
import { DataError } from "../errors.js";
import { findFiles } from "./files.js";
import { readIdxFile } from "./read.js";

/**
 * Loads the four files of MNIST, or of a data set in its format, from a directory. Those of QMNIST and
 * EMNIST are known by their names.
 *
 * @param name what to call the data set; by default as its files are called, or as the directory is
 * @param split which data set to take, where the directory has several
 * @throws {DataError} if a file is missing or malformed, or if the files do not fit together
 */
export async function loadDirectory(
  directory: string,
  name?: string,
  split?: string,
): Promise<Dataset> {
  const { collection, files } = await findFiles(directory, ["train", "test"], split);
  const [train, test] = await Promise.all([
    loadImages(files.train, collection),
    loadImages(files.test, collection),
  ]);
  expectSameSize(train, test, { train: files.train.images, test: files.test.images });
  const { classes, name: own = nameOf(directory) } = collection;
  return { name: name ?? own, classes, train, test };
}

/**
 * A data set with the test images of another directory.
 *
 * @throws {DataError} if they are missing or malformed, of another size, or of other classes
 */
export async function testedOn(dataset: Dataset, directory: string): Promise<Dataset> {
  const { collection, files } = await findFiles(directory, ["test"]);
  const { classes, name = nameOf(directory) } = collection;
  if (classes !== dataset.classes) {
    throw new DataError(
      `${name} has ${classes} classes, but ${dataset.name} has ${dataset.classes}: one cannot be tested on the other.`,
    );
  }
  const test = await loadImages(files.test, collection);
  expectSameSize(dataset.train, test, { train: dataset.name, test: files.test.images });
  return { ...dataset, name: `${dataset.name}, tested on ${name}`, test };
}

function nameOf(directory: string): string {
  return basename(resolve(directory));
}

async function loadImages(files: PartFiles, collection: Collection): Promise<Images> {
  const [imageArray, labelArray] = await Promise.all([
    readIdxFile(files.images),
    readIdxFile(files.labels),
  ]);
  const images = labelled(imageArray, labelArray, files, collection);
  if (!collection.isTransposed) return images;
  return { ...transposedImages(images), labels: images.labels };
}
