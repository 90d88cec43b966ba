"""`python -m grading.authoring.detector`: draw scenes, train, write the weights, measure them.

Some four minutes of processor time. torch is needed: `pip install ./grading[detector]`.
"""

from pathlib import Path

import h5py
import numpy as np
import torch

from course_utils import detector
from course_utils.datasets.streets import load_street
from grading.authoring.detector import card, network
from grading.authoring.detector.targets import FIRST_SEED, SCENES, targets_of

SEED = 1
FURTHEST = 0.05  # numpy with short weights from torch, in the numbers before the head


def main() -> None:
    torch.set_num_threads(1)  # sums in the same order every time
    streets = [load_street(FIRST_SEED + i) for i in range(SCENES)]
    pictures = np.stack([np.round(street.picture * 255).astype(np.uint8) for street in streets])
    boxes, classes = (np.stack(parts) for parts in zip(*map(targets_of, streets)))
    print(f"{SCENES} scenes are drawn", flush=True)
    model = network.train(pictures, boxes, classes, SEED)
    write_weights(model, detector.WEIGHTS)
    off = furthest_from_torch(model, pictures[:50] / 255)
    print(f"numpy is within {off:.3f} of torch")
    assert off < FURTHEST, "too far: were the weights written?"
    figures = card.measure()
    card.write(figures)
    print(figures.as_table())


def write_weights(model: torch.nn.Sequential, path: Path) -> None:
    """Convolutions with batch norm taken in, as half-precision numbers."""
    with h5py.File(path, "w") as file:
        for number, (W, b) in enumerate(network.folded(model), start=1):
            file.create_dataset(f"W{number}", data=W.astype(np.float16))
            file.create_dataset(f"b{number}", data=b.astype(np.float16))
    detector.load_weights.cache_clear()


def furthest_from_torch(model: torch.nn.Sequential, pictures: np.ndarray) -> float:
    """The largest difference of any number before the head."""
    with torch.no_grad():
        x = torch.from_numpy(pictures).permute(0, 3, 1, 2).float()
        expected = network.as_grid(model(x)).numpy()
    return float(np.abs(detector.raw_outputs(pictures) - expected).max())


if __name__ == "__main__":
    main()
