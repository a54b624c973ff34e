/** A mistake that is chosen is shown with all outputs of its network, and x̄. */
import { fromBase64 } from "../../bytes.js";
import type { EmbeddedNetwork } from "../embedded.js";
import { create, outputs, pictures } from "./elements.js";
import type { Answer } from "./network.js";

export function showMistakes(
  networks: readonly EmbeddedNetwork[],
  answers: readonly ((pixels: Uint8Array) => Answer)[],
): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>("button.digit")];
  for (const button of buttons) {
    const { network: k = "0", mistake = "0" } = button.dataset;
    const network = networks[Number(k)]!;
    const inspector = document.getElementById(`inspector-${k}`)!;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const wasPressed = button.getAttribute("aria-pressed") === "true";
      for (const other of buttons) {
        if (other.matches(`[data-network="${k}"]`)) other.setAttribute("aria-pressed", "false");
      }
      inspector.hidden = wasPressed;
      if (wasPressed) return;
      button.setAttribute("aria-pressed", "true");
      const { pixels: text, label, predicted, index } = network.mistakes[Number(mistake)]!;
      const pixels = fromBase64(text);
      const answer = answers[Number(k)]!(pixels);
      const names = network.classes;
      const words = `Test image ${index}: ${names[label]}, taken for ${names[predicted]}.`;
      const line = create("p", "soft", words);
      line.style.cssText = "flex-basis:100%;margin:0";
      inspector.replaceChildren(line, pictures(pixels, answer, network), outputs(answer, network));
      // As smoothly as the style of the page has it, which asks whether motion is to be reduced.
      inspector.scrollIntoView({ block: "nearest" });
    });
  }
}
