/** What the lines, bars and colours of a figure mean, in as many rows as that takes. */
import { MARGIN } from "./figure.js";
import { group, label, lineHeight, type Markup } from "./svg.js";
import { SIZE, textWidth } from "./text.js";

export interface Entry {
  readonly name: string;
  /** A sample 24 pixels wide, drawn around y = 0. */
  readonly sample: Markup;
}

export interface Legend {
  readonly height: number;
  readonly marks: readonly Markup[];
}

const SAMPLE = 24;
const TO_NAME = 6;
const BETWEEN = 18;

export function legendOf(entries: readonly Entry[], width: number): Legend {
  const room = width - 2 * MARGIN;
  const roomForName = room - SAMPLE - TO_NAME;
  let [x, row] = [0, 0];
  const marks = entries.map(({ name, sample }) => {
    const wide = SAMPLE + TO_NAME + Math.min(textWidth(name), roomForName);
    if (x > 0 && x + wide > room) {
      x = 0;
      row++;
    }
    const left = MARGIN + x;
    const middle = (row + 0.5) * lineHeight();
    x += wide + BETWEEN;
    return group(
      {},
      group({ transform: `translate(${Math.round(left * 100) / 100} ${middle})` }, sample),
      label(name, left + SAMPLE + TO_NAME, middle + SIZE * 0.36, { room: roomForName }),
    );
  });
  return { marks, height: entries.length === 0 ? 0 : (row + 1) * lineHeight() + 6 };
}
