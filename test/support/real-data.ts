/**
 * Where the tests find the real MNIST files: the directory that TRAIN_MNIST_DATA names, else
 * `shared/mnist` next to the repository. Without either it is undefined, and tests of the real files
 * are skipped, which is said. A directory that TRAIN_MNIST_DATA names wrongly fails the tests.
 */
import { existsSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const beside = fileURLToPath(new URL("../../../shared/mnist", import.meta.url));
const { TRAIN_MNIST_DATA: named } = process.env;

export const realData: string | undefined = named || (existsSync(beside) ? beside : undefined);

if (realData === undefined) {
  const file = relative(process.cwd(), expect.getState().testPath ?? "");
  process.stderr.write(
    `${file}: tests of the real MNIST files are SKIPPED; set TRAIN_MNIST_DATA to their folder.\n`,
  );
}
