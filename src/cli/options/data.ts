/** The flags for a data set: its name, its folder, and where to download it from. */
import { type Command, InvalidArgumentError } from "commander";
import { splitNames } from "../../data/collections.js";
import { catalogue } from "../../data/remote/catalogue.js";
import { SettingOption } from "./option.js";
import { path } from "./parsers.js";

/** Adds those for a data set by its name, or in a folder, to a command. */
export function addDataOptions(command: Command, datasetIs: string): Command {
  return addCacheOption(addFolderOption(command.addOption(new DatasetOption(datasetIs))));
}

/** A data set that is fetched excludes a folder; one that is among several of a folder does not. */
class DatasetOption extends SettingOption {
  constructor(description: string) {
    super("--dataset <name>", description, "means");
    const names = [...catalogue.map(({ name }) => name), "generated", ...splitNames];
    this.choices(names).conflicts("dataDir");
    this.argParser((word: string) => {
      if (!names.includes(word)) {
        throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.`);
      }
      if (splitNames.includes(word)) Object.assign(this, { conflictsWith: [] });
      return word;
    });
  }
}

export function addFolderOption(command: Command): Command {
  return command.addOption(
    folder("--data-dir <dir>", "folder with the files of MNIST, QMNIST or EMNIST, gzipped or not"),
  );
}

export function addCacheOption(command: Command): Command {
  return command.addOption(folder("--cache-dir <dir>", "where fetched data sets are kept"));
}

export function addMirrorOption(command: Command): Command {
  return command.addOption(means("--mirror <url>", "fetch from here first").argParser(mirrorUrl));
}

/** For the test images of a run. */
export function addTestFolderOption(command: Command): Command {
  return command.addOption(
    folder("--test-dir <dir>", "folder of another data set, to test on its images"),
  );
}

function means(flags: string, description: string): SettingOption {
  return new SettingOption(flags, description, "means");
}

function folder(flags: string, description: string): SettingOption {
  return means(flags, description).argParser(path);
}

/** A URL by http or https, to which the names of files can be added. */
function mirrorUrl(word: string): string {
  if (/^https?:[^?#]+$/i.test(word) && URL.canParse(word)) return word;
  throw new InvalidArgumentError("Expected a URL such as https://example.org/mnist/.");
}
