/**
 * Runs the modules named on the command line, one after the other, and prints as JSON what their
 * stated expressions gave, and what each of them would have printed.
 */
import { format } from "node:util";

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

function outcome(expression) {
  try {
    return shown(expression());
  } catch (error) {
    return `throws ${error.name}: ${error.message}`;
  }
}

/** Matrices by rows, one of a single element as that number; everything else as JSON has it. */
function shown(value) {
  if (value?.data === undefined) return JSON.stringify(value);
  const { shape, data } = value;
  if (data.length === 1) return `${data[0]}`;
  const row = (r) => Array.from({ length: shape[1] }, (_, c) => data[c * shape[0] + r]);
  const rows = Array.from({ length: shape[0] }, (_, r) => `[${row(r).join(", ")}]`);
  return `[${rows.join(", ")}]`;
}
