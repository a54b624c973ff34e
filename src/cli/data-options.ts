/** The flags that say which data set, and where it is. */
import { type Command, Option } from "commander";
import { catalogue } from "../data/remote/catalogue.js";
import { mirrorUrl } from "./data-parsers.js";

/** Adds the flags to a command. */
export function addDataOptions(command: Command, datasetIs: string): Command {
  const names = [...catalogue.map(({ name }) => name), "generated"];
  return command
    .addOption(new Option("--dataset <name>", datasetIs).choices(names))
    .option("--data-dir <dir>", "folder with the four MNIST files, gzipped or not")
    .option("--cache-dir <dir>", "where fetched data sets are kept")
    .addOption(new Option("--mirror <url>", "fetch from here first").argParser(mirrorUrl));
}
