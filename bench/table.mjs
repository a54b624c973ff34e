/** Prints what `run.mjs --json` wrote as the table of README.md: `node table.mjs result.json`. */
import { readFileSync } from "node:fs";
import { heading } from "./lib/machine.mjs";
import { run, UsageError } from "./lib/options.mjs";
import { summaryTable } from "./lib/summary.mjs";

await run(async () => {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || file.startsWith("-") || more.length > 0) {
    process.stdout.write("Usage: node table.mjs <file that run.mjs --json wrote>\n");
    process.exitCode = file === "--help" ? 0 : 2;
    return;
  }
  let text;
  try {
    const record = JSON.parse(readFileSync(file, "utf8"));
    text = `${heading(record.machine)}\n${summaryTable(record)}\n`;
  } catch {
    throw new UsageError(`${file} cannot be read, or was not written by run.mjs --json.`);
  }
  process.stdout.write(text);
});
