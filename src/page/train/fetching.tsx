/** The button that fetches a data set from a mirror, which can be stopped. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { percentage } from "../../charts/numbers.js";
import type { PageDataset } from "../given/data-files.js";
import type { MirroredSet } from "../served.js";
import { hostOf, mirroredDataset } from "./mirrored.js";

export function Fetching(props: {
  readonly set: MirroredSet;
  readonly disabled: boolean;
  readonly take: (getting: () => Promise<PageDataset | undefined>) => Promise<void>;
}): JSX.Element {
  const { set, disabled, take } = props;
  const stopping = useSignal<AbortController | undefined>(undefined);
  const part = useSignal(0);
  const get = async (): Promise<PageDataset | undefined> => {
    const controller = new AbortController();
    const { signal } = controller;
    [stopping.value, part.value] = [controller, 0];
    const onProgress = (done: number) => {
      part.value = done;
    };
    try {
      return await mirroredDataset(set, { signal, onProgress });
    } catch (error) {
      if (!signal.aborted) throw error;
      return undefined;
    } finally {
      stopping.value = undefined;
    }
  };
  const isFetching = stopping.value !== undefined;
  return (
    <button
      type="button"
      class="small"
      disabled={disabled && !isFetching}
      onClick={() => (isFetching ? stopping.value?.abort() : void take(get))}
    >
      {isFetching
        ? `Stop fetching (${percentage(part.value, 0)})`
        : `Fetch ${set.name.toUpperCase()}: ${Math.round(set.bytes / 1e6)} MB from ${hostOf(set)}`}
    </button>
  );
}
