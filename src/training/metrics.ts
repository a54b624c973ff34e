/** What the outputs of a network say about its worth. */

/** No class: what a sample is given whose outputs are not numbers, so that it counts as wrong. */
export const NO_CLASS = 255;

/** The class of the largest score in each column; the first of them where several are largest. */
export function predictions(scores: ArrayLike<number>, classes: number): Uint8Array {
  const predicted = new Uint8Array(scores.length / classes).fill(NO_CLASS);
  for (let sample = 0; sample < predicted.length; sample++) {
    let best = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) {
      const score = scores[sample * classes + k]!;
      if (score > best) {
        best = score;
        predicted[sample] = k;
      }
    }
  }
  return predicted;
}

/** The part of the samples, from 0 to 1, whose predicted class is their label. */
export function accuracy(predicted: Uint8Array, labels: Uint8Array): number {
  let correct = 0;
  for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) correct++;
  return correct / labels.length;
}
