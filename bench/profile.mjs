/**
 * Where the time of a training step goes: each kernel call of the engine's one-threaded program, its
 * median duration, and how fast it does the arithmetic that a dense product would take, zeros included:
 * in GFLOP/s, and as a share of what a dense product reaches whose operands stay in the caches.
 */
import { cpus } from "node:os";
import { compile } from "../dist/src/engine/compile.js";
import { embeddedLinker, instantiate, kernelSizes } from "../dist/src/engine/runtime/kernels.js";
import { link } from "../dist/src/engine/runtime/linking.js";
import { compileFor } from "../dist/src/engine/runtime/simd.js";
import { openStore } from "../dist/src/engine/runtime/store.js";
import {
  Deformer,
  generator,
  initialise,
  loadDirectory,
  loadEmbedded,
  shuffle,
} from "../dist/src/index.js";
import { model, sampleVariables, trainingStep } from "../dist/src/training/programs.js";
import { defaults } from "../dist/src/training/settings/settings.js";
import { densePeak } from "./lib/peak.mjs";
import { workloads } from "./workloads.mjs";

const STEPS = 1000;
/** Microseconds below which a duration is not known well enough to divide by. */
const SHORT = 0.05;
const PAGE_BYTES = 65_536;

const usage = `Usage: node profile.mjs [workload] [data directory] [settings]

  workload        of ${Object.keys(workloads)} (default: W1)
  data directory  with the four MNIST files (default: TRAIN_MNIST_DATA, else the digits that come
                  with this project)
  settings        in place of the workload's, as JSON: '{"batchSize":1000}'

With as many bits at once as TRAIN_MNIST_SIMD says. Takes some seconds.
`;

const words = process.argv.slice(2);
if (words.includes("--help")) {
  process.stdout.write(usage);
  process.exit();
}
const [name = "W1", directory = process.env.TRAIN_MNIST_DATA, changes = "{}"] = words;
const workload = workloads[name];
if (workload === undefined) {
  refuse(`There is no workload ${name}: choose from ${Object.keys(workloads).join(", ")}.`);
}
const settings = {
  ...{ ...defaults, ...workload, hidden: workload.layers.slice(1, -1) },
  ...parsed(changes),
};
const layers = [784, ...settings.hidden, 10];
const train = await trainingImages();
const network = model(settings, layers[0], 10, train.count);
const data = sampleVariables(train, "train");

/** Ends the program. @param {string} sentence */
function refuse(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** @param {string} json */
function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return refuse(`The settings are no JSON: ${json}`);
  }
}

/** As the workload has them: deformed, where it does that. */
async function trainingImages() {
  const { deformation } = workload;
  let images;
  try {
    ({ train: images } = await (directory ? loadDirectory(directory) : loadEmbedded()));
  } catch (error) {
    return refuse(`The images cannot be read: ${error.message}`);
  }
  if (!deformation) return images;
  const deformer = new Deformer(images, images.count, deformation, settings.seed);
  const pixels = await deformer.images(1);
  deformer.dispose();
  return { ...images, pixels };
}

const target = { skipsZeros: true, threadsFor: (flops) => flops.map(() => 1), ...kernelSizes() };
const compiled = compile({ step: trainingStep(network, data.samples, settings.batchSize) }, target);
const pages = Math.ceil(compiled.bytes / PAGE_BYTES);
const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
const { module, simd } = compileFor(process.env.TRAIN_MNIST_SIMD ?? "auto");
const kernels = instantiate(module, memory, simd);
const store = openStore(memory.buffer, compiled, kernels);

const weights = initialise(settings.init, layers, generator(1, "weights"));
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
const steps = Math.min(STEPS, Math.floor(train.count / settings.batchSize));

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

/** A loop over blocks of columns, as if it were one call. */
function inOne({ calls }) {
  const flops = calls.reduce((sum, [first]) => sum + first.flops, 0);
  return { kernel: `blocks of ${calls.length} calls`, flops };
}

const totals = new Map();
for (const call of calls) {
  const { kernel, flops } = "times" in call ? inOne(call) : call;
  const sum = totals.get(kernel) ?? { count: 0, microseconds: 0, flops: 0 };
  totals.set(kernel, {
    count: sum.count + 1,
    microseconds: sum.microseconds + median(call) - overhead,
    flops: sum.flops + flops,
  });
}
const { node, v8 } = process.versions;
console.log(`${cpus()[0].model}, Node.js ${node}, V8 ${v8}, ${simd} bits`);
console.log(`${name}: ${whole.toFixed(1)} µs a step, ${calls.length} calls`);
const peak = densePeak(target, module, simd);
console.log(`a dense product in the caches: ${peak.toFixed(1)} GFLOP/s\n`);
console.log("| kernel | calls | µs | share of the step | GFLOP/s | of a dense product's |");
console.log("|---|---:|---:|---:|---:|---:|");
const percent = (part) => `${(100 * part).toFixed(0)}%`;
const sum = [...totals.values()].reduce((all, { microseconds }) => all + microseconds, 0);
for (const [kernel, { count, microseconds, flops }] of [...totals].sort(
  ([, a], [, b]) => b.microseconds - a.microseconds,
)) {
  const speed = flops / microseconds / 1000;
  const speeds = microseconds < SHORT ? ["", ""] : [speed.toFixed(1), percent(speed / peak)];
  const cells = [kernel, count, microseconds.toFixed(2), percent(microseconds / sum), ...speeds];
  console.log(`| ${cells.join(" | ")} |`);
}
