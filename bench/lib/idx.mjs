/** Reading and writing the four IDX files of an MNIST-like data set. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const names = {
  trainImages: "train-images-idx3-ubyte",
  trainLabels: "train-labels-idx1-ubyte",
  testImages: "t10k-images-idx3-ubyte",
  testLabels: "t10k-labels-idx1-ubyte",
};

/** @param {string} directory @param {string} name the file's path, gzipped or not, if it exists */
function locate(directory, name) {
  return [join(directory, name), join(directory, `${name}.gz`)].find((path) => existsSync(path));
}

/** Whether all four files are there, gzipped or raw. @param {string} directory */
export function hasDataset(directory) {
  return Object.values(names).every((name) => locate(directory, name) !== undefined);
}

/** The bytes after the header. @param {string} directory @param {string} name */
function readIdx(directory, name) {
  const path = locate(directory, name);
  if (path === undefined) throw new Error(`${directory} has no ${name} or ${name}.gz.`);
  const file = readFileSync(path);
  const bytes = file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file) : file;
  return bytes.subarray(4 + 4 * bytes[3]);
}

/** Pixels in [0, 1], one image after another. @param {Uint8Array} pixels */
function scale(pixels) {
  const scaled = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) scaled[i] = pixels[i] / 255;
  return scaled;
}

/**
 * @typedef {object} Dataset
 * @property {Float32Array} trainImages 784 values per image, in [0, 1]
 * @property {Uint8Array} trainLabels
 * @property {Float32Array} testImages
 * @property {Uint8Array} testLabels
 */

/**
 * @param {string} directory
 * @param {number} trainSize only the first so many training images
 * @returns {Dataset}
 */
export function readDataset(directory, trainSize) {
  return {
    trainImages: scale(readIdx(directory, names.trainImages).subarray(0, 784 * trainSize)),
    trainLabels: readIdx(directory, names.trainLabels).subarray(0, trainSize),
    testImages: scale(readIdx(directory, names.testImages)),
    testLabels: readIdx(directory, names.testLabels),
  };
}

/** @param {number[]} dimensions @param {Uint8Array} bytes */
function idx(dimensions, bytes) {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.writeUInt8(0x08, 2);
  header.writeUInt8(dimensions.length, 3);
  dimensions.forEach((size, i) => {
    header.writeUInt32BE(size, 4 + 4 * i);
  });
  return Buffer.concat([header, bytes]);
}

/**
 * Writes one of the two parts of a data set, raw.
 *
 * @param {string} directory
 * @param {"train" | "test"} part
 * @param {Uint8Array} images 784 bytes per image
 * @param {Uint8Array} labels
 */
export function writeDataset(directory, part, images, labels) {
  writeFileSync(join(directory, names[`${part}Images`]), idx([labels.length, 28, 28], images));
  writeFileSync(join(directory, names[`${part}Labels`]), idx([labels.length], labels));
}

/**
 * Writes a data set that has only the first images of another.
 *
 * @param {string} from
 * @param {string} to
 * @param {number} train how many
 * @param {number} test
 */
export function shorten(from, to, train, test) {
  const counts = /** @type {const} */ ({ train, test });
  for (const part of /** @type {const} */ (["train", "test"])) {
    const count = counts[part];
    const images = readIdx(from, names[`${part}Images`]).subarray(0, 784 * count);
    writeDataset(to, part, images, readIdx(from, names[`${part}Labels`]).subarray(0, count));
  }
}
