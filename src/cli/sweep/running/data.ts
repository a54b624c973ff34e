/** The data of a sweep: loaded once, and the same for all of its runs. */
import type { Description } from "../../../sweeps/folder/description.js";
import { type Identified, loadIdentified } from "../../dataset/identified.js";
import { UsageError } from "../../errors/kinds.js";
import { type RunFlags, trainFlags } from "./flags.js";

/** Throws a {@link UsageError} if what the flags name now is not what the sweep was planned with. */
export async function dataOf(
  { dataset: planned }: Description,
  flags: RunFlags,
  signal: AbortSignal,
): Promise<Identified> {
  const data = await loadIdentified(trainFlags(flags), signal);
  const { name, sha256 } = data.identity;
  if (sha256 === planned.sha256) return data;
  throw new UsageError(
    `this is ${name} (SHA-256 ${sha256.slice(0, 8)}…), and the sweep was planned with ${planned.name} (SHA-256 ${planned.sha256.slice(0, 8)}…): name its folder by --data-dir`,
  );
}
