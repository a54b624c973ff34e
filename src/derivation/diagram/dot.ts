/** Diagrams in the language of Graphviz. */
import { FILLS, STROKES } from "./colours.js";
import type { Box, Diagram } from "./diagram.js";

/** The diagram in the language of Graphviz. */
export function dot({ boxes, arrows, legend }: Diagram): string {
  return [
    "digraph backpropagation {",
    `  node [shape=box]; label=${quoted([...legend.values()].join("\n"))}; labeljust=l;`,
    ...boxes.map(
      (box) => `  ${box.id} [label=${quoted(`${box.label}\n${box.note}`)}, ${style(box)}];`,
    ),
    ...arrows.map(({ from, to, kind }) => {
      const dashes = kind === "value" ? ", style=dashed" : "";
      return `  ${from} -> ${to} [color=${quoted(STROKES[kind])}${dashes}];`;
    }),
    "}",
    "",
  ].join("\n");
}

function style({ kind, equation }: Box): string {
  const shape = kind === "given" ? "shape=ellipse, " : "";
  const fill = equation === undefined ? "" : `, style=filled, fillcolor=${quoted(FILLS[equation])}`;
  return `${shape}color=${quoted(STROKES[kind])}${fill}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
