/** Runs the examples of a document in place, and shows what they give beside what is stated. */
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

function outcome(expression) {
  try {
    return shown(expression());
  } catch (error) {
    return `throws ${error.name}: ${error.message}`;
  }
}

function printed(value) {
  return typeof value === "string" ? value : shown(value);
}

/** Matrices by rows, one of a single element as that number; everything else as JSON has it. */
function shown(value) {
  if (value?.data === undefined) return JSON.stringify(value, null, 1)?.replace(/\n */g, " ");
  const { shape, data } = value;
  if (data.length === 1) return `${data[0]}`;
  const row = (r) => Array.from({ length: shape[1] }, (_, c) => data[c * shape[0] + r]);
  const rows = Array.from({ length: shape[0] }, (_, r) => `[${row(r).join(", ")}]`);
  return `[${rows.join(", ")}]`;
}
