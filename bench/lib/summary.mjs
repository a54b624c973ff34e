/** The table that README.md has: contestants below each other, workloads side by side. */

const titles = {
  "train-mnist-1": "train-mnist, 1 thread",
  "train-mnist-2": "train-mnist, 2 threads",
  "train-mnist-blas": "train-mnist, `--backend blas`",
  tfjs: "tfjs, wasm, `optimizer.minimize`",
  "tfjs-tight": "tfjs, wasm, by hand",
  "jax-js": "jax-js",
  pytorch: "PyTorch",
  "pytorch-manual": "PyTorch, by hand without autograd",
  numpy: "NumPy with OpenBLAS, in place",
  sgemm: "OpenBLAS sgemm on the step's dense products alone",
  libxsmm: "libxsmm on the same, one core",
};

/** The name as in the report of a run: what it is called, and perhaps ", Node 24.0.0". */
function titleOf(name) {
  const [known, ...version] = name.split(", ");
  return [titles[known] ?? known, ...version].join(", ");
}

const seconds = (value) => (value < 10 ? value.toPrecision(3) : value.toFixed(1));

/**
 * Seconds per epoch, medians.
 *
 * @param {{ results: Record<string, { description: string, rows: import("./report.mjs").Row[] }> }} record
 *   what `run.mjs --json` writes
 */
export function summaryTable({ results }) {
  const workloads = Object.entries(results);
  const names = [...new Set(workloads.flatMap(([, { rows }]) => rows.map(({ name }) => name)))];
  const cell = (name, { rows }) => {
    const row = rows.find((each) => each.name === name);
    return row ? seconds(row.median) : "–";
  };
  const layers = ({ description }) => description.slice(0, description.indexOf("]") + 1);
  return [
    ["", ...workloads.map(([name, result]) => `${name} ${layers(result)}`)],
    ["---", ...workloads.map(() => "---:")],
    ...names.map((name) => [titleOf(name), ...workloads.map(([, result]) => cell(name, result))]),
  ]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
