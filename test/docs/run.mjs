/**
 * Runs the modules named on the command line, one after the other, and prints as JSON what their
 * stated expressions gave, and what each of them would have printed.
 */
import { format } from "node:util";
import { outcome } from "./outcome.js";

const results = [];

globalThis.state = (k, expression) => {
  results.at(-1).stated[k] = outcome(expression);
};
globalThis.console = {
  log: (...values) => {
    results.at(-1).printed += `${format(...values)}\n`;
  },
};

for (const module of process.argv.slice(2)) {
  results.push({ stated: [], printed: "" });
  await import(module);
}
process.stdout.write(JSON.stringify(results));
