/** Diagrams in the language of Mermaid, which GitHub draws. */
import type { Diagram } from "./diagram.js";

const ARROWS = { forward: "-->", adjoint: "==>", value: "-.->" };

export function mermaid({ boxes, arrows }: Diagram): string {
  return [
    "flowchart TB",
    ...boxes.map(({ id, label, kind }) => {
      const text = `"${label.replaceAll('"', "#quot;")}"`;
      return kind === "given" ? `  ${id}([${text}])` : `  ${id}[${text}]:::${kind}`;
    }),
    ...arrows.map(({ from, to, kind }) => `  ${from} ${ARROWS[kind]} ${to}`),
    "  classDef forward stroke:#4682b4",
    "  classDef adjoint stroke:#b22222",
    "",
  ].join("\n");
}
