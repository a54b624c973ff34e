"""Trains a small network with PyTorch, and saves it with what it reaches: folder, file, type of elements."""
import gzip, json, struct, sys
import torch

folder, file, kind = sys.argv[1:]
TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "F64": torch.float64}


def idx(name, offset):
    raw = gzip.open(f"{folder}/{name}.gz").read()
    return torch.frombuffer(bytearray(raw[offset:]), dtype=torch.uint8)


def part(name):
    labels = idx(f"{name}-labels-idx1-ubyte", 8).long()
    return idx(f"{name}-images-idx3-ubyte", 16).reshape(len(labels), -1) / 255, labels


torch.manual_seed(1)
images, labels = part("train")
network = torch.nn.Sequential(
    torch.nn.Linear(images.shape[1], 8), torch.nn.ReLU(), torch.nn.Linear(8, 10)
)
cost = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(network.parameters(), lr=0.3)
for _ in range(60):
    optimizer.zero_grad()
    cost(network(images), labels).backward()
    optimizer.step()

# What the file can hold is what is tested.
network = network.to(TYPES[kind])
state = network.state_dict()
network = network.float()
with torch.no_grad():
    images, labels = part("t10k")
    outputs = network(images)
    reached = {
        "accuracy": str((outputs.argmax(1) == labels).float().mean().item()),
        "loss": str(cost(outputs, labels).item()),
    }

header, body = {"__metadata__": {"format": "pt", **reached}}, b""
for name, tensor in state.items():
    data = tensor.to(TYPES[kind]).contiguous()
    data = bytes(data.view(torch.int16).numpy() if kind in ("F16", "BF16") else data.numpy())
    header[name] = {
        "dtype": kind,
        "shape": list(tensor.shape),
        "data_offsets": [len(body), len(body) + len(data)],
    }
    body += data
text = json.dumps(header).encode()
with open(file, "wb") as out:
    out.write(struct.pack("<Q", len(text)) + text + body)
