/** Mini-batches gathered in JavaScript, into buffers that are used again for every batch. */
import { oneHot } from "./contest.mjs";

/**
 * @param {import("./idx.mjs").Dataset} data
 * @param {Int32Array} order the images to visit
 * @param {number} batchSize
 * @yields {{ size: number, images: Float32Array, targets: Float32Array }} rows of 784 and of 10
 */
export function* batches({ trainImages, trainLabels }, order, batchSize) {
  const images = new Float32Array(784 * batchSize);
  for (let first = 0; first < order.length; first += batchSize) {
    const batch = order.subarray(first, first + batchSize);
    for (let i = 0; i < batch.length; i++) {
      images.set(trainImages.subarray(784 * batch[i], 784 * (batch[i] + 1)), 784 * i);
    }
    yield {
      size: batch.length,
      images: images.subarray(0, 784 * batch.length),
      targets: oneHot(batch.map((image) => trainLabels[image])),
    };
  }
}
