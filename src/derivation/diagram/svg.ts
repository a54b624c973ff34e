/** Diagrams as pictures: laid out in ranks by dagre, which is loaded when one is drawn. */
import { visibleLength } from "../../autodiff/index.js";
import type { Diagram } from "./diagram.js";

/** In pixels, for letters of 13. */
const LETTER = 7.4;
const PADDING = 24;
const HEIGHT = 30;
const MARGIN = 16;

const STYLE = `
  rect { fill: #fff; stroke-width: 1.5 }
  text { font: 13px "DejaVu Sans", Verdana, sans-serif; text-anchor: middle; dominant-baseline: central }
  path { fill: none; stroke-width: 1.2 }
  .given { stroke: #888 } .forward { stroke: #4682b4 } .adjoint { stroke: #b22222 }
  .value { stroke: #aaa; stroke-dasharray: 4 3 }
`;

interface Point {
  readonly x: number;
  readonly y: number;
}

export async function svg({ boxes, arrows }: Diagram): Promise<string> {
  const { Graph, layout } = await import("@dagrejs/dagre");
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 24, ranksep: 36, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, label } of boxes) {
    graph.setNode(id, { width: visibleLength(label) * LETTER + PADDING, height: HEIGHT });
  }
  for (const { from, to } of arrows) graph.setEdge(from, to);
  layout(graph);
  const { width, height } = graph.graph() as { width: number; height: number };
  const size = `width="${Math.ceil(width)}" height="${Math.ceil(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" role="img">`,
    "<title>The computational graph of a network's cost, and its adjoint</title>",
    `<style>${STYLE}</style>`,
    `<rect width="100%" height="100%"/>`,
    ...["forward", "adjoint", "value"].map(marker),
    ...arrows.map(({ from, to, kind }) => {
      const { points } = graph.edge(from, to) as { points: Point[] };
      return `<path class="${kind}" d="${curve(points)}" marker-end="url(#${kind})"/>`;
    }),
    ...boxes.map(({ id, label, kind }) => {
      const { x, y, width, height } = graph.node(id) as Point & { width: number; height: number };
      const corner = `x="${pixels(x - width / 2)}" y="${pixels(y - height / 2)}"`;
      const radius = kind === "given" ? HEIGHT / 2 : 4;
      return (
        `<g id="${id}"><rect class="${kind}" ${corner} width="${pixels(width)}" height="${height}" rx="${radius}"/>` +
        `<text x="${pixels(x)}" y="${pixels(y)}">${escaped(label)}</text></g>`
      );
    }),
    "</svg>",
    "",
  ].join("\n");
}

/** The tip of the arrows of one kind. */
function marker(kind: string): string {
  return (
    `<marker id="${kind}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">` +
    `<path class="${kind}" d="M0,0 L8,4 L0,8"/></marker>`
  );
}

/** A smooth line through the middles of the segments between the points. */
function curve(points: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${pixels(x)},${pixels(y)}`;
  const [first, ...others] = points as [Point, ...Point[]];
  const last = others.at(-1) as Point;
  const bends = others.slice(0, -1).map((point, k) => {
    const next = others[k + 1] as Point;
    const middle =
      k === others.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${at(point)} ${at(middle)}`;
  });
  return [`M${at(first)}`, ...bends, `L${at(last)}`].join(" ");
}

function pixels(x: number): string {
  return x.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
