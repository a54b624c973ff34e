/** All runs of one workload, the contestants taking turns. */
import { measure } from "./measure.mjs";
import { note } from "./options.mjs";
import { summarize } from "./report.mjs";
import { roundTrip } from "./round-trip.mjs";

/**
 * @typedef {import("./report.mjs").Row & { runs: import("./measure.mjs").Run[] }} MeasuredRow
 *
 * @param {string} name of the workload
 * @param {import("../workloads.mjs").Workload} workload
 * @param {import("./contestants.mjs").Contestant[]} contestants those that are not missing
 * @param {import("./data.mjs").Data} data
 * @param {{ repeats: number, epochs: number, minutes: number, limit: number,
 *   interruption: AbortSignal }} limits no repeat but the first begins after so many minutes; no
 *   process takes longer than `limit` seconds
 * @returns {Promise<{ rows: MeasuredRow[], failures: string[], roundTrips: number[] }>} one row per contestant that
 *   finished, of its best thread count; why others did not; and the nanoseconds of a round trip between two threads
 *   before each run with several
 */
export async function compare(name, workload, contestants, data, limits) {
  const { repeats, epochs, minutes, limit, interruption } = limits;
  const started = performance.now();
  const entries = contestants.flatMap((contestant) => contestant.entries);
  const runs = new Map(entries.map((entry) => [entry, []]));
  const failures = [];
  const roundTrips = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    if (repeat > 1 && performance.now() - started > 60_000 * minutes) break;
    for (const entry of [...runs.keys()]) {
      if (interruption.aborted) break;
      const { threads, fractions } = entry;
      note(`${name} ${repeat}/${repeats} ${entry.name}, threads: ${threads}`);
      const dataDirectory = entry.deforms ? data.plain() : await data.deformed(name, workload);
      const fraction = fractions[name] ?? 1;
      const trip = threads > 1 ? await roundTrip() : undefined;
      if (trip !== undefined) roundTrips.push(trip);
      const task = { workload, epochs, threads, fraction, seed: repeat, dataDirectory };
      try {
        const run = await measure(entry, task, { signal: interruption, limit });
        runs.get(entry).push(run);
      } catch (error) {
        if (interruption.aborted) break;
        note(error.message);
        failures.push(threads > 1 ? `With ${threads} threads, ${error.message}` : error.message);
        runs.delete(entry);
      }
    }
  }
  const rows = contestants.flatMap(({ entries }) =>
    entries
      .filter((entry) => runs.get(entry)?.length > 0)
      .map((entry) => ({
        ...summarize(entry, entry.fractions[name] ?? 1, runs.get(entry)),
        runs: runs.get(entry),
      }))
      .toSorted((a, b) => a.median - b.median)
      .slice(0, 1),
  );
  return { rows, failures, roundTrips };
}
