/** The data sets on this machine that a page may train on and look at. */
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { PartFiles } from "../../data/collections.js";
import { findFiles } from "../../data/disk/files.js";
import { catalogue, datasetDirectory, glance } from "../../data/remote/index.js";
import { cacheFolder, dataFolder, type PlaceFlags } from "../dataset/places.js";

type Files = Readonly<Record<"train" | "test", PartFiles>>;

export interface ServedSet {
  readonly name: string;
  /** Where they are on the disk. */
  readonly files: Files;
  /** Where the server has them, relative to the page. */
  readonly paths: Files;
}

/** The digits that come with the package. */
const GENERATED = fileURLToPath(new URL("../../../../data", import.meta.url));

/**
 * The generated digits, the folder that is named, and what the cache has, unless the folder is called the
 * same. Nothing is downloaded.
 *
 * @throws {DataError} if the folder that is named lacks a file
 */
export async function dataSets(places: PlaceFlags): Promise<ServedSet[]> {
  const sets = [await served("generated", GENERATED, "data")];
  const folder = dataFolder(places);
  if (folder !== undefined) {
    sets.push(...(await servedFolder(folder)));
  }
  for (const entry of catalogue) {
    if (sets.some(({ name }) => name === entry.name)) continue;
    const directory = datasetDirectory(cacheFolder(places), entry);
    const states = await Promise.all(entry.files.map((file) => glance(directory, file)));
    if (!states.every(({ is }) => is === "right")) continue;
    sets.push(await served(entry.name, directory, `data/${entry.name}`));
  }
  return sets;
}

/** The page knows digits that lie as those of MNIST; other folders it has no use for. */
async function servedFolder(folder: string): Promise<ServedSet[]> {
  const { collection } = await findFiles(folder, ["train", "test"]);
  if (collection.isTransposed) return [];
  return [await served(collection.name ?? basename(resolve(folder)), folder, "data/folder")];
}

async function served(name: string, folder: string, at: string): Promise<ServedSet> {
  const { files } = await findFiles(folder, ["train", "test"]);
  const path = (file: string) => `${at}/${basename(file)}`;
  const paths = ({ images, labels }: PartFiles) => ({ images: path(images), labels: path(labels) });
  return { name, files, paths: { train: paths(files.train), test: paths(files.test) } };
}
