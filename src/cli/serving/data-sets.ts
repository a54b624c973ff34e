/** The data sets on this machine that a page may train on and look at. */
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Collection, Part, PartFiles } from "../../data/collections.js";
import { type Found, findAllFiles, findFiles } from "../../data/disk/files.js";
import { catalogue, datasetDirectory, glance } from "../../data/remote/index.js";
import { cacheFolder, dataFolder, type PlaceFlags } from "../dataset/places.js";

type Files = Readonly<Record<Part, PartFiles>>;

const PARTS = ["train", "test"] as const;

export interface ServedSet extends Pick<Collection, "classes" | "firstLabel" | "isTransposed"> {
  readonly name: string;
  /** Where they are on the disk. */
  readonly files: Files;
  /** Where the server has them, relative to the page. */
  readonly paths: Files;
}

/** The digits that come with the package. */
const GENERATED = fileURLToPath(new URL("../../../../data", import.meta.url));

/**
 * The generated digits, what the folder that is named has, and what the cache has, unless the folder is
 * called the same. Nothing is downloaded.
 *
 * @throws {DataError} if the folder that is named has no data set
 */
export async function dataSets(places: PlaceFlags): Promise<ServedSet[]> {
  const sets = [served("generated", await findFiles(GENERATED, PARTS), "data")];
  const folder = dataFolder(places);
  if (folder !== undefined) {
    sets.push(...(await servedFolder(folder)));
  }
  for (const entry of catalogue) {
    if (sets.some(({ name }) => name === entry.name)) continue;
    const directory = datasetDirectory(cacheFolder(places), entry);
    const states = await Promise.all(entry.files.map((file) => glance(directory, file)));
    if (!states.every(({ is }) => is === "right")) continue;
    sets.push(served(entry.name, await findFiles(directory, PARTS), `data/${entry.name}`));
  }
  return sets;
}

/** Of these sets the one that a run has without other flags, if it is there. */
export function usualSet(sets: readonly ServedSet[], places: PlaceFlags): ServedSet | undefined {
  return dataFolder(places) === undefined ? sets.find(({ name }) => name === "mnist") : sets[1];
}

/** All that it has: the page offers a choice, which the command asks for. */
async function servedFolder(folder: string): Promise<ServedSet[]> {
  const all = await findAllFiles(folder, PARTS);
  return all.map((found) =>
    served(found.collection.name ?? basename(resolve(folder)), found, "data/folder"),
  );
}

function served(name: string, { files, collection }: Found<Part>, at: string): ServedSet {
  const path = (file: string) => `${at}/${basename(file)}`;
  const paths = ({ images, labels }: PartFiles) => ({ images: path(images), labels: path(labels) });
  const { classes, firstLabel, isTransposed } = collection;
  return {
    ...{ name, classes, firstLabel, isTransposed, files },
    paths: { train: paths(files.train), test: paths(files.test) },
  };
}
