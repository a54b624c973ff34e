import { describe, expect, test } from "vitest";
import { type Node, topologicalOrder } from "../../src/autodiff/index.js";
import { diagramOf, dot, mermaid, reportOn, svg } from "../../src/derivation/index.js";
import { exercise } from "./exercises.js";

const choice = { sizes: [2, 3, 2], activation: "relu", cost: "cross-entropy" } as const;
const report = reportOn(exercise(choice));
const { equations } = report.network;
const lines = [...equations.forward, ...equations.adjoint];
const diagram = diagramOf(report);
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
  const boxes = statements.filter((line) =>
    /^ {2}n\d+ \[label="[^"\\]*\\n[^"\\]*", .+\];$/.test(line),
  );
  const arrows = statements.filter((line) => /^ {2}n\d+ -> n\d+ \[[^\]]+\];$/.test(line));
  expect([boxes.length, arrows.length]).toEqual([diagram.boxes.length, diagram.arrows.length]);
  expect(statements).toHaveLength(boxes.length + arrows.length);
});

test("Mermaid has a line for each box and each arrow", () => {
  const text = mermaid(diagram).split("\n");
  expect(text[0]).toBe("flowchart TB");
  const boxes = text.filter((line) => /^ {2}n\d+(\(\["[^"]*"\]\)|\["[^"]*"\]):::\w+$/.test(line));
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

  test("says of each box its shape and, in the sweep, its rules, and colours it by its equation", async () => {
    const text = await svg(diagram);
    for (const { label, note } of diagram.boxes) {
      expect(note).toMatch(/^\d+×\d+( · j\(\w+\)( \+ j\(\w+\))*)?$/);
      expect(text).toContain(`>${label.replace(">", "&gt;")}</text>`);
    }
    for (const { label, kind, equation } of diagram.boxes) {
      if (kind !== "adjoint") expect(equation).toBeUndefined();
      else if (label.startsWith("b̄")) expect(equation).toBe("BP3");
      else if (label.startsWith("w̄")) expect(equation).toBe("BP4");
      else if (label.startsWith("z̄¹")) expect(equation).toBe("BP2");
      else expect(equation).toBeDefined();
    }
  });

  const choices = [
    choice,
    { sizes: [2, 2], activation: "sigmoid", cost: "quadratic" },
    { sizes: [2, 3, 3, 2], activation: "sigmoid", cost: "softmax" },
    { sizes: [2, 3, 3, 3, 2], activation: "scaled-tanh", cost: "cross-entropy" },
  ] as const;

  test.each(choices)(
    "draws boxes that do not overlap, within the picture, and no arrow below one: $sizes, $activation, $cost",
    async (choice) => {
      const diagram = diagramOf(reportOn(exercise(choice)));
      const text = await svg(diagram);
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(text)!.map(Number);
      const shift = Number(/translate\(0 (\d+)\)/.exec(text)![1]);
      const boxes = [
        ...text.matchAll(
          /<rect class="box [\w ]+" x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)"/g,
        ),
      ].map((match) => match.slice(1).map(Number) as [number, number, number, number]);
      expect(boxes).toHaveLength(diagram.boxes.length);
      for (const [x, y, w, h] of boxes) {
        expect(x >= 0 && y >= 0 && x + w <= width! && y + h + shift <= height!).toBe(true);
      }
      boxes.forEach(([x1, y1, w1, h1], k) => {
        for (const [x2, y2, w2, h2] of boxes.slice(k + 1)) {
          expect(x1 + w1 <= x2 || x2 + w2 <= x1 || y1 + h1 <= y2 || y2 + h2 <= y1).toBe(true);
        }
      });
      const paths = [...text.matchAll(/<path class="arrow \w+" d="([^"]+)"/g)];
      expect(paths).toHaveLength(diagram.arrows.length);
      for (const [, path] of paths) {
        for (const [px, py] of pointsAlong(path as string)) {
          const below = boxes.filter(
            ([x, y, w, h]) => px > x + 0.2 && px < x + w - 0.2 && py > y + 0.2 && py < y + h - 0.2,
          );
          expect(below).toEqual([]);
        }
      }
    },
  );
});

/** Points of a path of straight lines and cubic curves, close to each other. */
function pointsAlong(path: string): [number, number][] {
  const points: [number, number][] = [];
  let last: [number, number] = [0, 0];
  for (const [, letter, numbers] of path.matchAll(/([MLC])([^MLC]+)/g)) {
    const values = numbers!.trim().split(/[ ,]+/).map(Number);
    const ends = values.flatMap((x, k) => (k % 2 === 0 ? [[x, values[k + 1]!] as const] : []));
    const [p1, p2, p3] = letter === "C" ? ends : [last, ends[0]!, ends[0]!];
    for (let t = 0; letter !== "M" && t <= 1; t += 0.02) {
      const at = (i: 0 | 1) =>
        (1 - t) ** 3 * last[i] +
        3 * (1 - t) ** 2 * t * p1![i] +
        3 * (1 - t) * t ** 2 * p2![i] +
        t ** 3 * p3![i];
      points.push([at(0), at(1)]);
    }
    last = [...ends.at(-1)!] as [number, number];
  }
  return points;
}

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
