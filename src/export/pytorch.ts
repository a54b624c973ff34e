/** A saved network in PyTorch: the lines of Python that load it and evaluate it. */
import type { ActivationName, CostName } from "../nn/index.js";
import { sizesOf, type TrainedNetwork } from "../training/index.js";

/** The classes of modules; those that torch.nn does not have are defined by a formula. */
const ACTIVATIONS: Readonly<Record<ActivationName, { name: string; formula?: string }>> = {
  sigmoid: { name: "nn.Sigmoid" },
  tanh: { name: "nn.Tanh" },
  relu: { name: "nn.ReLU" },
  "scaled-tanh": { name: "ScaledTanh", formula: "1.7159 * torch.tanh(0.6666 * z)" },
};

const OUTPUTS: Readonly<Record<CostName, string>> = {
  quadratic: "nn.Sigmoid()",
  "cross-entropy": "nn.Sigmoid()",
  softmax: "nn.Softmax(dim=1)",
};

/**
 * A module of Python: `network` is a torch.nn.Sequential that takes images as rows of numbers from 0 to
 * 1, and `accuracy` tests it.
 *
 * @param file of the saved network, as the program is to open it
 */
export function pytorchProgram({ layers, settings }: TrainedNetwork, file: string): string {
  const { activation, cost } = settings;
  const sizes = sizesOf(layers);
  const isDouble = layers[0]!.w.data instanceof Float64Array;
  const modules = layers.flatMap((_, l) => [
    `nn.Linear(${sizes[l]}, ${sizes[l + 1]})`,
    l < layers.length - 1 ? `${ACTIVATIONS[activation].name}()` : OUTPUTS[cost],
  ]);
  const { name, formula } = ACTIVATIONS[activation];
  const isDefined = formula !== undefined && layers.length > 1;
  return `# Needs torch and safetensors: pip install torch safetensors
import torch
from safetensors.torch import load_file
from torch import nn
${isDefined ? definition(name, formula) : ""}
network = nn.Sequential(
${modules.map((module) => `    ${module},`).join("\n")}
)${isDouble ? ".double()" : ""}

tensors = load_file(${JSON.stringify(file)})
network.load_state_dict({
    # The l-th layer is module 2l, with an activation after each.
    f"{2 * l}.{kind}": tensors[f"layers.{l}.{kind}"]
    for l in range(${layers.length})
    for kind in ("weight", "bias")
})
network.eval()


def accuracy(images, labels):
    """Of uint8 images, N x ${sizes[0]} or N x rows x columns, and their N labels."""
    with torch.no_grad():
        x = images.reshape(len(images), -1).to(${isDouble ? "torch.float64" : "torch.float32"}) / 255
        return (network(x).argmax(dim=1) == labels).double().mean().item()
`;
}

function definition(name: string, formula: string): string {
  return `

class ${name}(nn.Module):
    def forward(self, z):
        return ${formula}

`;
}
