/** The environment of a contestant's process. */

/**
 * Set on some machines to work around errors of old versions of OpenBLAS; they make it choose other
 * kernels than it would by itself, and slower ones.
 */
const ofOpenBlas = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

/**
 * With these, peers compute as they do on a processor that has AVX2 and no AVX-512: OpenBLAS, PyTorch and its
 * oneDNN, NumPy's own loops, and libxsmm.
 */
export const avx2 = {
  OPENBLAS_CORETYPE: "Haswell",
  ATEN_CPU_CAPABILITY: "avx2",
  ONEDNN_MAX_CPU_ISA: "AVX2",
  NPY_DISABLE_CPU_FEATURES:
    "AVX512F AVX512CD AVX512_KNL AVX512_KNM AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL",
  LIBXSMM_TARGET: "hsw",
};

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
