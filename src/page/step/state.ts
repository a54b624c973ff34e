/** What the room shows: the function, its inputs and the step, read from the place and kept in it. */
import { batch, computed, effect, signal } from "@preact/signals";
import { matrixOf, topologicalOrder, type Variable } from "../../autodiff/index.js";
import { digit, network } from "../network.js";
import { keep, place } from "../place.js";
import {
  type Choice,
  choiceIn,
  inputKeys,
  parametersOf,
  parametersOfValues,
  valuesIn,
  wholeIn,
} from "./model/link.js";
import type { Subject } from "./model/subject.js";
import { sigmoidLayer, smallNetwork, typed } from "./model/subjects.js";
import { progressAt, type SweepNode, type Values, valuesOf } from "./model/sweep.js";
import { FormulaError } from "./model/tokens.js";
import { type Seen, unitOf } from "./model/unit.js";

export const FIRST_FORMULA = "(x + y) * exp(x)";
const EXPONENT = 4;

export const choice = signal<Choice>({ kind: "sigmoid", text: FIRST_FORMULA });
export const subject = signal<Subject>(sigmoidLayer());
/** What is wrong with what is typed; the last formula that was right stays. */
export const mistake = signal("");
const given = signal<Values>(initially(subject.value));
/** How many steps have been made. */
export const position = signal(0);
/** The node that is looked at, if that is not the one of the last step. */
export const picked = signal<SweepNode | undefined>(undefined);
/** h is 10 to the minus this. */
export const exponent = signal(EXPONENT);
export const playing = signal(false);

/** The network and the digit at hand, if they fit together. */
export const seen = computed((): Seen | undefined => {
  const [net, { pixels, title } = {}] = [network.value, digit.value];
  if (net === undefined || pixels === undefined || title === undefined) return undefined;
  return pixels.length === net.theta[0]?.w.shape[1] ? { network: net, pixels, title } : undefined;
});

export const sweep = computed(() => subject.value.sweep);
/** Of all nodes and bars, shown or not. */
export const values = computed(() => valuesOf(sweep.value, given.value));
export const progress = computed(() => progressAt(sweep.value, position.value));
/** The stored values that the last step back has asked for. */
export const fetched = computed(() => {
  const { step } = progress.value;
  const line = step?.kind === "backward" ? step.node.barRight : undefined;
  return new Set<unknown>(line === undefined ? [] : topologicalOrder([line]));
});
export const looked = computed(() => picked.value ?? progress.value.step?.node);

export function goTo(step: number): void {
  batch(() => {
    position.value = Math.min(Math.max(step, 0), sweep.value.steps.length);
    picked.value = undefined;
  });
}

export function setInput(symbol: Variable, element: number, x: number): void {
  const { shape, data } = given.value.get(symbol) as {
    shape: Variable["shape"];
    data: Float64Array;
  };
  const changed = Float64Array.from(data);
  changed[element] = x;
  given.value = new Map(given.value).set(symbol, matrixOf(shape, changed));
}

export function resetInputs(): void {
  given.value = initially(subject.value);
}

function initially({ inputs }: Subject): Values {
  return valuesIn(new URLSearchParams(), inputs);
}

/** Another function, from its beginning; or a sentence that says why what is typed is none. */
export function choose(next: Choice): void {
  const made = subjectOf(next);
  batch(() => {
    choice.value = next;
    mistake.value = typeof made === "string" ? made : "";
    if (typeof made === "string") return;
    // Names that stay keep their numbers.
    const before = new Map([...given.value].map(([symbol, value]) => [symbol.name, value]));
    const same = next.kind === "formula" && subject.value.kind === "formula";
    subject.value = made;
    given.value = new Map(
      made.inputs.map(({ symbol, initial }) => [
        symbol,
        (same && before.get(symbol.name)) || initial,
      ]),
    );
    playing.value = false;
    goTo(0);
  });
}

function subjectOf({ kind, text, unit }: Choice): Subject | string {
  if (kind === "unit") return (seen.peek() && unitOf(seen.peek() as Seen, unit)) ?? NO_UNIT;
  if (kind === "sigmoid") return sigmoidLayer();
  if (kind === "network") return smallNetwork();
  try {
    return typed(text);
  } catch (error) {
    if (error instanceof FormulaError) return error.message;
    throw error;
  }
}

const NO_UNIT =
  "There is no unit to step through: it takes a digit, and a network that has a hidden layer or sigmoid outputs.";

/** How long a change has to last before it is kept: browsers refuse to be told of each. */
const DELAY = 250;

/** Reads the place, now and whenever it changes, and keeps in it what one sets. Returns how to stop. */
export function followPlace(): () => void {
  let kept: string | undefined;
  let keeping = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopReading = effect(() => {
    const { room, parameters } = place.value;
    if (room !== "step" && room !== "") return;
    const text = parameters.toString();
    const news = !keeping && text !== kept;
    kept = text;
    if (news) read(parameters);
  });
  const stopKeeping = effect(() => {
    const parameters = current();
    clearTimeout(timer);
    timer = setTimeout(() => {
      keeping = true;
      keep(parameters);
      keeping = false;
    }, DELAY);
  });
  return () => {
    clearTimeout(timer);
    stopReading();
    stopKeeping();
  };
}

/** The digit that was last brought here. */
let shown: unknown;

/** A digit that one brings from another room is stepped through at once. */
function read(parameters: URLSearchParams): void {
  batch(() => {
    const brought = parameters.size === 0 && seen.peek() !== undefined && shown !== digit.peek();
    shown = digit.peek();
    const { text } = choice.peek();
    choose(brought ? { kind: "unit", text } : choiceIn(parameters, text));
    given.value = valuesIn(parameters, subject.peek().inputs);
    position.value = wholeIn(parameters, "step", [0, sweep.peek().steps.length], 0);
    exponent.value = wholeIn(parameters, "h", [1, 12], EXPONENT);
  });
}

function current(): Record<string, string> {
  const others = inputKeys(place.peek().parameters).map((key) => [key, ""]);
  return {
    ...Object.fromEntries(others),
    ...parametersOf(choice.value),
    ...parametersOfValues(subject.value.inputs, given.value),
    step: position.value === 0 ? "" : String(position.value),
    h: exponent.value === EXPONENT ? "" : String(exponent.value),
  };
}
