/** What can be done after a run that was not saved. */

/** One line each, below a heading; where lines would be wider than `room` characters, the commands alone. */
export function nextSteps(command: string, room: number): string[] {
  const file = "run.safetensors";
  const steps = [
    [`${command} --save ${file}`, "train, and keep the network"],
    [`${command} report ${file}`, "see curves, weights, mistakes"],
    [`${command} predict ${file} 7.png`, "read a digit of yours"],
    [`${command} backprop`, "derive the gradient it followed"],
  ] as const;
  const width = Math.max(...steps.map(([line]) => line.length));
  const lines = steps.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`);
  const fits = lines.every(({ length }) => length <= room);
  return ["next:", ...(fits ? lines : steps.map(([line]) => `  ${line}`))];
}
