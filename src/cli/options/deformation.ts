/** The flags that say how images are deformed. */
import type { Command } from "commander";
import { ranges } from "../../training/settings/ranges.js";
import { SettingOption } from "./option.js";
import { parserOf, sigmaAndAlpha, strength } from "./parsers.js";

/** Adds the flags to a command. */
export function addDeformationOptions(command: Command): Command {
  const option = (flags: string, description: string) =>
    new SettingOption(flags, description, "method");
  return command
    .addOption(
      option(
        "--elastic <σ,α>",
        "elastic deformations: noise blurred with σ, times α; try 6,36, or 5-6,36-38, where each image draws its own",
      ).argParser(sigmaAndAlpha),
    )
    .addOption(
      option(
        "--elastic-field <pixels>",
        "normalise the displacements of each image to the root mean square α/pixels; 29 for papers whose fields have a norm of 1",
      ).argParser(parserOf(ranges.elasticField)),
    )
    .addOption(
      option(
        "--rotation <degrees>",
        "rotate images by up to this angle; 1 and 7 by half of it",
      ).argParser(strength(ranges.rotation)),
    )
    .addOption(
      option(
        "--shear <degrees>",
        "shear images; with --rotation, each is either rotated or sheared",
      ).argParser(strength(ranges.shear)),
    )
    .addOption(
      option("--scaling <percent>", "scale width and height by up to this much").argParser(
        strength(ranges.scaling),
      ),
    );
}
