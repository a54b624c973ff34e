/** A bar that shows how much of something is done, on one line that is cleared again. */
import type { SingleBar } from "cli-progress";
import { barOf } from "./progress-bar.js";
import { widthOf } from "./streams.js";

export interface AmountBar {
  /** A new label begins a new bar. Without a total, there is only the amount. */
  update(label: string, done: number, total: number | undefined): void;
  clear(): void;
}

/** @param inWords an amount with its unit, in at most nine characters */
export function amountBar(stream: NodeJS.WriteStream, inWords: (n: number) => string): AmountBar {
  let bar: SingleBar | undefined;
  let current: string | undefined;
  const clear = () => {
    bar?.stop();
    bar = undefined;
    current = undefined;
  };
  return {
    update(label, done, total) {
      const amount = total === undefined ? inWords(done) : `${inWords(done)} of ${inWords(total)}`;
      if (label !== current) {
        clear();
        current = label;
        bar = create(stream, label, total);
        bar.start(total ?? 0, done, { amount });
      }
      bar?.update(done, { amount });
    },
    clear,
  };
}

/** With as much of label, bar and amount as there is room for, the amount before all. */
function create(stream: NodeJS.WriteStream, label: string, total: number | undefined): SingleBar {
  const room = widthOf(stream) - `${label}   1000.0 MB of 1000.0 MB`.length;
  const barAndAmount = room > 3 && total !== undefined ? "{bar}  {amount}" : "{amount}";
  return barOf(stream, room > 0 ? `${label}  ${barAndAmount}` : "{amount}", room);
}
