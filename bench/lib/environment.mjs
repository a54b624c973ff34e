/** The environment of a contestant's process. */

/**
 * Set on some machines to work around errors of old versions of OpenBLAS; they make it choose other
 * kernels than it would by itself, and slower ones.
 */
const ofOpenBlas = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

/**
 * This process's environment without what would make OpenBLAS slower, and without settings of this
 * project other than where the data are and those of the machine.
 *
 * @param {Record<string, string>} [more] added to it
 */
export function environment(more = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !ofOpenBlas.includes(name) && !isSetting(name),
  );
  return { ...Object.fromEntries(kept), ...more };
}

/** A variable like TRAIN_MNIST_HIDDEN would change what is trained. @param {string} name */
const isSetting = (name) => name.startsWith("TRAIN_MNIST_") && name !== "TRAIN_MNIST_SIMD";
