/** What the room has on its field, and what the network makes of it. */
import { computed, effect, signal } from "@preact/signals";
import { answering } from "../../report/answering.js";
import { BLANK, placed } from "../../report/field/drawing.js";
import { type Digit, digit, network } from "../network.js";
import { place } from "../place.js";
import { along } from "./along.js";
import type { Ground, PageDrawing } from "./ground.js";
import { type Reading, readImage } from "./reading.js";

export const drawing = signal<PageDrawing>(BLANK);

/** Undefined as long as the field is blank. */
export const reading = signal<Reading | undefined>(undefined);

// Strokes are read from the field, once they are painted there; what is from elsewhere has been read.
effect(() => {
  const { strokes, ground } = drawing.value;
  if (strokes.length === 0) reading.value = ground?.reading;
});

/** The drawing that was last painted and read as pictures are. */
export const settled = signal<PageDrawing>(BLANK);

/** Whether what is shown does not belong to the drawing yet. */
export const isBusy = computed(() => drawing.value !== settled.value);

/** A unit of the first hidden layer that one points at. */
export const unit = signal<number | undefined>(undefined);

/** Of the pen, in pixels of the network's 28: as thick as most of MNIST's digits are drawn. */
export const USUAL_PEN = 2.25;
export const [THINNEST, THICKEST] = [1, 4];

export const pen = computed(() => {
  const given = Number(place.value.parameters.get("pen") ?? USUAL_PEN);
  return given >= THINNEST && given <= THICKEST ? given : USUAL_PEN;
});

/** The class whose output is looked into; undefined for whichever is largest. */
export const wanted = computed(() => {
  const given = place.value.parameters.get("output");
  const classes = network.value?.classes.length ?? 0;
  return given !== null && /^\d+$/.test(given) && Number(given) < classes
    ? Number(given)
    : undefined;
});

const answer = computed(() => network.value && answering(network.value));

/** Whether the network takes what the field gives. */
const fits = computed(() => {
  const [net, seen] = [network.value, reading.value];
  return net !== undefined && seen !== undefined && net.rows * net.columns === seen.pixels.length;
});

/** Undefined without a network or without ink. */
export const seen = computed(() => {
  const [ask, given] = [answer.value, reading.value];
  return ask && given && fits.value ? ask(given.pixels, wanted.value) : undefined;
});

/** Puts a digit onto the field, as if it were drawn. */
export function take({ pixels, rows, columns, title, label }: Digit): void {
  const { reading, ink } = readImage(pixels, rows, columns);
  const named = label === undefined ? title : `${title}: ${network.value?.classes[label] ?? label}`;
  put({ title: named, ink, reading });
}

export function put(ground: Ground): void {
  drawing.value = placed(drawing.value, ground);
}

/** Moves what the network sees a small step along x̄. */
export function stepAlong(): void {
  const [given, answer, net] = [reading.value, seen.value, network.value];
  if (!given || !answer || !net) return;
  const { chosen: k, outputs, gradient } = answer;
  const { pixels, expected } = along(given.pixels, gradient);
  const { reading: moved, ink } = readImage(pixels, given.rows, given.columns);
  const title = `a step along x̄, towards ${net.classes[k]}`;
  put({ title, ink, reading: moved, step: { network: net, k, before: outputs[k]!, expected } });
}

let taken: Digit | undefined;

/** The digit that one has brought along from another room, once. */
export function takeAlong(): void {
  const brought = digit.value;
  if (brought === undefined || brought === taken) return;
  taken = brought;
  take(brought);
}
