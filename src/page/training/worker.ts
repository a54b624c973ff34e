/** The worker that trains: it has the engine, the data and the run, and does what it is asked. */
import { engine } from "../../engine/index.js";
import type { RunEvent } from "../../live/index.js";
import { messageOf } from "./failures.js";
import type { Answer, Opening, Request } from "./protocol.js";
import { Run } from "./run.js";

/** Of this package; the build knows it. */
declare const VERSION: string;

/** At most so often the page is given the whole network while it trains. */
const NETWORK_MILLISECONDS = 1000;

let run: Run | undefined;
let nextNetwork = 0;

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  answerTo(data).catch((error: unknown) => {
    tell({ answer: "failed", message: messageOf(error) });
    if (run !== undefined) tell({ answer: "state", state: run.state });
  });
});

async function answerTo(request: Request): Promise<void> {
  switch (request.ask) {
    case "open":
      return open(request);
    case "start":
      return go("to the end");
    case "step":
      return go("one step");
    case "pause":
      return run?.pause();
    case "sign":
      return tell({ answer: "sign" });
    case "save": {
      if (run === undefined) return;
      const bytes = run.save();
      return tell({ answer: "saved", bytes }, [bytes.buffer]);
    }
  }
}

async function open({ processors, ...opening }: Opening): Promise<void> {
  const executor = engine({ threads: "auto", processors });
  run = new Run({ ...opening, executor, version: VERSION, tell: reportEvent });
  await run.open();
  tellNetwork(run);
  tell({ answer: "state", state: run.state });
}

async function go(extent: "to the end" | "one step"): Promise<void> {
  const current = run;
  if (current === undefined || current.state !== "paused") return;
  tell({ answer: "state", state: "training" });
  await current.go(extent, () => {
    const kept = { bytes: current.save(), epochs: current.epochs };
    tell({ answer: "kept", kept }, [kept.bytes.buffer]);
    if (performance.now() >= nextNetwork) tellNetwork(current);
  });
  tellNetwork(current);
  tell({ answer: "state", state: current.state });
}

function tellNetwork(current: Run): void {
  const trained = current.trained();
  const buffers = trained.network.layers.flatMap(({ w, b }) => [w.data.buffer, b.data.buffer]);
  tell({ answer: "network", trained }, buffers);
  nextNetwork = performance.now() + NETWORK_MILLISECONDS;
}

function reportEvent(event: RunEvent): void {
  tell({ answer: "event", event });
}

function tell(answer: Answer, transfer: ArrayBufferLike[] = []): void {
  postMessage(answer, { transfer: transfer as ArrayBuffer[] });
}
