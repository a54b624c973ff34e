"""PyTorch: autograd over functional layers, tensors preloaded, in-place updates of all parameters."""

import torch
import torch.nn.functional as F

from contest import contest, initial_parameters

ACTIVATIONS = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}


def quadratic(logits, targets):
    return F.mse_loss(torch.sigmoid(logits), targets, reduction="sum") / (2 * len(targets))


def cross_entropy(logits, targets):
    loss = F.binary_cross_entropy_with_logits(logits, targets, reduction="sum")
    return loss / len(targets)


COSTS = {"quadratic": quadratic, "cross-entropy": cross_entropy, "softmax": F.cross_entropy}


class Model:
    def __init__(self, task, images, labels, random):
        torch.set_num_threads(task["threads"])
        self.workload = task["workload"]
        self.images = torch.from_numpy(images)
        self.labels = torch.from_numpy(labels)
        if self.workload["cost"] != "softmax":
            self.labels = F.one_hot(self.labels, 10).float()
        self.parameters = [
            torch.from_numpy(array).requires_grad_()
            for pair in initial_parameters(self.workload, random)
            for array in pair
        ]
        self.weights = self.parameters[::2]
        self.velocities = [torch.zeros_like(p) for p in self.parameters]

    def logits(self, a):
        activation = ACTIVATIONS[self.workload["activation"]]
        *hidden, (w, b) = zip(self.parameters[::2], self.parameters[1::2])
        for hidden_w, hidden_b in hidden:
            a = activation(F.linear(a, hidden_w, hidden_b))
        return F.linear(a, w, b)

    def train(self, order):
        cost = COSTS[self.workload["cost"]]
        rate, momentum = self.workload["learningRate"], self.workload["momentum"]
        decay = rate * self.workload["lambda"] / len(self.images)
        for batch in torch.from_numpy(order).split(self.workload["batchSize"]):
            images = self.images.index_select(0, batch)
            targets = self.labels.index_select(0, batch)
            loss = cost(self.logits(images), targets)
            gradients = torch.autograd.grad(loss, self.parameters)
            with torch.no_grad():
                if momentum:
                    if decay:
                        torch._foreach_add_(gradients[::2], self.weights, alpha=decay / rate)
                    torch._foreach_mul_(self.velocities, momentum)
                    torch._foreach_add_(self.velocities, gradients)
                    if self.workload["optimizer"] == "nesterov":
                        torch._foreach_add_(gradients, self.velocities, alpha=momentum)
                    else:
                        gradients = self.velocities
                elif decay:
                    torch._foreach_mul_(self.weights, 1 - decay)
                torch._foreach_add_(self.parameters, gradients, alpha=-rate)

    def outputs(self, images):
        with torch.no_grad():
            return self.logits(torch.from_numpy(images)).numpy()


contest(Model)
