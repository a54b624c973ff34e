/** Compiling the contestant that is written in C, where a compiler and libxsmm are at hand. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const libraries = ["-lxsmm", "-lxsmmnoblas", "-lm", "-ldl", "-lpthread"];

/**
 * @param {string} source
 * @returns {string | undefined} the program, which is removed when this process ends; undefined if
 *   there is no compiler, or no libxsmm
 */
export function compileWithLibxsmm(source) {
  const directory = mkdtempSync(join(tmpdir(), "train-mnist-bench-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  const program = join(directory, "libxsmm");
  const compiler = process.env.CC ?? "cc";
  const { status } = spawnSync(compiler, ["-O2", source, "-o", program, ...libraries]);
  return status === 0 ? program : undefined;
}
