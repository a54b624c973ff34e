/** SVG as text: elements, whose attributes and contents are escaped here and nowhere else. */
import { LINE, SIZE, shortened, showable } from "./text.js";

/** Text that is SVG already. Everything else is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Markup | string;
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Numbers are rounded to hundredths of a pixel; attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, ...children: Child[]): Markup {
  const start = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      return ` ${key}="${typeof value === "number" ? rounded(value) : escaped(value as string)}"`;
    });
  const inner = children.map((child) => (child instanceof Markup ? child.text : escaped(child)));
  const open = `<${name}${start.join("")}`;
  return new Markup(inner.length === 0 ? `${open}/>` : `${open}>${inner.join("")}</${name}>`);
}

export function group(attributes: Attributes, ...children: Child[]): Markup {
  return element("g", attributes, ...children);
}

/** The title of a mark: what browsers show beside the pointer, and screen readers read. */
export function hint(text: string): Markup {
  return element("title", {}, text);
}

export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100 || 0);
}

export function escaped(text: string): string {
  return showable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

export interface LabelOptions {
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly class?: string;
  /** The width that it may take; longer text ends in an ellipsis, and is whole in a hint. */
  readonly room?: number;
  /** Whether it is read from the bottom to the top. */
  readonly upwards?: boolean;
}

/** A line of text at a point of its baseline. */
export function label(text: string, x: number, y: number, options: LabelOptions = {}): Markup {
  const { anchor = "start", size = SIZE, room = Number.POSITIVE_INFINITY, upwards } = options;
  const whole = showable(text.replace(/\s+/g, " "));
  const shown = shortened(whole, room, size);
  return element(
    "text",
    {
      x,
      y,
      class: options.class,
      "font-size": size === SIZE ? undefined : size,
      "text-anchor": anchor === "start" ? undefined : anchor,
      transform: upwards ? `rotate(-90 ${rounded(x)} ${rounded(y)})` : undefined,
    },
    shown,
    ...(shown === whole ? [] : [hint(whole)]),
  );
}

/** The height of a line of text. */
export function lineHeight(size = SIZE): number {
  return size * LINE;
}
