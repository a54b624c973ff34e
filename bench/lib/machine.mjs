/** What figures depend on, beside the programs: the processor, versions, and other load. */
import { availableParallelism, cpus, loadavg } from "node:os";
import { describeOpenBlas } from "./openblas.mjs";
import { note } from "./options.mjs";

/** Where it is higher at the start, figures are of little use. */
const QUIET = 0.5;

/**
 * @param {{ versions: { node: string, v8: string } }[]} nodes
 * @param {Record<string, string>} [more] what the contestants' environment has besides
 */
export function describeMachine(nodes, more = {}) {
  const machine = {
    processor: cpus()[0].model,
    processors: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
    nodes: nodes.map(({ versions: { node, v8 } }) => ({ node, v8 })),
    openBlas: describeOpenBlas(more),
    environment: more,
    loadBefore: loadavg()[0],
  };
  if (machine.loadBefore > QUIET) {
    note(`The machine is busy (load ${machine.loadBefore.toFixed(1)}): times will be too long.`);
  }
  return machine;
}

/** The first lines of a report. @param {ReturnType<typeof describeMachine>} machine */
export function heading({
  processor,
  processors,
  nodes,
  openBlas = "not found",
  environment = {},
}) {
  const versions = nodes.map(({ node, v8 }) => `Node.js ${node} (V8 ${v8})`).join(", ");
  const settings = Object.entries(environment).map(([name, value]) => `${name}="${value}"`);
  return [
    `${processors} × ${processor}; ${versions}`,
    `OpenBLAS: ${openBlas}`,
    ...(settings.length > 0 ? [`With ${settings.join(" ")}`] : []),
    "",
  ].join("\n");
}
