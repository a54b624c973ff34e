/** `train-mnist recipes`: what there is for --recipe. */
import type { Command } from "commander";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { measureInWords, recipes, type Source } from "./recipes/index.js";

const EXAMPLES = `Examples:
  train-mnist recipes                               what has been published, and where
  train-mnist --recipe nielsen-ch3-best             train as it was done there
  train-mnist --recipe nielsen-ch3-best --seed 2    the same with another seed
  train-mnist --recipe nielsen-ch3-best --print-config
`;

export function defineRecipes(command: Command, finish: (code: ExitCode) => void): void {
  command
    .addHelpText("before", EXAMPLES)
    .option("--json", "print one JSON object per line instead of text")
    .action(({ json }: { json?: boolean }) => {
      for (const line of json ? inJson() : inText()) process.stdout.write(`${line}\n`);
      finish(exitCodes.success);
    });
}

function inJson(): string[] {
  return recipes.map((recipe) => JSON.stringify(recipe));
}

/** The recipes below their sources, each with its figures. */
function inText(): string[] {
  const width = Math.max(...recipes.map(({ name }) => name.length));
  let heading: Source | undefined;
  return recipes.flatMap(({ name, figures, source }) => {
    const isNew = source.url !== heading?.url;
    const above = isNew ? [...(heading ? [""] : []), source.title, source.url] : [];
    heading = source;
    const rows = figures.map(
      (figure, i) => `  ${(i === 0 ? name : "").padEnd(width)}  ${measureInWords(figure)}`,
    );
    return [...above, ...rows];
  });
}
