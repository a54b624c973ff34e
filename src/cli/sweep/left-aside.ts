/** Runs that a sweep had when it was planned before, and that are not among those that it has now. */
import { counted } from "../../counted.js";
import { endedIn } from "../../sweeps/folder/results.js";
import type { Sweep } from "../../sweeps/folder/sweep.js";
import { count } from "../terminal/format.js";

/** What is to be said of them; undefined if there are none. */
export async function leftAside(sweep: Sweep): Promise<string | undefined> {
  const others = sweep.count - sweep.size;
  if (others === 0) return undefined;
  const ended = await endedIn(sweep.directory, "done");
  const done = [...ended].filter((index) => index < sweep.count && !sweep.has(index)).length;
  const runs = counted(others, "run", count);
  return `left aside: ${runs} of an earlier plan (${count(done)} done); nothing is deleted, and what is planned again counts again`;
}
