/** `train-mnist data …`: its commands and flags. What they do is only loaded when it is to be done. */
import { Argument, type Command } from "commander";
import { WILDEST } from "../../data/generated/wildness.js";
import { catalogue } from "../../data/remote/catalogue.js";
import { upTo } from "../../training/settings/ranges.js";
import { expectNoWord } from "../errors/unexpected-word.js";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { addCacheOption, addDataOptions, addMirrorOption } from "../options/data.js";
import { addDeformationOptions } from "../options/deformation.js";
import { parserOf, path, seed, whole } from "../options/parsers.js";
import type { CacheFlags, FetchFlags } from "./cache.js";
import type { GenerateFlags } from "./generate.js";
import type { ShowFlags } from "./show.js";

const INTRODUCTION = introduction(
  `  train-mnist data                              see what there is
  train-mnist data fetch fashion-mnist          download it, or verify it
  train-mnist data show --label 4 --count 5     look at some digits
  train-mnist data show --count 5 --elastic 6,36 --rotation 15
  train-mnist data generate --count 60000 --out ./made`,
);

const names = catalogue.map(({ name }) => name);

export function defineData(data: Command, finish: (code: ExitCode) => void): void {
  data.addHelpText("before", INTRODUCTION).helpCommand(false);

  const list = data.command("list", { isDefault: true }).description("list what is in the cache");
  addCacheOption(list)
    .allowExcessArguments()
    .action(async (flags: CacheFlags) => {
      const isNamed = data.args[0] === "list";
      expectNoWord(list, isNamed ? undefined : "unknown data command");
      finish(await (await import("./cache.js")).list(flags));
    });

  addMirrorOption(addCacheOption(data.command("fetch")))
    .description("download a data set into the cache, unless it is there, and print its folder")
    .addArgument(name().default("mnist"))
    .action(async (dataset: string, flags: FetchFlags) => {
      finish(await (await import("./cache.js")).fetch(dataset, flags));
    });

  addCacheOption(data.command("verify"))
    .description("compare the files in the cache with the published digests")
    .addArgument(name())
    .action(async (dataset: string | undefined, flags: CacheFlags) => {
      finish(await (await import("./cache.js")).verify(dataset, flags));
    });

  addCacheOption(data.command("path"))
    .description("print the folder of a data set, or of the cache")
    .addArgument(name())
    .action(async (dataset: string | undefined, flags: CacheFlags) => {
      finish((await import("./cache.js")).path(dataset, flags));
    });

  addCacheOption(data.command("clear"))
    .description("remove a data set, or all of them, from the cache")
    .addArgument(name())
    .action(async (dataset: string | undefined, flags: CacheFlags) => {
      finish(await (await import("./cache.js")).clear(dataset, flags));
    });

  addDeformationOptions(
    addDataOptions(data.command("show"), "which data set")
      .description("draw images in the terminal; generated digits if there are no others")
      .option("--test", "of the test images instead of the training images")
      .option("--index <n>", "begin with this image, counted from 0", whole(0), 0)
      .option("--label <d>", "only images of this class", whole(0, 61))
      .option("--count <n>", "how many images", whole(1, 1000), 1),
  )
    .option("--epoch <n>", "deformed as in this epoch of training (default: 1)", whole(1))
    .option("--seed <n>", "and with this seed (default: 1)", seed)
    .action(async (flags: ShowFlags) => {
      finish(await (await import("./show.js")).show(flags));
    });

  data
    .command("generate")
    .description("write generated digits as the four files of a data set")
    .requiredOption("--out <dir>", "folder for the files", path)
    .option("--count <n>", "training digits; a tenth as many to test", whole(1, 1_000_000), 20_000)
    .option("--seed <n>", "decides every digit", seed, 1)
    .option(
      "--wildness <x>",
      "how far the hands differ: 0.4 is tidy, 1 is as people write",
      parserOf(upTo(WILDEST)),
      1,
    )
    .action(async (flags: GenerateFlags) => {
      finish(await (await import("./generate.js")).generate(flags));
    });
}

function name(): Argument {
  return new Argument("[name]", "which data set").choices(names);
}
