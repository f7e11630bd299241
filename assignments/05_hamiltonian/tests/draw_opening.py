"""Draws the lesson's opening picture, `before_after.png` beside its notebook."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from course_lib.claims.loading import load

ROOT = Path(__file__).parents[3]
TARGET = ROOT / "source" / "05_hamiltonian" / "before_after.png"
INK, TRUTH, FIT = "0.15", "#c8553d", "#2f6690"
STEP = 2 * np.pi / 200


def sun(q):
    """The force on a planet."""
    return -q / np.sum(q**2) ** 1.5


def main():
    """Both panels: a planet by Euler's steps for one orbit, and by leapfrog for a hundred."""
    leapfrog = load("05_hamiltonian", ROOT).exercises["leapfrog"].truth
    q, p = np.array([0.4, 0.0]), np.array([0.0, 2.0])
    euler, kept = [q], [q]
    for _ in range(200):
        q, p = q + STEP * p, p + STEP * sun(q)
        euler.append(q)
    q, p = np.array([0.4, 0.0]), np.array([0.0, 2.0])
    for _ in range(20_000):
        q, p = leapfrog(sun, q, p, STEP, 1, np.ones(2))
        kept.append(q)
    angle = np.linspace(0, 2 * np.pi, 200)
    panels = plt.subplots(1, 2, figsize=(8.0, 2.6), dpi=100)[1]
    panels[0].plot(*np.array(euler).T, color=INK)
    panels[0].set_title("Euler, the time of one orbit: energy off by 0.31")
    panels[1].plot(*np.array(kept[::3]).T, color=FIT, linewidth=0.2)
    panels[1].set_title("leapfrog, a hundred orbits: by 0.004")
    for panel in panels:
        panel.plot(np.cos(angle) - 0.6, 0.8 * np.sin(angle), "--", color=TRUTH, linewidth=1)
        panel.plot(0, 0, "*", color=TRUTH, markersize=8)
        panel.set_aspect("equal")
        panel.set(xlim=(-4, 0.7), ylim=(-1, 1.4), xticks=[], yticks=[])
        panel.title.set_fontsize("medium")
        panel.spines[:].set_visible(False)
    plt.tight_layout()
    plt.savefig(TARGET)


if __name__ == "__main__":
    main()
