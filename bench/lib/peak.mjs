/** What the dense kernel reaches on this core where its operands stay in the caches. */
import { compile } from "../../dist/src/engine/compile.js";
import { embeddedLinker, instantiate } from "../../dist/src/engine/runtime/kernels.js";
import { link } from "../../dist/src/engine/runtime/linking.js";
import { matmul, variable } from "../../dist/src/index.js";

/** Rows, columns and terms: multiples of the sizes of tiles, in 100 to 400 kB. */
const SHAPES = [
  [240, 120, 128],
  [240, 120, 256],
  [96, 48, 256],
  [48, 24, 256],
];
const TIMES = 40;
const PAGE_BYTES = 65_536;

/**
 * The most GFLOP/s of some products; of each, the shortest of many times counts.
 *
 * @param {import("../../dist/src/engine/compile.js").Target} target
 * @param {WebAssembly.Module} module
 * @param {128 | 256} simd
 */
export function densePeak(target, module, simd) {
  return Math.max(...SHAPES.map((shape) => speedOf(shape, target, module, simd)));
}

function speedOf([m, n, k], target, module, simd) {
  const [a, b, c] = [
    variable([m, k], { name: "a" }),
    variable([k, n], { name: "b" }),
    variable([m, n], { name: "c" }),
  ];
  const compiled = compile({ product: [{ variable: c, value: matmul(a, b) }] }, target);
  const pages = Math.ceil(compiled.bytes / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const linker = embeddedLinker(instantiate(module, memory, simd));
  const product = link(compiled.calls.get("product")[0], linker);
  const flops = 2 * m * n * k;
  // So many that the clock's steps do not matter.
  const repeats = Math.ceil(2e7 / flops);
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < TIMES; time++) {
    const start = performance.now();
    product(repeats);
    best = Math.min(best, performance.now() - start);
  }
  return (flops * repeats) / best / 1e6;
}
