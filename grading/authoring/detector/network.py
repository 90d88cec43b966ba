"""The network in torch: six convolutions with batch norm, its loss and its training."""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.datasets.streets import KINDS, SIZE
from course_utils.detector import ANCHORS, CELLS, LEAK, LONGEST, STRIDES

CHANNELS = (3, 16, 32, 48, 64, 64)
BATCH, STEPS, RATE = 32, 1_100, 4e-3
PARTS = {"box": 3.0, "confidence": 6.0, "kind": 1.0}  # weights of the parts of the loss


def build() -> nn.Sequential:
    """Pictures (m, 3, 96, 96) -> (m, 3 * (5 + kinds), 12, 12)"""
    layers: list[nn.Module] = []
    for inputs, outputs, stride in zip(CHANNELS, CHANNELS[1:], STRIDES):
        layers += [
            nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.LeakyReLU(LEAK),
        ]
    return nn.Sequential(*layers, nn.Conv2d(CHANNELS[-1], len(ANCHORS) * (5 + len(KINDS)), 1))


def train(pictures: np.ndarray, boxes: np.ndarray, classes: np.ndarray, seed: int) -> nn.Sequential:
    """pictures (m, 96, 96, 3) uint8; boxes, classes: of `targets_of`, for each picture."""
    torch.manual_seed(seed)
    model = build()
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=STEPS)
    for step, batch in zip(range(STEPS), _batches(len(pictures), np.random.default_rng(seed))):
        x = torch.from_numpy(pictures[batch]).permute(0, 3, 1, 2).float() / 255
        raw = as_grid(model(x))
        cost = loss(raw, torch.from_numpy(boxes[batch]), torch.from_numpy(classes[batch]))
        optimizer.zero_grad()
        cost.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        if step % 200 == 0 or step == STEPS - 1:
            print(f"step {step:5d}  loss {cost.item():.3f}", flush=True)
    return model.eval()


def as_grid(outputs: Tensor) -> Tensor:
    """(m, 3 * n, 12, 12) -> (m, 12, 12, 3, n), as `course_utils.detector` has it."""
    return outputs.permute(0, 2, 3, 1).reshape(len(outputs), CELLS, CELLS, len(ANCHORS), -1)


def loss(raw: Tensor, boxes: Tensor, classes: Tensor) -> Tensor:
    """Where a box is and of which kind counts where one should fire; confidence counts everywhere.

    raw (m, 12, 12, 3, 5 + kinds), boxes (m, 12, 12, 3, 4), classes (m, 12, 12, 3)
    """
    fires = classes >= 0
    sure = nn.functional.binary_cross_entropy_with_logits(raw[..., 4], fires.float())
    kind = nn.functional.cross_entropy(raw[..., 5:][fires], classes[fires])
    box = (1 - generalized_iou(corners(raw)[fires], boxes[fires])).mean()
    return PARTS["box"] * box + PARTS["confidence"] * sure + PARTS["kind"] * kind


def corners(raw: Tensor) -> Tensor:
    """Corners in pixels (..., 4), as `course_utils.detector.head` makes centres and sizes."""
    across, down = torch.meshgrid(torch.arange(CELLS), torch.arange(CELLS), indexing="xy")
    cells = torch.stack([across, down], dim=-1)[:, :, None]
    centre = (cells + 2 * torch.sigmoid(raw[..., 0:2]) - 0.5) * (SIZE / CELLS)
    anchors = torch.tensor(ANCHORS, dtype=raw.dtype)
    half = anchors * torch.exp(raw[..., 2:4].clamp(-LONGEST, LONGEST)) / 2
    return torch.cat([centre - half, centre + half], dim=-1)


def generalized_iou(a: Tensor, b: Tensor) -> Tensor:
    """Intersection over union, less the empty share of the box around both: (k, 4), (k, 4) -> (k,)

    Unlike plain intersection over union it has a slope where boxes do not meet.
    """
    common = (torch.min(a, b)[:, 2:] - torch.max(a, b)[:, :2]).clamp(min=0).prod(dim=1)
    around = (torch.max(a, b)[:, 2:] - torch.min(a, b)[:, :2]).prod(dim=1)
    union = sum((box[:, 2:] - box[:, :2]).prod(dim=1) for box in (a, b)) - common
    return common / union - (around - union) / around


def folded(model: nn.Sequential) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """(W (f, f, channels, filters), b (1, 1, 1, filters)) of each convolution.

    Batch norm of a trained network multiplies and shifts each channel by fixed numbers; they are
    taken into the filters and biases.
    """
    modules = list(model)
    for place, module in enumerate(modules):
        if isinstance(module, nn.Conv2d):
            norm = modules[place + 1] if place + 1 < len(modules) else None
            W, b = _folded_pair(module, norm)
            yield W.transpose(2, 3, 1, 0), b.reshape(1, 1, 1, -1)


def _folded_pair(conv: nn.Conv2d, norm: nn.BatchNorm2d | None) -> tuple[np.ndarray, np.ndarray]:
    W = conv.weight.detach().numpy()
    if norm is None:
        assert conv.bias is not None
        return W, conv.bias.detach().numpy()
    scale = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach().numpy()
    shift = norm.bias.detach().numpy() - norm.running_mean.numpy() * scale
    return W * scale[:, None, None, None], shift


def _batches(m: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Random batches for ever, each picture once in every round."""
    while True:
        order = rng.permutation(m)
        yield from order[: m - m % BATCH].reshape(-1, BATCH)
