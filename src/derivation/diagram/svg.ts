/** Diagrams as pictures: laid out in ranks by dagre, which is loaded when one is drawn. */
import { visibleLength } from "../../autodiff/printing/names.js";
import { classOf, FILLS, STROKES } from "./colours.js";
import type { Box, Diagram } from "./diagram.js";
import { type Point, route } from "./route.js";

/** In pixels, for letters of 13 and of 10. */
const LETTER = 7.6;
const SMALL_LETTER = 5.8;
const PADDING = 20;
const HEIGHT = 40;
const MARGIN = 16;
const LEGEND_LINE = 22;

const STYLE = `
  .paper { fill: #fff }
  text { font: 13px "DejaVu Sans", Verdana, sans-serif; text-anchor: middle; fill: #111 }
  .note { font-size: 10px; fill: #555 } .legend { text-anchor: start }
  .box { fill: #fff; stroke-width: 1.5 } .arrow, .tip { fill: none; stroke-width: 1.2 }
  .value { stroke-dasharray: 4 3 } .tip { stroke-dasharray: none }
${Object.entries(STROKES)
  .map(([kind, colour]) => `  .${kind} { stroke: ${colour} }`)
  .join("\n")}
${Object.entries(FILLS)
  .map(([equation, colour]) => `  .${classOf(equation as keyof typeof FILLS)} { fill: ${colour} }`)
  .join("\n")}
`;

export async function svg({ boxes, arrows, legend }: Diagram): Promise<string> {
  const { Graph, layout } = await import("@dagrejs/dagre");
  const graph = new Graph();
  const top = MARGIN + LEGEND_LINE * legend.size;
  graph.setGraph({ rankdir: "TB", nodesep: 28, edgesep: 14, ranksep: 44, marginx: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of boxes) graph.setNode(box.id, { width: widthOf(box), height: HEIGHT });
  for (const { from, to } of arrows) graph.setEdge(from, to);
  layout(graph);
  const ranks = new Set(boxes.map(({ id }) => (graph.node(id) as Point).y));
  const size = graph.graph() as { width: number; height: number };
  const legendWidth = Math.max(0, ...[...legend.values()].map((text) => visibleLength(text)));
  const width = Math.ceil(Math.max(size.width + MARGIN, legendWidth * LETTER + 4 * MARGIN));
  const height = Math.ceil(size.height + top + 2 * MARGIN);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    "<title>The computational graph of a network's cost, and its adjoint</title>",
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="100%" height="100%"/>`,
    ...["forward", "adjoint", "value"].map(marker),
    ...[...legend].map(([equation, text], k) => {
      const y = MARGIN + k * LEGEND_LINE;
      const swatch = `<rect class="adjoint ${classOf(equation)}" x="${MARGIN}" y="${y}" width="24" height="14" rx="3"/>`;
      return `${swatch}<text class="legend" x="${MARGIN + 34}" y="${y + 12}">${escaped(text)}</text>`;
    }),
    `<g transform="translate(0 ${top + MARGIN})">`,
    ...arrows.map(({ from, to, kind }) => {
      const { points } = graph.edge(from, to) as { points: Point[] };
      const ends = [graph.node(from), graph.node(to)] as [Point, Point];
      // dagre has further points between ranks, for labels of arrows.
      const passes = points.slice(1, -1).filter(({ y }) => ranks.has(y));
      const path = route(ends, passes, HEIGHT);
      return `<path class="arrow ${kind}" d="${path}" marker-end="url(#${kind})"/>`;
    }),
    ...boxes.map((box) => drawn(box, graph.node(box.id) as Point)),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function widthOf({ label, note }: Box): number {
  return Math.max(visibleLength(label) * LETTER, visibleLength(note) * SMALL_LETTER) + PADDING;
}

function drawn(box: Box, { x, y }: Point): string {
  const { id, label, note, kind, equation } = box;
  const width = widthOf(box);
  const corner = `x="${pixels(x - width / 2)}" y="${pixels(y - HEIGHT / 2)}"`;
  const classes = ["box", kind, ...(equation ? [classOf(equation)] : [])].join(" ");
  const radius = kind === "given" ? HEIGHT / 2 : 4;
  return (
    `<g id="${id}"><rect class="${classes}" ${corner} width="${pixels(width)}" height="${HEIGHT}" rx="${radius}"/>` +
    `<text x="${pixels(x)}" y="${pixels(y - 3)}">${escaped(label)}</text>` +
    `<text class="note" x="${pixels(x)}" y="${pixels(y + 13)}">${escaped(note)}</text></g>`
  );
}

/** The tip of the arrows of one kind. */
function marker(kind: string): string {
  return (
    `<marker id="${kind}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">` +
    `<path class="tip ${kind}" d="M0,0 L8,4 L0,8"/></marker>`
  );
}

function pixels(x: number): string {
  return x.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
