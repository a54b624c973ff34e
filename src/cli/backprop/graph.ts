/** `--graph <file>`: the computational graph, forward and adjoint, in the format of the ending. */
import { extname } from "node:path";
import { type Diagram, diagramOf, dot, mermaid, type Report, svg } from "../../derivation/index.js";
import { UsageError } from "../errors/kinds.js";
import { checkTargets } from "../runs/targets.js";
import { writeText } from "../write-text.js";

const formats: Readonly<Record<string, (diagram: Diagram) => string | Promise<string>>> = {
  ".svg": svg,
  ".dot": dot,
  ".gv": dot,
  ".mmd": mermaid,
  ".mermaid": mermaid,
};

/**
 * What writes the graph to the file, as {@link writeText} does. Throws a {@link UsageError} at once for
 * an unknown ending or a file that holds a run, or a {@link DataError} for one that could not be written.
 */
export async function graphWriter(file: string): Promise<(report: Report) => Promise<void>> {
  const format = formats[extname(file).toLowerCase()];
  if (format === undefined) {
    const endings = Object.keys(formats).join(", ");
    throw new UsageError(`--graph ${file}: expected a file name that ends in one of ${endings}`);
  }
  await checkTargets([file], []);
  return async (report) => {
    await writeText(file, await format(diagramOf(report)));
  };
}
