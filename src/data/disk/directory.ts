/** Data sets in folders. */
import { basename, resolve } from "node:path";
import { CLASSES, type Dataset, expectSameSize, type Images, labelled } from "../dataset.js";
import { findFiles, type PartFiles } from "./files.js";
import { readIdxFile } from "./read.js";

/**
 * Loads the four files of MNIST, or of a data set in its format, from a directory.
 *
 * @param name what to call the data set; by default the name of the directory
 * @throws {DataError} if a file is missing or malformed, or if the files do not fit together
 */
export async function loadDirectory(directory: string, name = nameOf(directory)): Promise<Dataset> {
  const files = await findFiles(directory, ["train", "test"]);
  const [train, test] = await Promise.all([loadImages(files.train), loadImages(files.test)]);
  expectSameSize(train, test, { train: files.train.images, test: files.test.images });
  return { name, classes: CLASSES, train, test };
}

/**
 * A data set with the test images of another directory.
 *
 * @throws {DataError} if they are missing or malformed, or of another size
 */
export async function testedOn(dataset: Dataset, directory: string): Promise<Dataset> {
  const files = await findFiles(directory, ["test"]);
  const test = await loadImages(files.test);
  expectSameSize(dataset.train, test, { train: dataset.name, test: files.test.images });
  return { ...dataset, name: `${dataset.name}, tested on ${nameOf(directory)}`, test };
}

function nameOf(directory: string): string {
  return basename(resolve(directory));
}

async function loadImages(files: PartFiles): Promise<Images> {
  const [images, labels] = await Promise.all([
    readIdxFile(files.images),
    readIdxFile(files.labels),
  ]);
  return labelled(images, labels, files);
}
