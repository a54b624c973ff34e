/** The flags that say how images are deformed. */
import { type Command, Option } from "commander";
import type { Deformation } from "../../data/index.js";
import { below, sigmaAndAlpha } from "./parsers.js";

export type DeformationFlags = Partial<
  Pick<Deformation, "elastic" | "rotation" | "shear" | "scaling">
>;

/** 1 and 7: further, each would be taken for the other. */
const GENTLE = [1, 7];

/** Adds the flags to a command. */
export function addDeformationOptions(command: Command): Command {
  const option = (flags: string, description: string) => new Option(flags, description);
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
      ).argParser(below(90)),
    )
    .addOption(
      option(
        "--shear <degrees>",
        "slant images; with --rotation, each is turned or slanted",
      ).argParser(below(90)),
    )
    .addOption(
      option("--scaling <percent>", "change width and height by up to so much").argParser(
        below(100),
      ),
    );
}

/** What the flags ask for; undefined if there are none. */
export function deformationOf(flags: DeformationFlags): Deformation | undefined {
  const { elastic, rotation, shear, scaling } = flags;
  const asked = { elastic, rotation, shear, scaling };
  const isNothing = Object.values(asked).every((value) => value === undefined);
  return isNothing ? undefined : { ...asked, gentle: GENTLE };
}
