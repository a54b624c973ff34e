/** Deformed images for the contestants that do not deform images themselves. */
import { Deformer, loadDirectory } from "../../dist/src/index.js";
import { writeDataset } from "./idx.mjs";

/**
 * Writes the training images as this project deforms them in its first epoch, and the test images as
 * they are.
 *
 * @param {string} from a directory with a data set
 * @param {string} to
 * @param {import("../../dist/src/index.js").Deformation} deformation
 */
export async function writeDeformed(from, to, deformation) {
  const { train, test } = await loadDirectory(from);
  const deformer = new Deformer(train, train.count, deformation, 1);
  writeDataset(to, "train", await deformer.images(1), train.labels);
  deformer.dispose();
  writeDataset(to, "test", test.pixels, test.labels);
}
