"""PyTorch without autograd: the backward pass by hand, products accumulated into the parameters."""

import torch
import torch.nn.functional as F

from contest import contest, initial_parameters

ACTIVATIONS = {"sigmoid": torch.sigmoid_, "tanh": torch.tanh_, "relu": torch.relu_}
BACKWARD = {
    "sigmoid": torch.ops.aten.sigmoid_backward,
    "tanh": torch.ops.aten.tanh_backward,
    "relu": lambda gradient, a: torch.ops.aten.threshold_backward(gradient, a, 0),
}


class Model:
    def __init__(self, task, images, labels, random):
        torch.set_num_threads(task["threads"])
        torch.set_grad_enabled(False)
        self.workload = task["workload"]
        self.images = torch.from_numpy(images)
        self.targets = F.one_hot(torch.from_numpy(labels), 10).float()
        self.layers = [
            (torch.from_numpy(w), torch.from_numpy(b))
            for w, b in initial_parameters(self.workload, random)
        ]
        self.velocities = [(torch.zeros_like(w), torch.zeros_like(b)) for w, b in self.layers]

    def activations(self, a):
        """Of every layer, the input included."""
        activate = ACTIVATIONS[self.workload["activation"]]
        all_activations = [a]
        for w, b in self.layers[:-1]:
            all_activations.append(activate(torch.addmm(b, all_activations[-1], w.t())))
        w, b = self.layers[-1]
        logits = torch.addmm(b, all_activations[-1], w.t())
        softmax = self.workload["cost"] == "softmax"
        all_activations.append(logits.softmax(1) if softmax else logits.sigmoid_())
        return all_activations

    def train(self, order):
        backward = BACKWARD[self.workload["activation"]]
        rate, momentum = self.workload["learningRate"], self.workload["momentum"]
        decay = rate * self.workload["lambda"] / len(self.images)
        for batch in torch.from_numpy(order).split(self.workload["batchSize"]):
            a = self.activations(self.images.index_select(0, batch))
            delta = a[-1].sub(self.targets.index_select(0, batch))
            if self.workload["cost"] == "quadratic":
                delta = torch.ops.aten.sigmoid_backward(delta, a[-1])
            step = -rate / len(batch)
            for l in reversed(range(len(self.layers))):
                w, b = self.layers[l]
                below = backward(delta.mm(w), a[l]) if l > 0 else None
                if momentum:
                    # Nesterov: with V = μ v + step − decay w, w becomes w + (1 + μ) V − μ v.
                    velocity_w, velocity_b = self.velocities[l]
                    ahead, friction = 1, momentum
                    if self.workload["optimizer"] == "nesterov":
                        w.add_(velocity_w, alpha=-momentum)
                        b.add_(velocity_b, alpha=-momentum)
                        ahead = 1 + momentum
                        friction = momentum * (1 - decay)  # decay w = decay (w − μ v) + decay μ v
                    velocity_w.addmm_(delta.t(), a[l], beta=friction, alpha=step)
                    velocity_b.mul_(momentum).add_(delta.sum(0), alpha=step)
                    if decay:
                        velocity_w.add_(w, alpha=-decay)
                    w.add_(velocity_w, alpha=ahead)
                    b.add_(velocity_b, alpha=ahead)
                else:
                    w.addmm_(delta.t(), a[l], beta=1 - decay, alpha=step)
                    b.add_(delta.sum(0), alpha=step)
                delta = below

    def outputs(self, images):
        return self.activations(torch.from_numpy(images))[-1].numpy()


contest(Model)
