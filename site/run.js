/** Runs the examples of a document in place, and shows what they give beside what is stated. */
// The build puts it here (documents.mjs).
import { outcome, shown } from "./outcome.js";

const label = "Run this example";

for (const block of document.querySelectorAll("pre[data-example]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Run";
  button.setAttribute("aria-label", label);
  const output = document.createElement("div");
  output.className = "results";
  output.setAttribute("role", "status");
  block.after(button, output);
  let runs = 0;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const lines = await run(block.dataset.example, ++runs);
    const text = document.createElement("pre");
    text.textContent = lines.join("\n");
    output.replaceChildren(text);
    button.disabled = false;
    button.textContent = "Run again";
  });
}

/** What an example prints, and the values that are stated in it, in the order in which they come. */
async function run(name, time) {
  const lines = [];
  globalThis.example = {
    state: (_, expression) => lines.push(`// => ${outcome(expression)}`),
    print: (...values) => lines.push(values.map(printed).join(" ")),
  };
  try {
    await import(`./examples/${name}.js?${time}`);
  } catch (error) {
    lines.push(`${error.name}: ${error.message}`);
  }
  return lines.length > 0 ? lines : ["It has run, and prints nothing."];
}

function printed(value) {
  return typeof value === "string" ? value : shown(value);
}
