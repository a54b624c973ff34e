/** The room "watch": a run of the command, as it trains. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { RunView as View } from "../../live/index.js";
import { asFlags, withRecipe } from "../../recipes/words.js";
import { asSentences, type Mention, plainText } from "../../training/errors.js";
import { Announcement } from "../run/announcement.js";
import { ProgressLine } from "../run/progress.js";
import { RunView } from "../run/run-view.js";
import { askWhatIsServed, served } from "../served.js";
import { type StreamState, state, view, watch } from "./stream.js";
import "./watch.css";

export function WatchRoom(): JSX.Element {
  const events = served.value?.events;
  useEffect(() => void askWhatIsServed(), []);
  useEffect(() => (events === undefined ? undefined : watch(events)), [events]);
  if (served.value !== undefined && events === undefined) {
    return (
      <p>
        There is no run to watch here: <code>npx train-mnist {"--"}view</code> trains, and shows its
        run.
      </p>
    );
  }
  const run = view.value;
  const turn = turnOf(state.value, run);
  const advice =
    run.hint && asSentences(plainText(run.hint, inFlags) + withRecipe(run.started?.recipe));
  return (
    <div class="watch">
      <p class="soft about">{run.started ? aboutOf(run) : "\u00a0"}</p>
      <ProgressLine view={run} />
      <p class="said">{turn}</p>
      {advice && <p class="said warning">{advice}</p>}
      <RunView view={run} />
      <Announcement view={run} advice={advice} turn={turn} />
    </div>
  );
}

function inFlags({ setting, value }: Mention): string {
  return asFlags({ [setting]: value });
}

function aboutOf({ started }: View): string {
  if (started === undefined) return "";
  const { name, dataset, layers, settings } = started;
  const { activation, cost, optimizer, learningRate, batchSize } = settings;
  const what = name === dataset ? name : `${name} on ${dataset}`;
  return `${what}: layers ${layers.join("–")}, ${activation}, ${cost}, ${optimizer} with η ${learningRate}, batches of ${batchSize}.`;
}

function turnOf(stream: StreamState, { ended, started }: View): string {
  if (ended !== undefined) return ENDINGS[ended.reason](ended);
  if (stream === "lost")
    return "The command does not answer: it has ended, or the connection is broken. Trying again…";
  return started === undefined ? "Connecting to the run…" : "Live.";
}

type Ending = NonNullable<View["ended"]>;

const ENDINGS: Readonly<Record<Ending["reason"], (ended: Ending) => string>> = {
  finished: ({ weightsSha256 }) =>
    `The run is over${weightsSha256 ? `; its weights have the SHA-256 ${weightsSha256}` : ""}.`,
  paused: () => "The run is paused.",
  interrupted: () => "The run was interrupted.",
  failed: ({ message }) => `The run has failed: ${message ?? "the command says why"}.`,
};
