/** `train-mnist data show`: looking at the images of a data set. */

import {
  DataError,
  type Dataset,
  type Deformation,
  deformed,
  type Images,
  loadDirectory,
  loadEmbedded,
} from "../data/index.js";
import {
  type CatalogueEntry,
  cacheRoot,
  catalogueEntry,
  datasetDirectory,
  inspect,
} from "../data/remote/index.js";
import { drawImages } from "./data-draw.js";
import { type DeformationFlags, deformationOf } from "./deformation-options.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { paintFor, usualWidthOf } from "./terminal.js";

export interface ShowFlags extends DeformationFlags {
  readonly dataset?: string;
  readonly dataDir?: string;
  readonly cacheDir?: string;
  readonly test?: boolean;
  readonly index: number;
  readonly label?: number;
  readonly count: number;
  readonly seed: number;
  readonly epoch: number;
}

export async function show(flags: ShowFlags): Promise<ExitCode> {
  const { stdout, env } = process;
  const { train, test } = await load(flags);
  const images = flags.test ? test : train;
  const indices = matching(images, flags);
  const deformation = deformationOf(flags);
  const drawn = deformation ? afterwards(images, indices, deformation, flags) : images;
  const caption = (index: number) => `#${index} is a ${images.labels[index]}`;
  const drawing = { width: usualWidthOf(stdout), paint: paintFor(stdout, env), caption };
  for (const line of drawImages(drawn, indices, drawing)) stdout.write(`${line}\n`);
  return exitCodes.success;
}

/** The images, those with these indices as training in an epoch would have them. */
function afterwards(
  images: Images,
  indices: readonly number[],
  deformation: Deformation,
  { seed, epoch }: ShowFlags,
): Images {
  const pixels = images.pixels.slice();
  for (const index of indices) {
    const image = deformed(images, deformation, { seed, epoch, index });
    pixels.set(image, index * image.length);
  }
  return { ...images, pixels };
}

/** What the flags name; else the user's folder, or MNIST from the cache, or the embedded digits. */
async function load({ dataset, dataDir, cacheDir }: ShowFlags): Promise<Dataset> {
  const { env, stderr } = process;
  const { TRAIN_MNIST_DATA: variable } = env;
  if (dataset === "generated") return loadEmbedded();
  const directory = dataDir ?? (dataset === undefined ? variable : undefined);
  if (directory) return loadDirectory(directory);
  const name = dataset ?? "mnist";
  const cached = datasetDirectory(cacheRoot(cacheDir, env), { name });
  if (await isWhole(cached, catalogueEntry(name))) return loadDirectory(cached, name);
  if (dataset === undefined) {
    stderr.write("generated digits; for MNIST, say train-mnist data fetch first\n");
    return loadEmbedded();
  }
  throw new DataError(`${name} is not in the cache: say train-mnist data fetch ${name} first.`);
}

async function isWhole(directory: string, entry: CatalogueEntry | undefined): Promise<boolean> {
  for (const file of entry?.files ?? []) {
    if ((await inspect(directory, file)).is !== "right") return false;
  }
  return true;
}

/** The first `count` indices, from `index` on, of the images with the label that is asked for. */
function matching({ count, labels }: Images, flags: ShowFlags): number[] {
  const { index, label } = flags;
  if (index >= count) {
    throw new DataError(`There is no image ${index}: the last one is ${count - 1}.`);
  }
  const indices: number[] = [];
  for (let i = index; i < count && indices.length < flags.count; i++) {
    if (label === undefined || labels[i] === label) indices.push(i);
  }
  if (indices.length === 0) {
    throw new DataError(`From image ${index} on, there is none with the label ${label}.`);
  }
  return indices;
}
