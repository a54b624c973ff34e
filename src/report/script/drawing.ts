/** A field to draw a digit in, by pointer and by keys, which every network that reads such digits answers at once. */
import type { EmbeddedNetwork } from "../embedded.js";
import { BLANK, begun, cleared, extended } from "../field/drawing.js";
import { pixelsDrawn } from "../field/ink.js";
import { afterKey, CELLS, START, spoken } from "../field/keys.js";
import { create, outputs, pictures } from "./elements.js";
import type { Answer } from "./network.js";
import { paintStrokes, pointAt, pointsOf } from "./strokes.js";

/** As thick as MNIST's digits are drawn. */
const PEN = { pen: 1 / 12, erases: false };

export function openField(
  networks: readonly EmbeddedNetwork[],
  answers: readonly ((pixels: Uint8Array) => Answer)[],
): void {
  const canvas = document.getElementById("canvas") as HTMLCanvasElement | null;
  const [shown, clear, marker, said] = ["answers", "clear", "cursor", "said"].map((id) =>
    document.getElementById(id),
  );
  const context = canvas?.getContext("2d", { willReadFrequently: true });
  if (!canvas || !shown || !clear || !marker || !said || !context) return;
  const explanation = [...shown.childNodes];
  let drawing = BLANK;
  let cursor = START;
  let frame = 0;

  const answer = () => {
    const { width, height } = canvas;
    context.clearRect(0, 0, width, height);
    paintStrokes(context, drawing.strokes, getComputedStyle(canvas).color);
    const pixels = pixelsDrawn(context.getImageData(0, 0, width, height));
    if (pixels === undefined) return shown.replaceChildren(...explanation);
    shown.replaceChildren(
      ...networks.flatMap((network, k) => {
        if (network.rows !== 28 || network.columns !== 28) return [];
        const given = answers[k]!(pixels);
        const { [given.predicted]: value = 0 } = given.outputs;
        const words = `${network.classes[given.predicted]}, with ${value.toFixed(3)}`;
        const heading = networks.length === 1 ? words : `${network.name}: ${words}`;
        const both = create("div", "answer");
        both.append(pictures(pixels, given, network), outputs(given, network));
        return [create("h3", "", heading), both];
      }),
    );
  };
  const draw = (next: typeof drawing) => {
    if (next === drawing) return;
    drawing = next;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(answer);
  };
  const showCursor = (isShown: boolean) => {
    marker.hidden = !isShown;
    const { row, column } = cursor;
    marker.style.inset = [row, CELLS - 1 - column, CELLS - 1 - row, column]
      .map((cells) => `${(100 * cells) / CELLS}%`)
      .join(" ");
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    draw(begun(drawing, { ...PEN, points: [pointAt(event, canvas)] }));
    showCursor(false);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    draw(extended(drawing, pointsOf(event, canvas)));
  });
  canvas.addEventListener("keydown", (event) => {
    const after = afterKey({ cursor, drawing }, event, PEN);
    if (after === undefined) return;
    event.preventDefault();
    cursor = after.cursor;
    said.textContent = spoken(after, drawing);
    draw(after.drawing);
    showCursor(true);
  });
  canvas.addEventListener("focus", () => showCursor(canvas.matches(":focus-visible")));
  canvas.addEventListener("blur", () => showCursor(false));
  clear.addEventListener("click", () => draw(cleared(drawing)));
}
