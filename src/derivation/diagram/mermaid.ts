/** Diagrams in the language of Mermaid, which GitHub draws. */
import { classOf, FILLS, STROKES } from "./colours.js";
import type { Box, Diagram } from "./diagram.js";

const ARROWS = { forward: "-->", adjoint: "==>", value: "-.->" };

/** The diagram as a flowchart of Mermaid. */
export function mermaid({ boxes, arrows, legend }: Diagram): string {
  return [
    "flowchart TB",
    ...[...legend.values()].map((line) => `  %% ${line}`),
    ...boxes.map((box) => {
      const text = `${box.label}<br>${box.note}`.replaceAll('"', "#quot;");
      return box.kind === "given"
        ? `  ${box.id}(["${text}"]):::given`
        : `  ${box.id}["${text}"]:::${classNameOf(box)}`;
    }),
    ...arrows.map(({ from, to, kind }) => `  ${from} ${ARROWS[kind]} ${to}`),
    ...(["given", "forward", "adjoint"] as const).map(
      (kind) => `  classDef ${kind} stroke:${STROKES[kind]}`,
    ),
    ...[...legend.keys()].map(
      (equation) =>
        `  classDef ${classOf(equation)} stroke:${STROKES.adjoint},fill:${FILLS[equation]},color:#000`,
    ),
    "",
  ].join("\n");
}

function classNameOf({ kind, equation }: Box): string {
  return equation === undefined ? kind : classOf(equation);
}
