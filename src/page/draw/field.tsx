/** The field that one draws on: by finger, pen or mouse, and by keys. */
import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { DataError } from "../../data/errors.js";
import { SIDE } from "../../data/pictures/normalise.js";
import { begun, extended } from "../../report/field/drawing.js";
import { afterKey, CELLS, START, spoken } from "../../report/field/keys.js";
import { pointAt, pointsOf } from "../../report/script/strokes.js";
import type { PageDrawing } from "./ground.js";
import { FIELD, paint, pictureOf } from "./paint.js";
import { readPicture, readQuickly } from "./reading.js";
import { drawing, pen, reading, settled } from "./state.js";

/** So long after the last change, in milliseconds, a drawing is looked at as pictures are. */
const REST = 200;

export function Field({ erases }: { erases: boolean }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cursor = useSignal(START);
  /** The cursor is shown to those who use keys. */
  const byKeys = useSignal(false);
  const said = useSignal("");

  useSignalEffect(() => {
    const shown = drawing.value;
    if (canvas.current !== null) show(canvas.current, shown);
  });
  useEffect(() => {
    // Ink has the colour of text, which another colour scheme changes.
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const again = () => {
      if (canvas.current !== null) show(canvas.current, drawing.peek());
    };
    scheme.addEventListener("change", again);
    return () => scheme.removeEventListener("change", again);
  }, []);

  const stroke = { pen: pen.value / SIDE, erases };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    byKeys.value = false;
    const target = event.currentTarget as HTMLElement;
    target.setPointerCapture(event.pointerId);
    drawing.value = begun(drawing.value, { ...stroke, points: [pointAt(event, target)] });
  };
  const move = (event: PointerEvent) => {
    const target = event.currentTarget as HTMLElement;
    if (!target.hasPointerCapture(event.pointerId)) return;
    drawing.value = extended(drawing.value, pointsOf(event, target));
  };
  const press = (event: KeyboardEvent) => {
    const after = afterKey({ cursor: cursor.value, drawing: drawing.value }, event, stroke);
    if (after === undefined) return;
    byKeys.value = true;
    event.preventDefault();
    said.value = spoken(after, drawing.value);
    cursor.value = after.cursor;
    drawing.value = after.drawing;
  };
  const cell = 100 / CELLS;
  return (
    <div class="field">
      <div
        class="ground"
        role="application"
        aria-label="Field to draw a digit on"
        aria-describedby="draw-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one draws on it by keys, too.
        tabIndex={0}
        onPointerDown={down}
        onPointerMove={move}
        onKeyDown={press}
        onFocus={({ currentTarget }) => {
          byKeys.value = currentTarget.matches(":focus-visible");
        }}
        onBlur={() => {
          byKeys.value = false;
        }}
      >
        <canvas ref={canvas} width={FIELD} height={FIELD} />
      </div>
      {byKeys.value && (
        <div
          class="cursor"
          style={{
            left: `${cursor.value.column * cell}%`,
            top: `${cursor.value.row * cell}%`,
            width: `${cell}%`,
            height: `${cell}%`,
          }}
        />
      )}
      <p class="unseen" role="status">
        {said}
      </p>
    </div>
  );
}

let frame = 0;
let rest: ReturnType<typeof setTimeout> | undefined;

/** Paints what is drawn with the next frame, and has it read: quickly at once, and as pictures are in the end. */
function show(canvas: HTMLCanvasElement, shown: PageDrawing): void {
  cancelAnimationFrame(frame);
  clearTimeout(rest);
  frame = requestAnimationFrame(() => {
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) return;
    paint(context, shown, getComputedStyle(canvas).color);
    const quick = shown.strokes.length === 0 ? undefined : readQuickly(pictureOf(context));
    if (quick === undefined) settled.value = shown;
    else rest = setTimeout(() => readAtRest(context, shown), REST);
    if (shown.strokes.length > 0) reading.value = quick;
  });
}

function readAtRest(context: CanvasRenderingContext2D, shown: PageDrawing): void {
  try {
    reading.value = readPicture(pictureOf(context), "The drawing").reading;
  } catch (error) {
    // What an eraser leaves may be too faint for ink.
    if (!(error instanceof DataError)) throw error;
    reading.value = undefined;
  }
  settled.value = shown;
}
