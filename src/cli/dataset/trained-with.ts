/** Which data set a saved network is to be tested on. */
import { catalogueEntry, DataError } from "../../data/index.js";
import type { DataFlags } from "./load.js";
import { dataFolder } from "./places.js";

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
