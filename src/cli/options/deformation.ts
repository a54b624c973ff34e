/** The flags that say how images are deformed. */
import type { Command } from "commander";
import { ranges } from "../../training/settings/ranges.js";
import { SettingOption } from "./option.js";
import { parserOf, sigmaAndAlpha } from "./parsers.js";

/** Adds the flags to a command. */
export function addDeformationOptions(command: Command): Command {
  const option = (flags: string, description: string) =>
    new SettingOption(flags, description, "method");
  return command
    .addOption(
      option("--elastic <σ,α>", "bend images by noise blurred with σ, times α: try 6,36").argParser(
        sigmaAndAlpha,
      ),
    )
    .addOption(
      option(
        "--rotation <degrees>",
        "turn images by up to so much; 1 and 7 by half of it",
      ).argParser(parserOf(ranges.rotation)),
    )
    .addOption(
      option(
        "--shear <degrees>",
        "slant images; with --rotation, each is turned or slanted",
      ).argParser(parserOf(ranges.shear)),
    )
    .addOption(
      option("--scaling <percent>", "change width and height by up to so much").argParser(
        parserOf(ranges.scaling),
      ),
    );
}
