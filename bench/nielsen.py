"""The networks of Nielsen's book in NumPy, from the equations of its chapters 1 to 3, in float64.

A peer to compare accuracies with, not times. Mini-batches are matrices with one sample per column.
For each seed a line of JSON: accuracies in per cent on the validation and test images, by epoch.

    python3 bench/nielsen.py path/to/mnist --hidden 100 --rate 0.1 --decay 5 --epochs 60 --seeds 10
"""

import argparse
import gzip
import json
from pathlib import Path

import numpy as np

TRAIN, VALIDATION, CLASSES = 50_000, 10_000, 10


def read_idx(folder, name):
    """The bytes of an IDX file, gzipped or not, in its dimensions."""
    file = Path(folder, name)
    data = file.read_bytes() if file.exists() else gzip.decompress(Path(folder, f"{name}.gz").read_bytes())
    sizes = np.frombuffer(data, ">u4", data[3], 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sizes)


def load(folder, kind, white):
    """Images, one per column, black 0 and white 255/`white`; and their labels."""
    images = read_idx(folder, f"{kind}-images-idx3-ubyte")
    return images.reshape(len(images), -1).T / white, read_idx(folder, f"{kind}-labels-idx1-ubyte")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def feed_forward(weights, biases, a):
    """The activations of all layers, the input's first."""
    activations = [a]
    for w, b in zip(weights, biases):
        activations.append(sigmoid(w @ activations[-1] + b))
    return activations


def gradients(weights, biases, x, y, quadratic):
    """Sums over the mini-batch of ∂C/∂w and ∂C/∂b for each layer, by (BP1) to (BP4)."""
    activations = feed_forward(weights, biases, x)
    a = activations[-1]
    delta = (a - y) * a * (1 - a) if quadratic else a - y
    by_weights, by_biases = [], []
    for l in reversed(range(len(weights))):
        a = activations[l]
        by_weights.insert(0, delta @ a.T)
        by_biases.insert(0, delta.sum(axis=1, keepdims=True))
        delta = (weights[l].T @ delta) * a * (1 - a)
    return by_weights, by_biases


def accuracy(weights, biases, images, labels):
    outputs = feed_forward(weights, biases, images)[-1]
    return round(100 * float(np.mean(outputs.argmax(axis=0) == labels)), 2)


def train(options, seed, train_set, validation_set, test_set):
    random = np.random.default_rng(seed)
    sizes = [784, *options.hidden, CLASSES]
    scales = [1 if options.large else 1 / np.sqrt(n) for n in sizes]
    biases = [random.standard_normal((n, 1)) for n in sizes[1:]]
    weights = [s * random.standard_normal((m, n)) for s, n, m in zip(scales, sizes, sizes[1:])]
    images, labels = train_set
    targets = np.eye(CLASSES)[:, labels]
    shrink = 1 - options.rate * options.decay / len(labels)
    result = {"seed": seed, "validation": [], "test": []}
    for _ in range(options.epochs):
        order = random.permutation(len(labels))
        for start in range(0, len(order), options.batch):
            batch = order[start : start + options.batch]
            step = options.rate / len(batch)
            by_weights, by_biases = gradients(weights, biases, images[:, batch], targets[:, batch], options.quadratic)
            weights = [shrink * w - step * g for w, g in zip(weights, by_weights)]
            biases = [b - step * g for b, g in zip(biases, by_biases)]
        result["validation"].append(accuracy(weights, biases, *validation_set))
        result["test"].append(accuracy(weights, biases, *test_set))
    return result


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", help="with the four files of MNIST")
    parser.add_argument("--hidden", type=int, nargs="*", default=[30])
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--rate", type=float, default=0.5, help="learning rate η")
    parser.add_argument("--decay", type=float, default=0, help="L2 regularisation λ")
    parser.add_argument("--large", action="store_true", help="first weights from N(0, 1)")
    parser.add_argument("--quadratic", action="store_true", help="the quadratic cost")
    parser.add_argument("--white", type=float, default=255, help="what pixels are divided by")
    parser.add_argument("--seeds", type=int, default=3, help="number of runs")
    parser.add_argument("--first", type=int, default=1, help="seed of the first run; each next one is higher by 1")
    return parser.parse_args()


def main():
    chosen = options()
    images, labels = load(chosen.folder, "train", chosen.white)
    train_set = images[:, :TRAIN].copy(), labels[:TRAIN]
    validation_set = images[:, -VALIDATION:].copy(), labels[-VALIDATION:]
    test_set = load(chosen.folder, "t10k", chosen.white)
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        print(json.dumps(train(chosen, seed, train_set, validation_set, test_set)), flush=True)


if __name__ == "__main__":
    main()
