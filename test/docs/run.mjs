/** Runs the modules named on the command line, and prints what their stated expressions gave. */
const results = {};

globalThis.state = (module, k, expression) => {
  results[module] ??= [];
  results[module][k] = outcome(expression);
};

for (const module of process.argv.slice(2)) await import(module);
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
