/** A field to draw a digit in, which every network that reads such digits answers at once. */
import { normalise } from "../../data/pictures/normalise.js";
import type { EmbeddedNetwork } from "../embedded.js";
import { create, outputs, pictures } from "./elements.js";
import type { Answer } from "./network.js";

/** Of the pen, in parts of the side of the field: as thick as MNIST's digits are drawn. */
const PEN = 1 / 12;

export function openField(
  networks: readonly EmbeddedNetwork[],
  answers: readonly ((pixels: Uint8Array) => Answer)[],
): void {
  const canvas = document.getElementById("canvas") as HTMLCanvasElement | null;
  const shown = document.getElementById("answers");
  const clear = document.getElementById("clear");
  const context = canvas?.getContext("2d", { willReadFrequently: true });
  if (!canvas || !shown || !clear || !context) return;
  const explanation = [...shown.childNodes];
  let last: { x: number; y: number } | undefined;
  let waiting = false;

  const answer = () => {
    waiting = false;
    const pixels = drawnIn(context);
    if (pixels === undefined) return;
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
  const to = (event: PointerEvent) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * canvas.width;
    const y = ((event.clientY - top) / height) * canvas.height;
    const from = last ?? { x, y };
    context.strokeStyle = getComputedStyle(canvas).color;
    context.lineWidth = PEN * canvas.width;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(x, y + (last === undefined ? 0.01 : 0));
    context.stroke();
    last = { x, y };
    if (!waiting) requestAnimationFrame(answer);
    waiting = true;
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = undefined;
    to(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons === 0 || last === undefined) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) to(each);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      last = undefined;
    });
  }
  clear.addEventListener("click", () => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    shown.replaceChildren(...explanation);
  });
}

/** Ink is what is opaque, whatever its colour; undefined on an empty field. */
function drawnIn(context: CanvasRenderingContext2D): Uint8Array | undefined {
  const { width, height } = context.canvas;
  const { data } = context.getImageData(0, 0, width, height);
  const values = Float32Array.from({ length: width * height }, (_, i) => data[4 * i + 3]! / 255);
  return values.some((ink) => ink > 0) ? normalise({ width, height, values }) : undefined;
}
