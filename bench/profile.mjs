/**
 * Where the time of a training step goes: each kernel call of the engine's one-threaded program, its
 * median duration, and how fast it does the arithmetic that a dense product would take, zeros included.
 *
 * Usage: node profile.mjs W1 [data directory] [settings in place of the workload's, as JSON]
 *
 * With as many bits at once as TRAIN_MNIST_SIMD says.
 */
import { cpus } from "node:os";
import { compile } from "../dist/src/engine/compile.js";
import { embeddedLinker, instantiate, kernelSizes } from "../dist/src/engine/runtime/kernels.js";
import { link } from "../dist/src/engine/runtime/linking.js";
import { compileFor } from "../dist/src/engine/runtime/simd.js";
import { openStore } from "../dist/src/engine/runtime/store.js";
import { generator, initialise, loadDirectory, loadEmbedded, shuffle } from "../dist/src/index.js";
import { model, samples, trainingStep } from "../dist/src/training/programs.js";
import { defaults } from "../dist/src/training/settings/settings.js";
import { workloads } from "./workloads.mjs";

const STEPS = 1000;
/** Microseconds below which a duration is not known well enough to divide by. */
const SHORT = 0.05;
const PAGE_BYTES = 65_536;

const [name = "W1", directory = process.env.TRAIN_MNIST_DATA, changes = "{}"] =
  process.argv.slice(2);
const workload = workloads[name];
if (workload === undefined) {
  console.error(`no workload ${name}: choose from ${Object.keys(workloads).join(", ")}`);
  process.exit(2);
}
const { train } = await (directory === undefined ? loadEmbedded() : loadDirectory(directory));
const settings = {
  ...{ ...defaults, ...workload, hidden: workload.layers.slice(1, -1) },
  ...JSON.parse(changes),
};
const network = model(settings, workload.layers[0], 10, train.count);
const data = samples(train, "train");

const compiled = compile(
  { step: trainingStep(network, data.samples, workload.batchSize) },
  {
    skipsZeros: true,
    threadsFor: () => 1,
    ...kernelSizes(),
  },
);
const pages = Math.ceil(compiled.bytes / PAGE_BYTES);
const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
const { module, simd } = compileFor(process.env.TRAIN_MNIST_SIMD ?? "auto");
const kernels = instantiate(module, memory, simd);
const store = openStore(memory.buffer, compiled, kernels);

const weights = initialise(settings.init, workload.layers, generator(1, "weights"));
const initial = new Map([
  ...data.initial,
  ...network.theta.flatMap(({ w, b }, l) => [
    [w, weights[l].w.data],
    [b, weights[l].b.data],
  ]),
]);
for (const { node } of compiled.fixed.keys()) {
  if (node.kind === "constant") store.write(node, node.value.data);
  if (initial.has(node)) store.write(node, initial.get(node));
}
const order = Int32Array.from({ length: train.count }, (_, i) => i);
shuffle(generator(1, "order"), order);
store.write(network.order, order);
store.write(network.eta, [settings.learningRate]);
network.noise.draw({ write: store.write }, 1, 0);

const linker = embeddedLinker(kernels);
const step = compiled.calls.get("step")[0];
const run = link(step, linker);
const calls = step.map((call) => ({ ...call, run: link([call], linker), durations: [] }));
const steps = Math.min(STEPS, Math.floor(train.count / workload.batchSize));

/** The microseconds of a step, where `run` makes all of them. */
function microseconds(run) {
  store.write(network.position, [0]);
  const start = performance.now();
  run();
  return (1000 * (performance.now() - start)) / steps;
}

microseconds(() => run(steps));
const whole = microseconds(() => run(steps));
const nothing = { run: link([], linker), durations: [] };
microseconds(() => {
  for (let step = 0; step < steps; step++) {
    for (const { run, durations } of [...calls, nothing]) {
      const start = process.hrtime.bigint();
      run(1);
      durations.push(Number(process.hrtime.bigint() - start) / 1000);
    }
  }
});

/** The microseconds of a call, but for what it takes to measure them. */
const median = ({ durations }) => durations.sort((a, b) => a - b)[durations.length >> 1];
const overhead = median(nothing);

const totals = new Map();
for (const call of calls) {
  const { kernel, flops } = call;
  const sum = totals.get(kernel) ?? { count: 0, microseconds: 0, flops: 0 };
  totals.set(kernel, {
    count: sum.count + 1,
    microseconds: sum.microseconds + median(call) - overhead,
    flops: sum.flops + flops,
  });
}
const { node, v8 } = process.versions;
console.log(`${cpus()[0].model}, Node.js ${node}, V8 ${v8}, ${simd} bits`);
console.log(`${name}: ${whole.toFixed(1)} µs a step, ${calls.length} calls\n`);
console.log("| kernel | calls | µs | GFLOP/s |\n|---|---:|---:|---:|");
for (const [kernel, { count, microseconds, flops }] of [...totals].sort(
  ([, a], [, b]) => b.microseconds - a.microseconds,
)) {
  const speed = microseconds < SHORT ? "" : (flops / microseconds / 1000).toFixed(1);
  console.log(`| ${kernel} | ${count} | ${microseconds.toFixed(2)} | ${speed} |`);
}
