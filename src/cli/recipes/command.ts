/** `train-mnist recipes`: what there is for --recipe. */
import type { Command } from "commander";
import { measureInWords, recipes } from "../../recipes/index.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";

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

/** The recipes below their sources, each with its figures; those of our own below what they are. */
function inText(): string[] {
  const width = Math.max(...recipes.map(({ name }) => name.length));
  let heading = "";
  return recipes.flatMap(({ name, figures, source, comparedWith }) => {
    const own = comparedWith !== undefined;
    const above = own ? OWN : `${source.title}\n${source.url}`;
    const isNew = above !== heading;
    const lines = isNew ? [...(heading ? [""] : []), ...above.split("\n")] : [];
    heading = above;
    const cells = [...figures.map(measureInWords), ...(own ? [`of ${comparedWith}`] : [])];
    const rows = cells.map((cell, i) => `  ${(i === 0 ? name : "").padEnd(width)}  ${cell}`);
    return [...lines, ...rows];
  });
}

const OWN = "Chosen here on validation images, beside figures published for other runs";
