/** What the stated expressions of examples give, as documents write it; by the tests and on the site. */

/** The value of an expression, or the error that it throws. */
export function outcome(expression) {
  try {
    return shown(expression());
  } catch (error) {
    return `throws ${error.name}: ${error.message}`;
  }
}

/** Matrices by rows, one of a single element as that number; everything else as JSON has it. */
export function shown(value) {
  if (value?.data === undefined) return JSON.stringify(value);
  const { shape, data } = value;
  if (data.length === 1) return `${data[0]}`;
  const row = (r) => Array.from({ length: shape[1] }, (_, c) => data[c * shape[0] + r]);
  const rows = Array.from({ length: shape[0] }, (_, r) => `[${row(r).join(", ")}]`);
  return `[${rows.join(", ")}]`;
}
