import { describe, expect, test } from "vitest";
import { type Node, topologicalOrder } from "../../src/autodiff/index.js";
import { diagramOf, dot, mermaid, reportOn, svg } from "../../src/derivation/index.js";
import { exercise } from "./exercises.js";

const choice = { sizes: [2, 3, 2], activation: "relu", cost: "cross-entropy" } as const;
const { equations } = reportOn(exercise(choice)).network;
const lines = [...equations.forward, ...equations.adjoint];
const diagram = diagramOf(equations);
const labels = diagram.boxes.map(({ label }) => label);

describe("the diagram", () => {
  test("has one box for each equation and for each given variable", () => {
    const symbols = labels.map((label) => label.split(" = ")[0]);
    expect(new Set(symbols).size).toBe(symbols.length);
    for (const { symbol } of lines) expect(symbols).toContain(symbol.name);
    expect(symbols.slice(0, symbols.length - lines.length).sort()).toEqual(
      ["a⁰", "y", "w¹", "b¹", "w²", "b²"].sort(),
    );
  });

  test("has an arrow for each symbol that an equation refers to, and no other", () => {
    const nameOf = new Map(diagram.boxes.map(({ id, label }) => [id, label.split(" = ")[0]]));
    const drawn = diagram.arrows.map(({ from, to }) => `${nameOf.get(from)} → ${nameOf.get(to)}`);
    const referred = lines.flatMap(({ symbol, right }) =>
      topologicalOrder([right])
        .filter((node: Node) => node.kind === "variable")
        .map((node) => `${node.kind === "variable" && node.name} → ${symbol.name}`),
    );
    expect(drawn.sort()).toEqual(referred.sort());
  });
});

test("DOT has a statement for each box and each arrow", () => {
  const text = dot(diagram).split("\n");
  expect(text[0]).toBe("digraph backpropagation {");
  expect(text.slice(-2)).toEqual(["}", ""]);
  const statements = text.slice(2, -2);
  const boxes = statements.filter((line) => /^ {2}n\d+ \[label="[^"\\]*", [^\]]+\];$/.test(line));
  const arrows = statements.filter((line) => /^ {2}n\d+ -> n\d+ \[[^\]]+\];$/.test(line));
  expect([boxes.length, arrows.length]).toEqual([diagram.boxes.length, diagram.arrows.length]);
  expect(statements).toHaveLength(boxes.length + arrows.length);
});

test("Mermaid has a line for each box and each arrow", () => {
  const text = mermaid(diagram).split("\n");
  expect(text[0]).toBe("flowchart TB");
  const boxes = text.filter((line) => /^ {2}n\d+(\(\["[^"]*"\]\)|\["[^"]*"\]:::\w+)$/.test(line));
  const arrows = text.filter((line) => /^ {2}n\d+ (-->|==>|-\.->) n\d+$/.test(line));
  expect([boxes.length, arrows.length]).toEqual([diagram.boxes.length, diagram.arrows.length]);
});

describe("SVG", () => {
  test("is well-formed, with a group for each box and a path for each arrow", async () => {
    const text = await svg(diagram);
    const elements = elementsOf(text);
    expect(elements[0]).toMatch(/^svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    for (const { id } of diagram.boxes) expect(elements).toContain(`g id="${id}"`);
    const arrows = elements.filter((element) => element.includes("marker-end"));
    expect(arrows).toHaveLength(diagram.arrows.length);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(text).toContain("[z¹ &gt; 0]");
  });

  test("draws boxes that do not overlap, within the picture", async () => {
    const text = await svg(diagram);
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(text)!.map(Number);
    const boxes = [
      ...text.matchAll(/<rect class="\w+" x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)"/g),
    ].map((match) => match.slice(1).map(Number) as [number, number, number, number]);
    expect(boxes).toHaveLength(diagram.boxes.length);
    for (const [x, y, w, h] of boxes) {
      expect(x >= 0 && y >= 0 && x + w <= width! && y + h <= height!).toBe(true);
    }
    boxes.forEach(([x1, y1, w1, h1], k) => {
      for (const [x2, y2, w2, h2] of boxes.slice(k + 1)) {
        expect(x1 + w1 <= x2 || x2 + w2 <= x1 || y1 + h1 <= y2 || y2 + h2 <= y1).toBe(true);
      }
    });
  });
});

/** The opening tags of a document whose tags are nested rightly; throws on others. */
function elementsOf(text: string): string[] {
  const elements: string[] = [];
  const open: string[] = [];
  const content = text.replace(/<(\/?)([^<>]+?)(\/?)>/g, (_, end, tag: string, empty) => {
    const [name] = tag.split(" ") as [string];
    if (end) expect(open.pop()).toBe(name);
    else {
      expect(tag).toMatch(/^[\w-]+( [\w:-]+="[^"<&]*")*$/);
      elements.push(tag);
      if (!empty) open.push(name);
    }
    return "";
  });
  expect(open).toEqual([]);
  expect(content).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  return elements;
}
