/** `train-mnist view`: the page, served until one stops it. */
import { once } from "node:events";
import { readCheckpoint } from "../../checkpoints/index.js";
import { openInBrowser } from "../browser.js";
import type { PlaceFlags } from "../dataset/places.js";
import type { ExitCode } from "../exit-codes.js";
import { exitCodeOf, untilInterrupted } from "../interruption.js";
import type { PortFlags } from "../options/port.js";
import { namesOf } from "../runs/names.js";
import { tunnelHint } from "../serving/announce.js";
import { serve } from "../serving/serve.js";
import { siteOf } from "../serving/site.js";
import { writeLines } from "../terminal/wrapped.js";

/** The room that shows the networks of a page; without any, it begins with the first of its rooms. */
const LOOK = "#look";

export interface ViewFlags extends PlaceFlags, PortFlags {
  readonly open?: boolean;
}

/** Resolves to the exit code; throws a CheckpointError, a DataError or a ServingError. */
export function view(files: readonly string[], flags: ViewFlags): Promise<ExitCode> {
  return untilInterrupted((signal) => viewUntil(signal, files, flags));
}

async function viewUntil(
  signal: AbortSignal,
  files: readonly string[],
  flags: ViewFlags,
): Promise<ExitCode> {
  // The page reads them itself; a file that it would refuse is refused at once.
  for (const file of files) await readCheckpoint(file);
  const names = namesOf(files.map((file) => ({ name: "", file })));
  const runs = files.map((file, k) => ({ name: names[k]!, file }));
  const site = await siteOf(flags, runs, false);
  if (signal.aborted) return exitCodeOf(signal);
  const { address, port, close } = await serve({ site, port: flags.port ?? 0 });
  try {
    const { stdout, stderr, env } = process;
    const place = runs.length > 0 ? `${address}${LOOK}` : address;
    stdout.write(`${place}\n`);
    writeLines(stderr, "serving the page at this address until Ctrl-C");
    const hint = tunnelHint(port, env);
    if (hint !== undefined) writeLines(stderr, hint);
    if (flags.open) await openInBrowser(new URL(place));
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    await close();
  }
  return exitCodeOf(signal);
}
