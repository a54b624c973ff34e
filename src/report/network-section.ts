/** What a report has of one network: its figures, and its mistakes to look into. */
import { toBase64 } from "../bytes.js";
import { greyImage } from "../charts/index.js";
import type { EmbeddedNetwork } from "./embedded.js";
import { Html, html } from "./html.js";
import { shownMistakes } from "./mistakes.js";
import { testFigures, weightFigures } from "./network-figures.js";
import { figureElement } from "./page.js";
import { classNames, type ReportedNetwork, type ReportedRun, type Tested } from "./run.js";

/** @param k which of the networks of the report it is, from 0 */
export function networkSection(run: ReportedRun, k: number): Html {
  const { tested } = run;
  return html`<section aria-labelledby="network-${k}"><h2 id="network-${k}">The network of ${run.name}</h2>
${run.remarks.map((remark) => html`<p class="remark">${remark}</p>`)}
${testFigures(run).map(figureElement)}${tested && mistakes(run, tested, k)}${weightFigures(run).map(figureElement)}
</section>`;
}

function mistakes(run: ReportedRun, tested: Tested, k: number): Html {
  const names = classNames(run.dataset, tested.classes);
  const { rows, columns } = tested.images;
  const found = shownMistakes(tested);
  if (found.length === 0) return html`<p>It reads every test image correctly.</p>`;
  const buttons = found.map(({ pixels, label, predicted, output, index }, m) => {
    const text = `${names[label]} → ${names[predicted]}`;
    const whole = `test image ${index}: ${names[label]}, taken for ${names[predicted]} with output ${output.toFixed(3)}`;
    return html`<button type="button" class="digit" data-network="${k}" data-mistake="${m}" title="${whole}" aria-label="${whole}">${new Html(greyImage(pixels, { rows, columns }))}<span>${text}</span></button>`;
  });
  return html`<figure class="mistakes"><h3>The most confident mistakes</h3>
<p class="note">Class → what it was taken for. <span class="choose">Choose one to see all outputs, and x̄, the gradient of the winning output with respect to the pixels: <span class="positive-ink">orange</span> where more ink would raise it, <span class="negative-ink">blue</span> where more would lower it.</span></p>
<div class="digits">${buttons}</div><div class="inspector" id="inspector-${k}" aria-live="polite" hidden></div></figure>`;
}

/** What the script of the report computes with. */
export function embeddedNetwork(run: ReportedRun, network: ReportedNetwork): EmbeddedNetwork {
  const { tested } = run;
  const { layers, settings } = network;
  const [inputs, classes] = [layers[0]!.w.shape[1], layers.at(-1)!.w.shape[0]];
  const side = Math.sqrt(inputs);
  const { rows, columns } = tested?.images ?? { rows: side, columns: side };
  return {
    name: run.name,
    ...{ rows, columns, activation: settings.activation, cost: settings.cost },
    classes: classNames(run.dataset, classes),
    layers: layers.map(({ w, b }) => ({
      shape: [w.shape[0], w.shape[1]],
      w: base64(Float32Array.from(w.data)),
      b: base64(Float32Array.from(b.data)),
    })),
    mistakes: (tested === undefined ? [] : shownMistakes(tested)).map(({ pixels, ...mistake }) => {
      return { ...mistake, pixels: base64(pixels) };
    }),
  };
}

/** The bytes as they lie in memory: those of floats from the low one, as every browser has them. */
function base64({ buffer, byteOffset, byteLength }: Float32Array | Uint8Array): string {
  return toBase64(new Uint8Array(buffer, byteOffset, byteLength));
}
