/** The room "draw": a digit that one draws, and everything that the network makes of it. */
import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useCallback, useEffect } from "preact/hooks";
import { SIDE } from "../../data/pictures/normalise.js";
import { cleared, isBlank, undone } from "../../report/field/drawing.js";
import { isNetworkFile, loadNetwork, networkAtHand, orSay } from "../at-hand.js";
import { asked } from "../choice.js";
import { datasetAtHand, testDigit } from "../dataset.js";
import { network } from "../network.js";
import { Invitation, NETWORK_FILES, NetworkLine } from "../network-line.js";
import { keep } from "../place.js";
import { Choose, Notice, Taking } from "../taking.js";
import { Field } from "./field.js";
import { Layers } from "./layers.js";
import { Outputs } from "./outputs.js";
import { Photograph } from "./photograph.js";
import { decodePicture } from "./picture-file.js";
import { readPicture } from "./reading.js";
import { AboutBar, Along, Sight } from "./sight.js";
import {
  drawing,
  isBusy,
  pen,
  put,
  reading,
  seen,
  THICKEST,
  THINNEST,
  take,
  takeAlong,
} from "./state.js";
import { Units } from "./units.js";
import "./draw.css";

export function DrawRoom(): JSX.Element {
  const net = network.value;
  const takeFiles = useCallback((files: readonly File[]) => {
    void orSay(async () => {
      for (const file of files) await takeFile(file);
    });
  }, []);
  useEffect(takeAlong, []);
  useEffect(() => void orSay(networkAtHand), [asked.value]);
  return (
    <Taking class="draw-room" take={takeFiles} busy={isBusy}>
      {net && <NetworkLine network={net} take={takeFiles} />}
      <Notice />
      {!net && (
        <Invitation
          what="You can already draw; a network reads it as soon as there is one."
          take={takeFiles}
        />
      )}
      <div class="first">
        <Paper takeFiles={takeFiles} />
        {net && <Outputs network={net} />}
        <div class="middle">
          <Sight network={net} />
          {net && <AboutBar network={net} />}
          {net && <Along network={net} />}
          {net && <Misfit />}
        </div>
      </div>
      {net && <Layers network={net} />}
      {net && <Units network={net} />}
    </Taking>
  );
}

/** The field with its tools. */
function Paper({ takeFiles }: { takeFiles: (files: readonly File[]) => void }): JSX.Element {
  const erases = useSignal(false);
  const blank = useComputed(() => isBlank(drawing.value));
  const { ground } = drawing.value;
  const width = pen.value;
  return (
    <section class="paper" aria-label="The drawing">
      <Field erases={erases.value} />
      <Summary />
      <div class="tools">
        <button
          type="button"
          disabled={drawing.value.before === undefined}
          onClick={() => {
            drawing.value = undone(drawing.value);
          }}
        >
          Undo
        </button>
        <button
          type="button"
          disabled={blank.value}
          onClick={() => {
            drawing.value = cleared(drawing.value);
          }}
        >
          Clear
        </button>
        <button
          type="button"
          aria-pressed={erases.value}
          onClick={() => {
            erases.value = !erases.value;
          }}
        >
          Eraser
        </button>
        <label>
          Pen
          <input
            type="range"
            min={THINNEST}
            max={THICKEST}
            step={0.25}
            value={width}
            aria-valuetext={`${width} of ${SIDE} pixels`}
            onInput={({ currentTarget }) => keep({ pen: currentTarget.value })}
          />
        </label>
      </div>
      <div class="tools">
        <Choose accept={`image/*,${NETWORK_FILES}`} take={takeFiles}>
          Open a picture…
        </Choose>
        <button type="button" onClick={() => void orSay(takeTestDigit)}>
          A test digit
        </button>
      </div>
      <p class="hint soft" id="draw-keys">
        Draw, or drop or paste a picture of a digit. The network sees it scaled and centred. By
        keys: arrows move, space puts ink, shift with arrows draws a line, backspace undoes.
      </p>
      <p class="warning" role="status">
        {reading.value?.warning ?? ""}
      </p>
      {ground !== undefined && <Photograph ground={ground} />}
    </section>
  );
}

/** The answer in a sentence: the outputs may be out of view, or be listened to. */
function Summary(): JSX.Element {
  const [net, answer] = [network.value, seen.value];
  const value = answer?.outputs[answer.predicted];
  return (
    <p class="summary" role="status">
      {net && answer && value !== undefined
        ? `It reads ${net.classes[answer.predicted]}, with an output of ${value.toFixed(2)}.`
        : ""}
    </p>
  );
}

/** Where the network takes other images than the field gives. */
function Misfit(): JSX.Element | null {
  const [net, given] = [network.value, reading.value];
  if (!net || !given || net.rows * net.columns === given.pixels.length) return null;
  return (
    <p class="warning" role="status">
      The network {net.name} takes images of {net.rows}×{net.columns} pixels, this one has{" "}
      {given.rows}×{given.columns}: it cannot read it.
    </p>
  );
}

async function takeFile(file: File): Promise<void> {
  if (await isNetworkFile(file)) {
    await loadNetwork(file);
    return;
  }
  const source = file.name === "" ? "The picture" : file.name;
  const picture = await decodePicture(file, source);
  put({ title: source, picture: file, ...readPicture(picture, source) });
}

/** Which test digit comes next. */
let next = 0;

async function takeTestDigit(): Promise<void> {
  const data = await datasetAtHand({ train: false });
  take(testDigit(data, next++ % data.test.count));
}
