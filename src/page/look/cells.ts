/** The images of one field of the confusion matrix, and how much colour a field has. */

/** The indices of the images of a class that were taken for another, or for it, in their order. */
export function imagesIn(
  { predicted, labels }: { readonly predicted: Uint8Array; readonly labels: Uint8Array },
  label: number,
  taken: number,
): number[] {
  const found: number[] = [];
  labels.forEach((each, i) => {
    if (each === label && predicted[i] === taken) found.push(i);
  });
  return found;
}

/** The most confident first. */
export function byConfidence(
  indices: readonly number[],
  outputs: Float64Array,
  classes: number,
  taken: number,
): number[] {
  const of = (i: number) => outputs[i * classes + taken]!;
  return indices.toSorted((a, b) => of(b) - of(a));
}
