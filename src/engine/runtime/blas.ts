/**
 * A native BLAS for dense products, through the optional package koffi: OpenBLAS, or Accelerate on
 * macOS. It is faster than the embedded kernels on large products, but its results depend on
 * library and processor.
 */
import { fileExists, nativePackage } from "#platform";
import { EngineError } from "../errors.js";
import { ACCUMULATE, NO_FACTOR } from "../signatures.js";
import { FLOAT_BYTES } from "../values.js";
import type { Linker } from "./linking.js";

const USUAL_PLACES = [
  "/System/Library/Frameworks/Accelerate.framework/Accelerate",
  "libopenblas.so.0",
  "libopenblas.so",
  "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
  "/usr/local/opt/openblas/lib/libopenblas.dylib",
  "libopenblas.dll",
];

type Native = (...args: unknown[]) => unknown;
interface Library {
  func(signature: string): Native;
}
interface Koffi {
  load(file: string): Library;
}

/**
 * Finds the library: the named file, else the first of the usual places that can be loaded.
 * Throws a {@link EngineError} if there is none, or if the package koffi is missing.
 */
export function findBlas(named: string | undefined): string {
  const isPath = named !== undefined && /[/\\]/.test(named);
  if (isPath && !fileExists(named)) throw unusable(`${named} does not exist`);
  const koffi = loadKoffi();
  const candidates = named === undefined ? USUAL_PLACES : [named];
  for (const file of candidates) {
    try {
      koffi.load(file).func(SGEMM);
      return file;
    } catch {}
  }
  if (named !== undefined) throw unusable(`${named} is no BLAS that can be loaded here`);
  throw new EngineError(
    "no BLAS found: install OpenBLAS (Debian: apt install libopenblas0-pthread; macOS has Accelerate), or name its file",
    { remedy: "BLAS file" },
  );
}

function unusable(what: string): EngineError {
  return new EngineError(`${what}: name the file of a BLAS`, { remedy: "BLAS file" });
}

/** Codes of cblas.h. */
const COLUMN_MAJOR = 102;
const [PLAIN, TRANSPOSED] = [111, 112];

const SGEMM =
  "void cblas_sgemm(int order, int transA, int transB, int m, int n, int k, float alpha, const void *a, int lda, const void *b, int ldb, float beta, void *c, int ldc)";

/** Links dense products to the library, and all else to the embedded kernels. */
export function blasLinker(file: string, memory: ArrayBufferLike, embedded: Linker): Linker {
  const library = loadKoffi().load(file);
  const sgemm = library.func(SGEMM);
  useOneThread(library);
  const floats = new Float32Array(memory);
  const at = (address: number) => floats.subarray(address / FLOAT_BYTES);
  return (call) => {
    if (call.kernel !== "gemm" && call.kernel !== "gemmTransposed") return embedded(call);
    const { c, cStride: ldc, a, aStride: lda, b, bRow, bColumn, m, n, k } = call.args;
    const { sign, alpha, beta } = call.args;
    const ldb = Math.max(bRow, bColumn);
    const [viewC, viewA, viewB] = [at(c), at(a), at(b)];
    const codeA = call.kernel === "gemmTransposed" ? TRANSPOSED : PLAIN;
    const codeB = bColumn === 1 ? TRANSPOSED : PLAIN;
    const [alphaAt, betaAt] = [alpha / FLOAT_BYTES, beta / FLOAT_BYTES];
    const target = () => {
      const factor = alpha === NO_FACTOR ? sign : sign * floats[alphaAt]!;
      const kept = beta <= ACCUMULATE ? beta : floats[betaAt]!;
      sgemm(COLUMN_MAJOR, codeA, codeB, m, n, k, factor, viewA, lda, viewB, ldb, kept, viewC, ldc);
    };
    return { target, args: [] };
  };
}

/** The engine divides products among its own threads; two pools of threads would fight. */
function useOneThread(library: Library): void {
  try {
    library.func("void openblas_set_num_threads(int n)")(1);
  } catch {
    // Accelerate has no such function, and needs none.
  }
}

function loadKoffi(): Koffi {
  try {
    return nativePackage("koffi") as Koffi;
  } catch (cause) {
    throw new EngineError(
      "a native BLAS needs the package koffi: npm install koffi, or use the embedded kernels",
      { remedy: "embedded kernels", cause },
    );
  }
}
