/** Finding a Python that has a library, and the BLAS to run it with. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const interpreters = [process.env.PYTHON, "python3", "/usr/bin/python3", "python"];

/**
 * The first interpreter that can import the module.
 *
 * @param {string} module
 * @param {string} expression about the module, to print
 * @returns {{ python: string, printed: string } | undefined}
 */
export function findPython(module, expression) {
  for (const python of interpreters) {
    if (!python) continue;
    const code = `import ${module}; print(${expression})`;
    const { status, stdout } = spawnSync(python, ["-c", code], { encoding: "utf8" });
    if (status === 0) return { python, printed: stdout.trim() };
  }
  return undefined;
}

/**
 * Debian's OpenBLAS with OpenMP threads. PyTorch has OpenMP threads of its own, which fight for the
 * processors with the pthreads of the usual OpenBLAS; with this one both use the same pool.
 *
 * @returns {string | undefined} its path
 */
export function findOpenMpBlas() {
  if (process.platform !== "linux") return undefined;
  return readdirSync("/usr/lib")
    .map((directory) => join("/usr/lib", directory, "openblas-openmp/libopenblas.so.0"))
    .find((path) => existsSync(path));
}
