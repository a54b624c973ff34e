/** Finding the files of a data set, under the names in use, in a directory. */

import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { attemptToRead } from "../../files/attempt.js";
import { expectText } from "../../given.js";
import { type Collection, collections, type Part, type PartFiles } from "../collections.js";
import { DataError } from "../errors.js";

export interface Found<P extends Part> {
  readonly collection: Collection;
  readonly files: Readonly<Record<P, PartFiles>>;
}

/**
 * Finds the paths of the files of these parts, each named as its publisher names it
 * (`train-images-idx3-ubyte`) or as some archives unpack it (`train-images.idx3-ubyte`), with or without
 * `.gz`; what comes first in this order is taken. The files are not opened.
 *
 * @param name which data set to take, where the directory has several
 * @throws {DataError} if the directory cannot be read, lacks one of the files, or has several data sets
 */
export async function findFiles<P extends Part>(
  directory: string,
  parts: readonly P[],
  name?: string,
): Promise<Found<P>> {
  const [first, ...others] = await findAllFiles(directory, parts, name);
  if (first.collection.name !== undefined && others.length > 0) {
    const names = [first, ...others].map(({ collection }) => collection.name);
    throw new DataError(`${directory} has the data sets ${names.join(", ")}`, {
      advice: [
        { words: "choose one by its name", remedy: "data set of a folder" },
        { words: "name a folder that has one alone", remedy: "other folder" },
      ],
    });
  }
  return first;
}

/**
 * The same of all data sets that the directory has, in the order of `collections`.
 *
 * @throws {DataError} if the directory cannot be read, or has none of which every file is there
 */
export async function findAllFiles<P extends Part>(
  directory: string,
  parts: readonly P[],
  name?: string,
): Promise<readonly [Found<P>, ...Found<P>[]]> {
  const entries = await list(directory);
  const wanted = collections.filter((each) => name === undefined || each.name === name);
  const candidates = wanted.map((collection) => ({
    collection,
    ...search(collection, parts, entries),
  }));
  const whole = candidates.filter(({ missing }) => missing.length === 0);
  const [first, ...others] = whole.map(({ collection, names }): Found<P> => {
    const path = (kind: string) => join(directory, names.get(kind) as string);
    const files = parts.map((part) => {
      const { images, labels } = collection.files[part];
      return [part, { images: path(images), labels: path(labels) }];
    });
    return { collection, files: Object.fromEntries(files) as Found<P>["files"] };
  });
  if (first === undefined) throw lacking(directory, candidates);
  return [first, ...others];
}

interface Searched {
  /** The names of the files that are there, by their kinds. */
  readonly names: ReadonlyMap<string, string>;
  readonly missing: readonly string[];
}

function search(
  { files }: Collection,
  parts: readonly Part[],
  entries: readonly Dirent[],
): Searched {
  const kinds = parts.flatMap((part) => [files[part].images, files[part].labels]);
  const names = new Map(
    kinds.flatMap((kind) => {
      const name = nameOf(kind, entries);
      return name === undefined ? [] : [[kind, name] as const];
    }),
  );
  return { names, missing: kinds.filter((kind) => !names.has(kind)) };
}

/** Of the data set of which most is there; of MNIST, if there is nothing. */
function lacking(
  directory: string,
  candidates: readonly (Searched & { readonly collection: Collection })[],
): DataError {
  const [nearest] = candidates.toSorted((a, b) => a.missing.length - b.missing.length);
  const { collection, missing } = nearest!;
  return new DataError(
    `${directory} lacks files of ${collection.name ?? "MNIST"}: looked for ` +
      `${missing.map((kind) => spellings(kind).join(" or ")).join(", ")}, with or without .gz.`,
  );
}

/** The name of the file of this kind, if there is one. */
function nameOf(kind: string, entries: readonly Dirent[]): string | undefined {
  const present = spellings(kind)
    .flatMap((name) => [name, `${name}.gz`])
    .flatMap((name) => entries.find((entry) => entry.name === name) ?? []);
  // Some archives hold a directory of the one spelling next to the file of the other.
  return (present.find((entry) => !entry.isDirectory()) ?? present[0])?.name;
}

function spellings(kind: string): string[] {
  return ["-", "."].map((mark) => kind.replace(" ", mark));
}

function list(directory: string): Promise<Dirent[]> {
  expectText("the directory", directory);
  return attemptToRead(
    () => readdir(directory, { withFileTypes: true }),
    (reason, options) =>
      new DataError(`Cannot read the directory ${directory}: ${reason}.`, options),
  );
}
