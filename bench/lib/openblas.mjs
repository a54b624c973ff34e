/** OpenBLAS through koffi; as a program, it prints which kernels OpenBLAS chose on this processor. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { environment } from "./environment.mjs";

const libraries = ["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib", "libopenblas.dll"];

/** The first library that can be opened. */
export async function openBlas() {
  const { default: koffi } = await import("koffi");
  for (const name of libraries) {
    try {
      return koffi.load(name);
    } catch {}
  }
  throw new Error(`None of ${libraries.join(", ")} can be opened: install OpenBLAS.`);
}

/**
 * What OpenBLAS says of itself in a process like those of the contestants, such as "Zen (OpenBLAS
 * 0.3.21 …)".
 *
 * @param {Record<string, string>} [more] what their environment has besides
 * @returns {string | undefined} undefined where it, or koffi, is missing
 */
export function describeOpenBlas(more) {
  try {
    const options = {
      env: environment(more),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    };
    return execFileSync(process.execPath, [program], options).trim();
  } catch {
    return undefined;
  }
}

const program = fileURLToPath(import.meta.url);
if (process.argv[1] === program) {
  const library = await openBlas();
  const say = (name) => library.func(`const char *${name}()`)();
  console.log(`${say("openblas_get_corename")} (${say("openblas_get_config").trim()})`);
}
