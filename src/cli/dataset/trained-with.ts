/** Which data set a saved network is to be tested on. */
import { DataError } from "../../data/errors.js";
import { catalogueEntry } from "../../data/remote/catalogue.js";
import type { DataFlags } from "./load.js";
import { dataFolder } from "./places.js";

/** A network's file, and what it was trained with, where the file says so. */
interface Trained {
  readonly file: string;
  readonly dataset: { readonly name: string } | undefined;
}

/** The same for networks that are tested together. MNIST if none of their files says anything. */
export function datasetForAll(networks: readonly Trained[], flags: DataFlags): string | undefined {
  const known = networks.flatMap(({ file, dataset }) =>
    dataset ? [{ file, name: dataset.name }] : [],
  );
  const [first] = known;
  if (first === undefined) return flags.dataset;
  const named = datasetFor(first.file, first.name, flags);
  const other = known.find(({ name }) => name !== first.name);
  if (other === undefined || flags.dataset !== undefined || dataFolder(flags) !== undefined)
    return named;
  throw new DataError(
    `${first.file} was trained with ${first.name}, but ${other.file} with ${other.name}: say which data to use with --dataset or --data-dir.`,
  );
}

/** What the flags name, or the environment; else what the network was trained with. */
export function datasetFor(
  file: string,
  trainedWith: string,
  flags: DataFlags,
): string | undefined {
  const { dataset } = flags;
  if (dataset !== undefined || dataFolder(flags) !== undefined) return dataset;
  if (trainedWith === "generated" || catalogueEntry(trainedWith) !== undefined) return trainedWith;
  throw new DataError(
    `${file} was trained with ${trainedWith}, which is not a data set that can be fetched: say where it is with --data-dir.`,
  );
}
