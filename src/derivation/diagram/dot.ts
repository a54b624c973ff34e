/** Diagrams in the language of Graphviz. */
import type { Diagram } from "./diagram.js";

const STYLES = {
  given: "shape=ellipse, color=gray",
  forward: "color=steelblue",
  adjoint: "color=firebrick",
};

const LINES = {
  forward: "color=steelblue",
  adjoint: "color=firebrick",
  value: "style=dashed, color=gray",
};

export function dot({ boxes, arrows }: Diagram): string {
  return [
    "digraph backpropagation {",
    "  node [shape=box];",
    ...boxes.map(({ id, label, kind }) => `  ${id} [label=${quoted(label)}, ${STYLES[kind]}];`),
    ...arrows.map(({ from, to, kind }) => `  ${from} -> ${to} [${LINES[kind]}];`),
    "}",
    "",
  ].join("\n");
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
