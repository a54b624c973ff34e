/** A run that is shown on a page while it is trained. */
import { once } from "node:events";
import type { Images } from "../../data/dataset.js";
import { DataError } from "../../data/errors.js";
import { Observer } from "../../live/index.js";
import type { Progress, Trainer } from "../../training/index.js";
import { inWords } from "../errors/report.js";
import { tunnelHint } from "../serving/announce.js";
import { serveInThread } from "../serving/in-thread.js";
import { siteOf } from "../serving/site.js";
import { visible } from "../terminal/visible.js";
import { writeLines } from "../terminal/wrapped.js";
import type { TrainFlags } from "./options.js";
import type { Reporter } from "./reporting/reporter.js";

export interface Shown {
  readonly trainer: Trainer;
  readonly recipe: string | undefined;
  readonly dataset: { readonly name: string; readonly test: Images };
  /** The progress of the run before, if it is resumed. */
  readonly before: Progress;
}

export interface View {
  /** Tells the page. */
  readonly reporter: Partial<Reporter>;
  /** After the run: on a terminal the page stays until the signal comes. */
  stay(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Serves the page, and says where. Throws a ServingError or a DataError. */
export async function openView(
  flags: TrainFlags,
  { trainer, recipe, dataset, before }: Shown,
): Promise<View> {
  const { stdout, stderr, env } = process;
  const say = (line: string) => writeLines(stderr, line);
  const onDefect = ({ message }: Error) =>
    say(`the page no longer shows the run, which goes on: ${visible(message)}`);
  const served = await serveInThread({
    site: await siteOf(flags, [], true),
    port: flags.port ?? 0,
    test: dataset.test,
    onDefect,
  });
  say(`watch the run at ${served.address}`);
  const hint = tunnelHint(served.port, env);
  if (hint !== undefined) say(hint);
  const observer = new Observer(trainer, {
    name: flags.name ?? dataset.name,
    recipe,
    dataset,
    tell: (event) => served.send(event),
    isWatched: () => served.wantsSnapshot,
    sendState: (state) => served.sendState(state),
  });
  return {
    reporter: reporterFor(observer, before, onDefect),
    async stay(signal) {
      if (!stdout.isTTY || !stderr.isTTY || signal.aborted) return;
      say(`the page shows the end of the run at ${served.address} until Ctrl-C`);
      await once(signal, "abort");
    },
    close: () => served.close(),
  };
}

/** What fails while one looks is no end of the run. */
function reporterFor(
  observer: Observer,
  before: Progress,
  onDefect: (error: Error) => void,
): Partial<Reporter> {
  const look = async (looking: Promise<void>) => {
    try {
      await looking;
    } catch (error) {
      // Numbers that are none, of which training tells in its own words.
      if (!(error instanceof DataError)) onDefect(error as Error);
    }
  };
  let hasEnded = false;
  let spent = before.seconds;
  const finish = (ending: () => Promise<void>) => {
    if (hasEnded) return;
    hasEnded = true;
    return look(ending());
  };
  const end = (how: Parameters<Observer["end"]>[0]) => finish(() => observer.end(how, spent));
  return {
    start: () => look(observer.start(before)),
    progress(epoch, images, _, seconds) {
      spent = seconds;
      return look(observer.progress(epoch, images, seconds));
    },
    epoch: (report) => look(observer.epoch(report)),
    end: ({ weightsSha256 }) => end({ reason: "finished", weightsSha256 }),
    interrupted: () => end({ reason: "interrupted" }),
    failed: (error) => finish(() => observer.fail(error, inWords(error as Error), spent)),
  };
}
