/** The flags for a data set: its name, its folder, and where to download it from. */
import { type Command, InvalidArgumentError } from "commander";
import { catalogue } from "../../data/remote/catalogue.js";
import { SettingOption } from "./option.js";
import { path } from "./parsers.js";

/** Adds those for a data set by its name, or in a folder, to a command. */
export function addDataOptions(command: Command, datasetIs: string): Command {
  const named = means("--dataset <name>", datasetIs)
    .choices([...catalogue.map(({ name }) => name), "generated"])
    .conflicts("dataDir");
  return addCacheOption(addFolderOption(command.addOption(named)));
}

export function addFolderOption(command: Command): Command {
  return command.addOption(
    folder("--data-dir <dir>", "folder with the four MNIST files, gzipped or not"),
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
