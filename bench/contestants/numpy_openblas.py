"""NumPy written for speed: float32, every buffer allocated once, every operation in place.

One sample per row. A step is a list of prepared calls, so that Python's own work is one loop. The
learning rate over the batch size is folded into the last layer's delta: a product with it is the
update itself. Constants are arrays, because a ufunc takes longer with a scalar.
"""

from functools import partial

import numpy as np

from contest import contest, initial_parameters


def sigmoid(z, ones):
    return [
        partial(np.negative, z, z),
        partial(np.exp, z, z),
        partial(np.add, z, ones, z),
        partial(np.reciprocal, z, z),
    ]


def sigmoid_slope(a, ones, out):
    return [partial(np.subtract, ones, a, out), partial(np.multiply, out, a, out)]


def tanh(z, ones):
    return [partial(np.tanh, z, z)]


def tanh_slope(a, ones, out):
    return [partial(np.multiply, a, a, out), partial(np.subtract, ones, out, out)]


def relu(z, ones):
    return [partial(np.maximum, z, np.zeros_like(z), z)]


def relu_slope(a, ones, out):
    return [partial(np.sign, a, out)]


ACTIVATIONS = {
    "sigmoid": (sigmoid, sigmoid_slope),
    "tanh": (tanh, tanh_slope),
    "relu": (relu, relu_slope),
}


def softmax(z):
    column = np.empty((len(z), 1), np.float32)
    return [
        partial(np.maximum.reduce, z, 1, None, column, True),
        partial(np.subtract, z, column, z),
        partial(np.exp, z, z),
        partial(np.add.reduce, z, 1, None, column, True),
        partial(np.divide, z, column, z),
    ]


class Step:
    """The calls of one step on a mini-batch of `size`, and the buffers they use."""

    def __init__(self, model, size):
        self.size = size
        layers = model.workload["layers"]
        self.activations = [np.empty((size, n), np.float32) for n in layers]
        self.deltas = [np.empty((size, n), np.float32) for n in layers]
        self.targets = np.empty((size, layers[-1]), np.float32)
        self.forward = self.forward_calls(model)
        self.backward = self.backward_calls(model)

    def forward_calls(self, model):
        activate, _ = ACTIVATIONS[model.workload["activation"]]
        calls = []
        for l, (w, b) in enumerate(model.parameters):
            z = self.activations[l + 1]
            calls += [partial(self.activations[l].dot, w.T, z), partial(np.add, z, b, z)]
            if l + 1 < len(model.parameters):
                calls += activate(z, np.ones_like(z))
            elif model.workload["cost"] == "softmax":
                calls += softmax(z)
            else:
                calls += sigmoid(z, np.ones_like(z))
        return calls

    def backward_calls(self, model):
        workload = model.workload
        _, slope = ACTIVATIONS[workload["activation"]]
        decay = workload["learningRate"] * workload["lambda"] / workload["trainSize"]
        a, deltas = self.activations, self.deltas
        slopes = [np.empty_like(delta) for delta in deltas]
        scale = np.full_like(deltas[-1], workload["learningRate"] / self.size)
        calls = [
            partial(np.subtract, a[-1], self.targets, deltas[-1]),
            partial(np.multiply, deltas[-1], scale, deltas[-1]),
        ]
        if workload["cost"] == "quadratic":
            calls += sigmoid_slope(a[-1], np.ones_like(a[-1]), slopes[-1])
            calls += [partial(np.multiply, deltas[-1], slopes[-1], deltas[-1])]
        ones = np.ones(self.size, np.float32)
        for l in reversed(range(len(model.parameters))):
            w, b = model.parameters[l]
            delta = deltas[l + 1]
            if l > 0:
                calls += [partial(delta.dot, w, deltas[l])]
                calls += slope(a[l], np.ones_like(a[l]), slopes[l])
                calls += [partial(np.multiply, deltas[l], slopes[l], deltas[l])]
            step_w, step_b = np.empty_like(w), np.empty_like(b)
            calls += [partial(delta.T.dot, a[l], step_w), partial(ones.dot, delta, step_b)]
            if workload["momentum"]:
                if decay:
                    shrinkage = np.empty_like(w)
                    calls += [
                        partial(np.multiply, w, np.float32(decay), shrinkage),
                        partial(np.add, step_w, shrinkage, step_w),
                    ]
                velocity_w, velocity_b = model.velocities[l]
                step_w, more = self.momentum_calls(workload, velocity_w, step_w)
                calls += more
                step_b, more = self.momentum_calls(workload, velocity_b, step_b)
                calls += more
            elif decay:
                calls += [partial(np.multiply, w, np.float32(1 - decay), w)]
            calls += [partial(np.subtract, w, step_w, w), partial(np.subtract, b, step_b, b)]
        return calls

    @staticmethod
    def momentum_calls(workload, velocity, step):
        """The array that is to be subtracted in the place of the step, and the calls that make it."""
        momentum = np.float32(workload["momentum"])
        calls = [
            partial(np.multiply, velocity, momentum, velocity),
            partial(np.add, velocity, step, velocity),
        ]
        if workload["optimizer"] == "sgd":
            return velocity, calls
        ahead = np.empty_like(velocity)
        return step, calls + [
            partial(np.multiply, velocity, momentum, ahead),
            partial(np.add, step, ahead, step),
        ]


class Model:
    def __init__(self, task, images, labels, random):
        self.workload = task["workload"]
        self.images = images
        self.targets = np.eye(10, dtype=np.float32)[labels]
        self.parameters = initial_parameters(self.workload, random)
        self.velocities = [(np.zeros_like(w), np.zeros_like(b)) for w, b in self.parameters]
        self.steps = {}

    def train(self, order):
        size = self.workload["batchSize"]
        for first in range(0, len(order), size):
            batch = order[first : first + size]
            step = self.step(len(batch))
            self.images.take(batch, 0, step.activations[0], "clip")
            self.targets.take(batch, 0, step.targets, "clip")
            for call in step.forward:
                call()
            for call in step.backward:
                call()

    def outputs(self, images):
        step = Step(self, len(images))
        np.copyto(step.activations[0], images)
        for call in step.forward:
            call()
        return step.activations[-1]

    def step(self, size):
        if size not in self.steps:
            self.steps[size] = Step(self, size)
        return self.steps[size]


np.seterr(over="ignore")  # exp(−z) = ∞ gives the sigmoid's 0
contest(Model)
