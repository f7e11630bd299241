"""Draws the lesson's opening picture, `before_after.png` beside its notebook."""

from __future__ import annotations

import importlib
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from course_lib.claims.loading import load

ROOT = Path(__file__).parents[3]
TARGET = ROOT / "source" / "03_optimise" / "before_after.png"
TRUTH, FIT = "#c8553d", "#2f6690"


def main():
    """Both panels: steps downhill beside Newton's, and Hubble's line with its error."""
    newton = load("03_optimise", ROOT).exercises["newton"].truth
    inputs = importlib.import_module(f"{newton.__module__.rpartition('.')[0]}.inputs")
    valley, top = inputs.LINE, inputs.best_fit(np.array(inputs.LINE.x), np.array(inputs.LINE.y))
    places = [top + np.array([0.1, -0.1, 0.3])]
    rate = 1.9 / np.max(np.linalg.eigvalsh(valley(top)[2]))
    for _ in range(200):
        places.append(places[-1] - rate * valley(places[-1])[1])
    asked = []

    def noted(theta):
        asked.append(valley(theta)[0])
        return valley(theta)

    newton(noted, places[0])
    panels = plt.subplots(1, 2, figsize=(8.0, 2.6), dpi=110)[1]
    walk = [valley(place)[0] - valley.lowest for place in places]
    panels[0].semilogy(np.maximum(walk, 1e-14), color=TRUTH, label="downhill")
    above = np.maximum(np.array(asked) - valley.lowest, 1e-14)
    panels[0].semilogy(above, "o-", color=FIT, markersize=3, label="Newton")
    panels[0].set(xlabel="evaluations", ylabel="height above the bottom")
    table = np.loadtxt(TARGET.with_name("hubble_1929.csv"), delimiter=",", skiprows=1)
    distance, velocity = table.T
    line = np.polyfit(distance, velocity, 1)
    t = np.linspace(0, 2.1, 50)
    scatter = np.std(velocity - np.polyval(line, distance))
    spread = scatter * np.sqrt(
        1 / len(distance) + (t - distance.mean()) ** 2 / np.sum((distance - distance.mean()) ** 2)
    )
    mean = np.polyval(line, t)
    panels[1].fill_between(t, mean - spread, mean + spread, color=FIT, alpha=0.25)
    panels[1].plot(t, mean, color=FIT, label="454 ± 72")
    panels[1].plot(distance, velocity, "o", color="0.15", markersize=3)
    panels[1].set(xlabel="distance in Mpc", ylabel="velocity in km/s")
    for panel in panels:
        panel.legend(frameon=False)
        panel.spines[["top", "right"]].set_visible(False)
    plt.tight_layout()
    plt.savefig(TARGET)


if __name__ == "__main__":
    main()
