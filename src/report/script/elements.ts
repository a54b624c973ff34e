/** How answers are shown. Text is set as text, so that no name can become markup. */
import { greyImage, signedImage } from "../../charts/image.js";
import type { EmbeddedNetwork } from "../embedded.js";
import type { Answer } from "./network.js";

export function create(tag: string, className = "", text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** The image, and the gradient beside it. */
export function pictures(
  pixels: Uint8Array,
  { gradient }: Answer,
  { rows, columns }: EmbeddedNetwork,
): HTMLElement {
  const both = create("div", "pictures");
  for (const [svg, text] of [
    [greyImage(pixels, { rows, columns }), "what it sees"],
    [signedImage(gradient, { rows, columns }), "x̄, the gradient"],
  ] as const) {
    const picture = create("div");
    picture.innerHTML = svg;
    picture.append(text);
    both.append(picture);
  }
  return both;
}

/** A row with a bar for each class. */
export function outputs({ outputs, predicted }: Answer, { classes }: EmbeddedNetwork): HTMLElement {
  const table = create("table", "outputs");
  table.setAttribute("aria-label", "the output for each class");
  classes.forEach((name, k) => {
    const row = create("tr", k === predicted ? "won" : "");
    const head = create("th", "", name);
    head.setAttribute("scope", "row");
    const cell = create("td");
    const bar = create("span", "bar");
    const value = outputs[k] ?? 0;
    bar.style.width = `${Math.max(0, Math.min(100, 100 * value))}%`;
    cell.append(bar);
    row.append(head, cell, create("td", "", value.toFixed(3)));
    table.append(row);
  });
  return table;
}
