/*
 * The sharper floor: libxsmm on the dense products of one training step, and nothing else, on one
 * core. It writes machine code for each size of product.
 *
 * The products are those of sgemm.mjs: column-major, one sample per column; Z = W A, W += D A' and,
 * but for the first layer, W' D. The library has no kernel whose first factor is transposed, so the
 * last of them is computed as (D' W)', and the two small matrices are transposed. Large products are
 * cut into blocks, because one kernel call does not look after the caches.
 *
 * Usage: libxsmm EPOCHS FRACTION IMAGES BATCH LAYER LAYER...
 */
#include <libxsmm.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_LAYERS = 16, TRIALS = 20 };

/* The most rows of the result, and the most terms of each sum, in one kernel call. */
static int most_rows, most_terms;

static int layers, sizes[MOST_LAYERS];
static float *weights[MOST_LAYERS], *activations[MOST_LAYERS], *deltas[MOST_LAYERS];
static float *transposed, *backward;

static float *filled(size_t length, float scale) {
  float *values = libxsmm_aligned_malloc(length * sizeof *values, 64);
  for (size_t i = 0; i < length; i++) values[i] = scale * rand() / RAND_MAX;
  return values;
}

static int least(int a, int b) { return a < b ? a : b; }

/* C (m x n) = A (m x k) B, or C += A B; B is k x n, or n x k and transposed. */
static void product(int m, int n, int k, const float *a, const float *b, int turned, float beta, float *c) {
  const int b_stride = turned ? n : k, prefetch = 0;
  const int flags = turned ? LIBXSMM_GEMM_FLAG_TRANS_B : LIBXSMM_GEMM_FLAG_NONE;
  const float alpha = 1;
  for (int p = 0; p < k; p += most_terms) {
    const int terms = least(most_terms, k - p);
    const float to = p > 0 ? 1 : beta;
    for (int i = 0; i < m; i += most_rows) {
      /* Looked up among those that are written already. */
      libxsmm_smmfunction kernel = libxsmm_smmdispatch(
          least(most_rows, m - i), n, terms, &m, &b_stride, &m, &alpha, &to, &flags, &prefetch);
      if (kernel == NULL) {
        fprintf(stderr, "Error: libxsmm has no kernel for this processor.\n");
        exit(1);
      }
      kernel(a + i + (size_t)p * m, b + (turned ? (size_t)p * n : (size_t)p), c + i);
    }
  }
}

static void step(int batch) {
  for (int l = 0; l + 1 < layers; l++)
    product(sizes[l + 1], batch, sizes[l], weights[l], activations[l], 0, 0, activations[l + 1]);
  for (int l = layers - 2; l >= 0; l--) {
    const int n = sizes[l], m = sizes[l + 1];
    if (l > 0) {
      libxsmm_otrans(transposed, deltas[l + 1], sizeof(float), m, batch, m, batch);
      product(batch, n, m, transposed, weights[l], 0, 0, backward);
      libxsmm_otrans(deltas[l], backward, sizeof(float), batch, n, batch, n);
    }
    product(m, n, batch, deltas[l + 1], activations[l], 1, 1, weights[l]);
  }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

/* Takes the blocks with which a step is fastest. */
static void choose_blocks(int batch) {
  static const int blocks[][2] = {{4096, 4096}, {64, 128}, {64, 400}, {256, 256}, {512, 256}};
  const int choices = sizeof blocks / sizeof *blocks;
  double best[sizeof blocks / sizeof *blocks];
  for (int round = 0; round <= TRIALS; round++) {
    for (int i = 0; i < choices; i++) {
      most_rows = blocks[i][0];
      most_terms = blocks[i][1];
      const double start = now();
      step(batch);
      const double seconds = now() - start;
      /* The first time, the kernels are written. */
      if (round < 2 || seconds < best[i]) best[i] = seconds;
    }
  }
  int fastest = 0;
  for (int i = 1; i < choices; i++)
    if (best[i] < best[fastest]) fastest = i;
  most_rows = blocks[fastest][0];
  most_terms = blocks[fastest][1];
}

int main(int count, char **arguments) {
  if (count < 7 || count - 5 > MOST_LAYERS) return 2;
  const int epochs = atoi(arguments[1]), batch = atoi(arguments[4]);
  const double fraction = atof(arguments[2]);
  const int images = (int)(fraction * atoi(arguments[3]) + 0.5);
  int widest = 0;
  layers = count - 5;
  for (int l = 0; l < layers; l++) {
    sizes[l] = atoi(arguments[5 + l]);
    if (sizes[l] > widest) widest = sizes[l];
  }
  for (int l = 0; l < layers; l++) {
    if (l + 1 < layers) weights[l] = filled((size_t)sizes[l] * sizes[l + 1], 0.01f);
    activations[l] = filled((size_t)sizes[l] * batch, 1);
    /* So small that the weights hardly change. */
    deltas[l] = filled((size_t)sizes[l] * batch, 1e-9f);
  }
  transposed = filled((size_t)widest * batch, 1);
  backward = filled((size_t)widest * batch, 1);

  choose_blocks(batch);
  printf("{\"event\":\"ready\"}\n");
  fflush(stdout);
  for (int epoch = 0; epoch < epochs; epoch++) {
    const double start = now();
    for (int first = 0; first < images; first += batch) step(least(batch, images - first));
    printf("{\"event\":\"epoch\",\"seconds\":%.6f}\n", (now() - start) / fraction);
    fflush(stdout);
  }
  printf("{\"event\":\"end\",\"accuracy\":null}\n");
  return 0;
}
