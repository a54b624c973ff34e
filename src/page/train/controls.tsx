/** The buttons of a run: start, pause, one step, reset, save, load. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { NETWORK_FILES } from "../network-line.js";
import { Choose } from "../taking.js";
import * as client from "../training/client.js";
import { commandToResume } from "../training/command.js";
import { check, go, load, note, reset, save } from "./state.js";

export function Controls(): JSX.Element {
  const state = client.state.value;
  const canGoOn = state === "paused" || (state !== "diverged" && hasKept());
  const isReady = state === "none" ? check.value.problems.length === 0 : canGoOn;
  const isTraining = state === "training";
  const begun = client.view.value.started !== undefined;
  return (
    <div class="tools">
      <button
        type="button"
        class="primary main-button"
        disabled={!isReady && !isTraining}
        onClick={() => (isTraining ? client.pause() : void go("start"))}
      >
        {isTraining ? "Pause" : labelOf(state)}
      </button>
      <button
        type="button"
        disabled={!isReady}
        onClick={() => void go("step")}
        title="One mini-batch"
      >
        One step
      </button>
      <button type="button" disabled={state === "none" && !begun} onClick={reset}>
        Reset
      </button>
      <SaveButton />
      <LoadButton />
    </div>
  );
}

/** Whether it has broken off, and the epochs before are kept. */
function hasKept(): boolean {
  return client.isBrokenOff() && client.kept.value !== undefined;
}

function labelOf(state: client.ClientState): string {
  switch (state) {
    case "opening":
      return "Preparing…";
    case "paused":
      return "Go on";
    case "silent":
    case "dead":
      return client.kept.value === undefined ? "Train" : "Go on";
    case "ended":
      return "Finished";
    case "diverged":
      return "Diverged";
    default:
      return "Train";
  }
}

function SaveButton(): JSX.Element {
  const isSaving = useSignal(false);
  const state = client.state.value;
  const canSave = state === "paused" || state === "training" || state === "ended" || hasKept();
  const onClick = async () => {
    isSaving.value = true;
    try {
      const file = await save();
      note.value = `Saved. The command goes on with it: ${commandToResume(file)}`;
    } catch (error) {
      note.value = `Not saved: ${(error as Error).message}`;
    }
    isSaving.value = false;
  };
  return (
    <button type="button" disabled={!canSave || isSaving.value} onClick={() => void onClick()}>
      Save
    </button>
  );
}

function LoadButton(): JSX.Element {
  const isBusy = client.state.value === "opening" || client.state.value === "training";
  return (
    <Choose accept={NETWORK_FILES} disabled={isBusy} take={([file]) => file && void load(file)}>
      Load…
    </Choose>
  );
}
