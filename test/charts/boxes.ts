/** What a figure's text says of where things are: its elements, and the boxes around its texts. */
import { SaxesParser } from "saxes";
import { textWidth } from "../../src/charts/text.js";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
  /** Where its coordinates begin, and how long their unit is, in those of the figure. */
  readonly frame: Frame;
}

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Throws if the text is not well-formed XML. */
export function parse(svg: string): Element {
  const parser = new SaxesParser();
  const frame = { x: 0, y: 0, scale: 1 };
  const root: Element = { name: "", attributes: {}, children: [], text: "", frame };
  const open = [root];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const parent = open.at(-1)!;
    const inner = within(parent.frame, attributes);
    const element = { name, attributes, children: [], text: "", frame: inner };
    parent.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    open.at(-1)!.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(svg).close();
  return root.children[0]!;
}

function within(
  { x, y, scale }: Frame,
  { transform = "" }: Readonly<Record<string, string>>,
): Frame {
  const moved = /translate\(([^ ]+) ([^)]+)\)/.exec(transform);
  const scaled = /scale\(([^)]+)\)/.exec(transform);
  const [dx, dy] = [Number(moved?.[1] ?? 0), Number(moved?.[2] ?? 0)];
  return { x: x + scale * dx, y: y + scale * dy, scale: scale * Number(scaled?.[1] ?? 1) };
}

export function elementsOf(root: Element): Element[] {
  return [root, ...root.children.flatMap(elementsOf)];
}

export interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The boxes of all lines of text, by the estimated widths. */
export function textBoxes(root: Element): Box[] {
  return elementsOf(root)
    .filter(({ name }) => name === "text")
    .map(({ text, attributes, frame }) => {
      const {
        "font-size": fontSize = 12,
        "text-anchor": anchor = "start",
        transform,
        x: x0,
        y: y0,
      } = attributes;
      const size = Number(fontSize);
      const width = textWidth(text, size);
      const before = { start: 0, middle: width / 2, end: width }[anchor] as number;
      const [x, y] = [frame.x + Number(x0), frame.y + Number(y0)];
      const [above, below] = [0.78 * size, 0.22 * size];
      if (transform !== undefined) {
        return { text, left: x - above, right: x + below, top: y - width, bottom: y };
      }
      const left = x - before;
      return { text, left, right: left + width, top: y - above, bottom: y + below };
    });
}

export function overlaps(boxes: readonly Box[]): string[] {
  return boxes.flatMap((a, i) =>
    boxes.slice(i + 1).flatMap((b) => {
      const apart =
        a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      return apart ? [] : [`${a.text} over ${b.text}`];
    }),
  );
}

/** All places that marks and boxes of text have, in the coordinates of the figure. */
export function placesIn(root: Element): [x: number, y: number][] {
  const corners = textBoxes(root).flatMap(({ left, right, top, bottom }) => {
    return [[left, top] as [number, number], [right, bottom] as [number, number]];
  });
  return [...corners, ...elementsOf(root).flatMap(placesOf)];
}

function placesOf({ name, attributes, frame }: Element): [number, number][] {
  const place = (x: number, y: number): [number, number] => {
    return [frame.x + frame.scale * x, frame.y + frame.scale * y];
  };
  const number = (key: string) => Number(attributes[key] ?? 0);
  const { d = "" } = attributes;
  if (name === "path") return pathPlaces(d).map(([x, y]) => place(x, y));
  if (name === "circle") return [place(number("cx"), number("cy"))];
  if (name !== "rect") return [];
  const [x, y] = [number("x"), number("y")];
  return [place(x, y), place(x + number("width"), y + number("height"))];
}

function pathPlaces(d: string): [number, number][] {
  const places: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command = "", rest = ""] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers =
      rest.trim() === ""
        ? []
        : rest
            .trim()
            .split(/[ ,]|(?<=\d)(?=-)/)
            .map(Number);
    const relative = command === command.toLowerCase();
    const step = /[hv]/i.test(command) ? 1 : 2;
    for (let k = 0; k < numbers.length; k += step) {
      const [a, b] = [numbers[k]!, numbers[k + 1] ?? 0];
      if (/h/i.test(command)) x = relative ? x + a : a;
      else if (/v/i.test(command)) y = relative ? y + a : a;
      else [x, y] = relative ? [x + a, y + b] : [a, b];
      places.push([x, y]);
    }
  }
  return places;
}
