/** The script of a report: looks into mistakes, and reads what is drawn. */
import { DATA, type Embedded } from "../embedded.js";
import { openField } from "./drawing.js";
import { showMistakes } from "./mistakes.js";
import { type Answer, answeringEmbedded } from "./network.js";

const { networks } = JSON.parse(document.getElementById(DATA)?.textContent ?? "{}") as Embedded;

/** A network is unpacked when it is first asked. */
const answers = networks.map((network) => {
  let answer: ((pixels: Uint8Array) => Answer) | undefined;
  return (pixels: Uint8Array) => {
    answer ??= answeringEmbedded(network);
    return answer(pixels);
  };
});

showMistakes(networks, answers);
openField(networks, answers);
