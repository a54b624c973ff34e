/** Data sets of four IDX files: those that one gives, and those that the page's server has. */
import { type Collection, collections } from "../../data/collections.js";
import {
  CLASSES,
  expectSameSize,
  type Images,
  labelled,
  transposedImages,
} from "../../data/dataset.js";
import { DataError } from "../../data/errors.js";
import type { IdxArray } from "../../data/idx.js";
import type { ServedSet } from "../served.js";
import { readIdx } from "./idx-file.js";

/** Images to train on and to test on. */
export interface PageDataset {
  readonly name: string;
  readonly classes: number;
  /** Left out as long as nobody trains: of the generated digits, it is ten times as large. */
  readonly train?: Images;
  readonly test: Images;
}

export interface Named {
  readonly source: string;
  readonly array: IdxArray;
}

interface Pair {
  readonly images: Named;
  readonly labels: Named;
}

/** What is known of a data set, but for its files. */
type Kind = Omit<Collection, "files">;

const DIGITS: Kind = {
  ...{ name: undefined, classes: CLASSES, firstLabel: 0, isTransposed: false },
};

/**
 * The data set in four files. Files that are called as those of EMNIST or QMNIST are taken as such. Otherwise
 * their names do not matter: those with three dimensions are images; the larger set is trained on, the other
 * is tested on.
 *
 * @throws {DataError} that says what is wrong with them
 */
export async function datasetOfFiles(files: readonly File[]): Promise<PageDataset> {
  if (files.length !== 4) {
    throw new DataError(
      `A data set is four files, images and labels to train on and to test on: these are ${files.length}.`,
    );
  }
  const read = files.map(async (file): Promise<Named> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { source: file.name, array: await readIdx(bytes, file.name) };
  });
  const kind = kindOf(files.map(({ name }) => name));
  const { name = "files of your own", classes } = kind;
  return { name, classes, ...setsOf(await Promise.all(read), kind) };
}

/** By what all of the files are called. */
function kindOf(names: readonly string[]): Kind {
  const spelled = names.map((name) => name.replace(/\.gz$/, "").replace(".idx", "-idx"));
  const found = collections.find(({ files: { train, test } }) =>
    [train, test]
      .flatMap(({ images, labels }) => [images, labels])
      .every((kind) => spelled.includes(kind.replace(" ", "-"))),
  );
  return found ?? DIGITS;
}

/** Which of four arrays are what. */
export function setsOf(
  arrays: readonly Named[],
  kind: Kind = DIGITS,
): { train: Images; test: Images } {
  const isImages = ({ array }: Named) => array.dimensions.length === 3;
  const bySize = (a: Named, b: Named) => lengthOf(b) - lengthOf(a);
  const images = arrays.filter(isImages).sort(bySize);
  const labels = arrays.filter((each) => !isImages(each)).sort(bySize);
  if (images.length !== 2) {
    const names = images.map(({ source }) => source).join(", ") || "none of them";
    throw new DataError(`Two of the four files should hold images, but ${names} do.`);
  }
  const [train, test] = images.map((each, k) =>
    pairOf({ images: each, labels: labels[k] as Named }, kind),
  );
  return ofSameSize(train as Sourced, test as Sourced);
}

/**
 * @param load what gives one of its files
 * @throws {DataError} if it cannot be loaded, or is malformed
 */
export async function servedDataset(
  set: ServedSet,
  load: (path: string) => Promise<Named> = loadBeside,
): Promise<PageDataset> {
  const { name, classes, files } = set;
  const [train, test] = await Promise.all(
    (["train", "test"] as const).map(async (part) => {
      const { images, labels } = files[part];
      const [loadedImages, loadedLabels] = await Promise.all([load(images), load(labels)]);
      return pairOf({ images: loadedImages, labels: loadedLabels }, set);
    }),
  );
  return { name, classes, ...ofSameSize(train as Sourced, test as Sourced) };
}

/** A file beside the page. */
async function loadBeside(path: string): Promise<Named> {
  const response = await fetch(path);
  if (!response.ok)
    throw new DataError(`${path} could not be loaded: the server answers ${response.status}.`);
  return {
    source: path,
    array: await readIdx(new Uint8Array(await response.arrayBuffer()), path),
  };
}

interface Sourced {
  readonly images: Images;
  readonly source: string;
}

function pairOf({ images, labels }: Pair, kind: Kind): Sourced {
  const { source } = images;
  const asStored = labelled(
    ...([images.array, labels.array, { images: source, labels: labels.source }, kind] as const),
  );
  if (!kind.isTransposed) return { images: asStored, source };
  return { images: { ...transposedImages(asStored), labels: asStored.labels }, source };
}

function ofSameSize(train: Sourced, test: Sourced): { train: Images; test: Images } {
  expectSameSize(train.images, test.images, { train: train.source, test: test.source });
  return { train: train.images, test: test.images };
}

function lengthOf({ array }: Named): number {
  return array.dimensions[0] ?? 0;
}
