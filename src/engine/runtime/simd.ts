/**
 * How many bits the kernels compute with at once. WebAssembly's vectors have 128; V8 can merge pairs of
 * their operations into instructions for 256 bits, which changes no result.
 */
import { mergingVectors } from "#platform";
import { EngineError } from "../errors.js";
import { instantiate, kernelModule, type Simd } from "./kernels.js";
import { reserve } from "./memory.js";
import { CHECK_BYTES, digestOfResults, EXPECTED, timesOfProduct } from "./self-check.js";

export type SimdOption = "auto" | "128" | "256";

export interface Compilation {
  readonly module: WebAssembly.Module;
  readonly simd: Simd;
}

/** Merged operations take about half the time. A difference that chance makes is smaller than this. */
const CLEARLY_FASTER = 1.2;

/** The module for 256 bits; undefined where there is none, null as long as nobody has asked. */
let wide: WebAssembly.Module | undefined | null = null;

/**
 * The kernels compiled as is asked for: with `auto` for 256 bits if that is possible here, and faster.
 * Throws an {@link EngineError} if 256 bits are asked for and not possible.
 */
export function compileFor(option: SimdOption): Compilation {
  const narrow = () => ({ module: kernelModule(128), simd: 128 }) as const;
  if (option === "128") return narrow();
  if (wide === null) wide = mergingVectors?.(checkedModule);
  if (wide !== undefined) return { module: wide, simd: 256 };
  if (option === "auto") return narrow();
  throw new EngineError(
    "the engine cannot compute with 256 bits at once here, which takes Node.js 24, 25 or 26 and an x64 processor with AVX2: use 128",
    { remedy: "128 bits" },
  );
}

/** The module, all of its kernels compiled for 256 bits, if their results are right and come faster. */
function checkedModule(): WebAssembly.Module | undefined {
  try {
    const module = kernelModule(256);
    const memory = reserve(CHECK_BYTES);
    const kernels = instantiate(module, memory, 256);
    if (digestOfResults(kernels, memory) !== EXPECTED) return undefined;
    // Without AVX2, V8 merges nothing, and says nothing.
    const usual = instantiate(module, memory, 128);
    const [merged, unmerged] = timesOfProduct([kernels, usual]) as [number, number];
    return unmerged > CLEARLY_FASTER * merged ? module : undefined;
  } catch (error) {
    // There may be no room for the memory that the check needs.
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
