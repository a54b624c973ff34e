/** The room "train": set up a run, watch it learn, and take it along. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { Announcement } from "../run/announcement.js";
import { ProgressLine } from "../run/progress.js";
import { RunView } from "../run/run-view.js";
import * as client from "../training/client.js";
import { CommandLine } from "./command-line.js";
import { Controls } from "./controls.js";
import { DataChoice } from "./data-choice.js";
import { inLabels } from "./fields.js";
import { SetupForm } from "./setup-form.js";
import { datasetName, note, setup } from "./state.js";
import "./train.css";

/** Where there is room for it, the set-up is always open. */
const wide = matchMedia("(min-width: 900px)");
const isWide = signal(wide.matches);
wide.addEventListener("change", () => {
  isWide.value = wide.matches;
});

const TURNS: Readonly<Record<client.ClientState, string>> = {
  none: "Press Train, and watch a network learn to read these images.",
  opening: "The run is being prepared.",
  training: "Training.",
  paused: "Paused.",
  ended:
    "The run is over. Under Draw, the network reads what you draw; under Look, you see its mistakes.",
  diverged: "Training has diverged: Reset, and change the set-up.",
  silent: "The training thread does not answer.",
  dead: "The run has stopped unexpectedly.",
};

export function TrainRoom(): JSX.Element {
  const view = client.view.value;
  const failure = client.failure.value;
  const turn = TURNS[client.state.value];
  const advice = view.hint && inLabels(view.hint);
  return (
    <div class="train">
      <div class="bar-of-run">
        <Controls />
        <ProgressLine view={view} />
        <p
          class={failure || (advice && !note.value) ? "said warning" : "said soft"}
          role={failure ? "alert" : undefined}
        >
          {failure || note.value || advice || turn}
        </p>
      </div>
      <details class="side" open={isWide.value}>
        <summary>
          Set-up: {setup.value.recipe}, {datasetName.value}
        </summary>
        <DataChoice />
        <SetupForm />
      </details>
      <div class="stage">
        <CommandLine />
        <RunView view={view} />
        <Announcement view={view} advice={advice} turn={turn} />
      </div>
    </div>
  );
}
