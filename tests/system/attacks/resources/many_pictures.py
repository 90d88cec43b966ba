"""Shows a large picture again and again."""

OFF = "one process"
EXTRA = """
import numpy as np
from IPython.display import Image, display
from matplotlib import pyplot as plt

picture = np.random.RandomState(0).randint(0, 255, (400, 400, 3), dtype=np.uint8)
plt.imsave("noise.png", picture)
for _ in range(20):
    display(Image("noise.png"))
"""


def won(outcome):
    return "the result holds all its pictures" if len(str(outcome.notebook)) > 5_000_000 else ""
