/** How well text can be told from what is behind it: the contrast of WCAG 2, from 1 to 21. */
import type { Locator } from "playwright-core";

/** The browser paints both colours, whatever way they are written in; what is behind has to be opaque. */
const CONTRAST = `(element) => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data].map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  let behind = element;
  while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
  const [dark, light] = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor]
    .map(luminance)
    .sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}`;

export async function contrastOf(text: Locator): Promise<number> {
  const handle = await text.page().evaluateHandle<(element: unknown) => number>(CONTRAST);
  return text.evaluate((element, contrast) => contrast(element), handle);
}
