/** `--graph <file>`: the computational graph, forward and adjoint, in the format of the ending. */
import { extname } from "node:path";
import { replaceFile } from "../checkpoints/replace-file.js";
import { DataError, systemReason } from "../data/errors.js";
import { type Diagram, diagramOf, dot, mermaid, type Network, svg } from "../derivation/index.js";
import { SettingsError } from "../training/errors.js";

const formats: Readonly<Record<string, (diagram: Diagram) => string | Promise<string>>> = {
  ".svg": svg,
  ".dot": dot,
  ".gv": dot,
  ".mmd": mermaid,
  ".mermaid": mermaid,
};

/**
 * What writes the graph to the file. Throws a {@link SettingsError} at once for an unknown ending, and
 * later a {@link DataError} if the file cannot be written; it is then as it was before.
 */
export function graphWriter(file: string): (network: Network) => Promise<void> {
  const format = formats[extname(file).toLowerCase()];
  if (format === undefined) {
    const endings = Object.keys(formats).join(", ");
    throw new SettingsError(`--graph ${file}: expected a file name that ends in one of ${endings}`);
  }
  return async ({ equations }) => {
    const text = await format(diagramOf(equations));
    try {
      await replaceFile(file, [Buffer.from(text)]);
    } catch (error) {
      throw new DataError(`Cannot write ${file}: ${systemReason(error)}.`, { cause: error });
    }
  };
}
