"""The frame of a contestant written in Python: reads the task, times the epochs, reports.

The protocol is that of lib/contest.mjs: one argument, the task in JSON; JSON lines on stdout.
"""

import gzip
import json
import math
import os
import sys
import time

import numpy as np


def task():
    """The task of the command line, a dict as lib/contest.mjs describes it."""
    return json.loads(sys.argv[1])


def read_idx(directory, name):
    """The array in an IDX file of bytes, gzipped or not."""
    path = os.path.join(directory, name)
    with open(path if os.path.exists(path) else path + ".gz", "rb") as file:
        content = file.read()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    rank = content[3]
    shape = np.frombuffer(content, ">u4", rank, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(shape)


def read_part(directory, prefix, count):
    """The first `count` images, one per row in [0, 1] as float32, and their labels."""
    images = read_idx(directory, prefix + "-images-idx3-ubyte")[:count]
    labels = read_idx(directory, prefix + "-labels-idx1-ubyte")[:count]
    pixels = images.reshape(len(images), 784).astype(np.float32)
    pixels /= 255
    return pixels, labels.astype(np.int64)


def initial_parameters(workload, random):
    """Pairs of weights (outputs × inputs) and biases, float32, one per layer."""
    init = workload["init"]
    parameters = []
    for inputs, outputs in zip(workload["layers"], workload["layers"][1:]):
        deviation = {"large": 1, "default": math.sqrt(1 / inputs), "he": math.sqrt(2 / inputs)}[init]
        weights = deviation * random.standard_normal((outputs, inputs))
        biases = random.standard_normal(outputs) * (init != "he")
        parameters.append((weights.astype(np.float32), biases.astype(np.float32)))
    return parameters


def contest(build):
    """Runs the task.

    build(task, images, labels, random) makes the model; model.train(order) runs one step per
    mini-batch of the images in this order; model.outputs(images) gives ten numbers per image.
    """
    assignment = task()
    directory = assignment["dataDirectory"]
    random = np.random.default_rng(assignment["seed"])
    images, labels = read_part(directory, "train", assignment["workload"]["trainSize"])
    test_images, test_labels = read_part(directory, "t10k", 10000)
    model = build(assignment, images, labels, random)
    count = round(assignment["fraction"] * len(images))
    emit({"event": "ready"})
    for _ in range(assignment["epochs"]):
        start = time.perf_counter()
        model.train(random.permutation(len(images))[:count])
        seconds = time.perf_counter() - start
        emit({"event": "epoch", "seconds": seconds / assignment["fraction"]})
    emit({"event": "end", "accuracy": accuracy(model, test_images, test_labels)})


def accuracy(model, images, labels):
    """On the test images, in pieces, so that evaluation does not set the peak of memory."""
    right = 0
    for first in range(0, len(labels), 1000):
        outputs = model.outputs(images[first : first + 1000])
        if not np.isfinite(outputs).all():
            raise ArithmeticError("The outputs are not finite.")
        right += int((outputs.argmax(1) == labels[first : first + 1000]).sum())
    return right / len(labels)


def emit(event):
    print(json.dumps(event), flush=True)
