/** What can be done after a run that was not saved. */

/** One line each, below a heading. */
export function nextSteps(command: string): string[] {
  const file = "run.safetensors";
  const steps = [
    [`${command} --save ${file}`, "train, and keep the network"],
    [`${command} report ${file}`, "see curves, weights, mistakes"],
    [`${command} predict ${file} 7.png`, "read a digit of yours"],
    [`${command} backprop`, "derive the gradient it followed"],
  ] as const;
  const width = Math.max(...steps.map(([line]) => line.length));
  return ["next:", ...steps.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`)];
}
