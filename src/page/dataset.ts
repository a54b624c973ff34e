/** The images at hand, which all rooms share: to train on, to test on, and to look at. */
import { signal } from "@preact/signals";
import { CLASSES, type Images, labelled, pixelsOf } from "../data/dataset.js";
import { DataError } from "../data/errors.js";
import { type PageDataset, servedDataset } from "./given/data-files.js";
import { readIdx } from "./given/idx-file.js";
import type { Digit } from "./network.js";
import { askWhatIsServed, type ServedSet } from "./served.js";

/** Undefined as long as nothing has been loaded or given. */
export const dataset = signal<PageDataset | undefined>(undefined);

const GENERATED = "generated";

/** What a data set is called within a sentence. */
export function titleOf({ name }: Pick<PageDataset, "name">): string {
  return name === GENERATED ? "the generated digits" : name;
}

/** A test image, to take along. */
export function testDigit(data: Pick<PageDataset, "name" | "test">, index: number): Digit {
  const { rows, columns, labels } = data.test;
  const title = `test image ${index} of ${titleOf(data)}`;
  return {
    pixels: pixelsOf(data.test, index).slice(),
    rows,
    columns,
    label: labels[index]!,
    title,
  };
}

interface Needs {
  /** Whether training images are needed. */
  readonly train: boolean;
}

/**
 * The data set at hand; where there is none, the one to begin with, which is then at hand.
 *
 * @throws {DataError} if it cannot be loaded
 */
export async function datasetAtHand(needs: Needs): Promise<PageDataset> {
  const has = dataset.value;
  const isLacking = needs.train && has?.train === undefined;
  if (has !== undefined && !(isLacking && has.name === GENERATED)) return has;
  const { sets, begin } = await askWhatIsServed();
  const loaded = await namedDataset(has?.name ?? begin, sets, needs);
  // What was given in the meantime stays.
  if (dataset.value === has) dataset.value = loaded;
  return loaded;
}

/**
 * A data set that the page's server has; the generated digits, which come with the page, for any other name.
 *
 * @throws {DataError} if it cannot be loaded
 */
export async function namedDataset(
  name: string | undefined,
  sets: readonly ServedSet[],
  needs: Needs,
): Promise<PageDataset> {
  const set = name === GENERATED ? undefined : sets.find((each) => each.name === name);
  if (set !== undefined) return servedOnce(set);
  const [test, train] = await Promise.all([
    loadPart("t10k"),
    needs.train ? loadPart("train") : undefined,
  ]);
  return { name: GENERATED, classes: CLASSES, test, ...(train && { train }) };
}

/** Those that are being loaded: several rooms may ask for one at once. */
const loading = new Map<string, Promise<PageDataset>>();

function servedOnce(set: ServedSet): Promise<PageDataset> {
  const { name } = set;
  const loaded = loading.get(name) ?? servedDataset(set).finally(() => loading.delete(name));
  loading.set(name, loaded);
  return loaded;
}

/** Each part is loaded once, and again only if that failed. */
const parts = new Map<string, Promise<Images>>();

function loadPart(part: "train" | "t10k"): Promise<Images> {
  let loading = parts.get(part);
  if (loading === undefined) {
    loading = loadImages(part);
    loading.catch(() => parts.delete(part));
    parts.set(part, loading);
  }
  return loading;
}

async function loadImages(part: string): Promise<Images> {
  const sources = {
    images: `${part}-images-idx3-ubyte.gz`,
    labels: `${part}-labels-idx1-ubyte.gz`,
  };
  const [images, labels] = await Promise.all([load(sources.images), load(sources.labels)]);
  return labelled(images, labels, sources);
}

/** A file of the folder `data` beside the page. */
async function load(file: string) {
  let bytes: ArrayBuffer;
  try {
    const response = await fetch(`data/${file}`);
    if (!response.ok) throw new Error(`status ${response.status}`);
    bytes = await response.arrayBuffer();
  } catch (error) {
    throw new DataError(
      `The generated digits could not be loaded: data/${file} could not be fetched; reload the page to try again.`,
      { cause: error },
    );
  }
  return readIdx(new Uint8Array(bytes), file);
}
