"""Claims about `leapfrog(gradient, q, p, step, n, variance)`: 5 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import EPS, ClaimFailure, agree, exercise

from .inputs import (
    ALIKE,
    ASTRAY,
    BALLS,
    BELLS,
    DROPPED,
    FREE,
    NO_STEPS,
    SEVEN,
    WIDTH,
    Array,
    Flight,
    Pull,
    posterior_energy,
)


@exercise(points=5)
def leapfrog(gradient, q: Array, p: Array, step: float, n: int, variance: Array):
    """Place and momentum, each ``[d]``, after n leapfrog steps; gradient(q) is that of log π."""
    from .integrator import orbit

    return orbit(gradient, q, p, step, n, variance)


def rounding_of(flight: Flight) -> float:
    """What a flight may lose: a few roundings a step of the largest numbers on the way.

    All flights are stable, so errors grow no quicker than the flight itself: at a step of 1.5 by at
    most 1 / (1 - 1.5² / 4) = 2.3, in units of the widths, which here are from ½ to 4.
    """
    force = np.max(np.abs(flight.gradient(flight.q))) * abs(flight.step)
    size = np.max(np.abs(flight.q)) + np.max(np.abs(flight.p)) + force + 1
    return float(64 * EPS * (flight.n + 1) * size * np.max(flight.variance, initial=1.0))


def ended(student, flight: Flight) -> Array:
    """Place and momentum where a flight ends, ``[2, d]``. Raises ClaimFailure for other shapes.

    The truth is not asked, so that the flight may begin where another one of the student's ends.
    """
    answer = student.leapfrog.answer(*flight.arguments)
    due = f"place and momentum, two arrays of shape [{len(flight.q)}]"
    try:
        parts = [np.asarray(getattr(part, "values", part), dtype=float) for part in answer.value]
    except (TypeError, ValueError):
        raise ClaimFailure(due, answer.describe()) from None
    if [part.shape for part in parts] != [flight.q.shape] * 2:
        raise ClaimFailure(due, answer.describe())
    return np.array(parts)


@leapfrog.claim(points=0.25, gate=True, always=DROPPED)
def a_ball_falls(student, truth, flight):
    """Under a constant force the place changes as that of a ball that falls, to 10 %."""
    due = flight.q + fallen(flight)
    far = np.abs(fallen(flight))
    agree(ended(student, flight)[0], due, tolerance=0.1 * far, message="this is the place")


def fallen(flight: Flight) -> Array:
    """How far a ball goes: t v p + ½ t² v g, which leapfrog has exactly."""
    assert isinstance(flight.gradient, Pull)
    time = flight.n * flight.step
    force = np.array(flight.gradient.force)
    return time * flight.variance * (flight.p + 0.5 * time * force)


@leapfrog.claim(points=1.25, draws=10, always=ALIKE, flight=BELLS)
def is_exact_on_a_normal(student, truth, flight):
    """On normals of several widths, place and momentum are where n steps lead."""
    due = truth(*flight.arguments)
    got = student.leapfrog(*flight.arguments)
    agree(got[0], due[0], tolerance=rounding_of(flight), message="this is the place")
    agree(got[1], due[1], tolerance=rounding_of(flight), message="this is the momentum")


@leapfrog.claim(points=0.5, relative=True, draws=5, flight=BELLS)
def comes_back_when_the_momentum_is_turned(student, truth, flight):
    """With the momentum turned round, the same steps lead back to the start."""
    place, momentum = ended(student, flight)
    back = ended(student, flight.to(q=place, p=-momentum))
    size = 8 * rounding_of(flight) * (1 + np.max(np.abs([place, momentum])))
    agree(back, np.array([flight.q, -flight.p]), tolerance=size)


@leapfrog.claim(points=0.25, relative=True, draws=4, flight=BELLS)
def comes_back_with_a_negative_step(student, truth, flight):
    """Steps backwards in time lead back to the start."""
    place, momentum = ended(student, flight)
    back = ended(student, flight.to(q=place, p=momentum, step=-flight.step))
    size = 8 * rounding_of(flight) * (1 + np.max(np.abs([place, momentum])))
    agree(back, np.array([flight.q, flight.p]), tolerance=size)


@leapfrog.claim(points=0.5, relative=True, draws=5, flight=SEVEN)
def seven_steps_are_three_and_four(student, truth, flight):
    """Three steps, and four more from where they lead, are seven."""
    place, momentum = ended(student, flight.to(n=3))
    there = ended(student, flight.to(q=place, p=momentum, n=4))
    size = 8 * rounding_of(flight) * (1 + np.max(np.abs(there)))
    agree(ended(student, flight), there, tolerance=size)


@leapfrog.claim(points=0.25, draws=2, flight=NO_STEPS)
def no_steps_change_nothing(student, truth, flight):
    """With n = 0, place and momentum are as they were."""
    agree(ended(student, flight), np.array([flight.q, flight.p]))


@leapfrog.claim(points=0.25, draws=4, flight=FREE)
def flies_straight_without_a_force(student, truth, flight):
    """Where the gradient is zero it goes n · step · variance · p, and keeps its momentum."""
    due = np.array([flight.q + fallen(flight), flight.p])
    agree(ended(student, flight), due, tolerance=4 * rounding_of(flight))


@leapfrog.claim(points=0.25, draws=4, flight=BALLS)
def is_exact_for_a_falling_ball(student, truth, flight):
    """Under a constant force the path is a parabola, whatever the step."""
    momentum = flight.p + flight.n * flight.step * np.array(flight.gradient.force)
    due = np.array([flight.q + fallen(flight), momentum])
    size = 4 * rounding_of(flight) * (1 + np.max(np.abs(due)))
    agree(ended(student, flight), due, tolerance=size)


@leapfrog.claim(points=0.25, draws=4, flight=BELLS)
def asks_for_n_plus_one_gradients(student, truth, flight):
    """The gradient at the end of a step serves the next one too: n + 1 gradients for n steps."""
    calls = len(student.leapfrog.asked(*flight.arguments))
    if calls != flight.n + 1:
        raise ClaimFailure(f"{flight.n + 1} gradients for {flight.n} steps", f"{calls}")


@leapfrog.claim(points=0.5, always=ASTRAY)
def half_the_step_has_a_quarter_of_the_error(student, truth, flight):
    """On the posterior of the line, the energy's error falls by four with half the step."""
    before = posterior_energy(flight.q, flight.p, flight.variance)
    errors = []
    for step in (0.1, 0.05):
        place, momentum = ended(student, flight.to(step=step, n=round(1.6 / step)))
        errors.append(abs(posterior_energy(place, momentum, flight.variance) - before))
    if not max(errors) < 0.1:
        raise ClaimFailure("an energy that changes by less than 0.1", max(errors))
    ratio = errors[0] / max(errors[1], 1e-300)
    agree(ratio, 4.0, tolerance=0.3, message="this is how the error falls")


@leapfrog.claim(points=0.25, always=ASTRAY)
def is_near_the_true_orbit(student, truth, flight):
    """On the posterior of the line, it ends where very many small steps end."""
    fine = truth.fine_orbit(flight.gradient, flight.q, flight.p, 0.8, flight.variance)
    off = (ended(student, flight) - fine) * np.array([1 / WIDTH, WIDTH])
    agree(off, np.zeros((2, 3)), tolerance=2e-3, message="in units of the widths")


@leapfrog.claim(points=0.25, relative=True, always=ASTRAY[:1])
def keeps_the_volume(student, truth, flight):
    """A small box of places and momenta becomes one of the same volume."""
    scale, short = np.concatenate([WIDTH, 1 / WIDTH]), flight.to(n=3)
    columns = []
    for change in 1e-4 * np.eye(6):
        ends = []
        for sign in (1, -1):
            by = sign * change * scale
            begin = short.to(q=short.q + by[:3], p=short.p + by[3:])
            ends.append(ended(student, begin).ravel() / scale)
        columns.append((ends[0] - ends[1]) / 2e-4)
    volume = np.linalg.det(np.array(columns))
    # Differences over 1e-4 widths are good to about 1e-8.
    agree(volume, 1.0, tolerance=1e-5, message="this is the volume")


@leapfrog.claim(points=0.25, relative=True, draws=3, flight=BELLS)
def knows_its_unit(student, truth, flight):
    """In a unit that is four times as large, places are a quarter and momenta four times."""
    place, momentum = ended(student, flight)
    bell = type(flight.gradient)(tuple(16 * k for k in flight.gradient.curvature))
    other = flight.to(gradient=bell, q=flight.q / 4, p=4 * flight.p, variance=flight.variance / 16)
    changed = ended(student, other)
    size = 16 * rounding_of(flight)
    agree(4 * changed[0], place, tolerance=size, message="this is the place")
    agree(changed[1] / 4, momentum, tolerance=size, message="this is the momentum")


mistake = leapfrog.mistake
LOOP = "for _ in range(n):"
DRIFT = "q = q + step * variance * p"
SECOND = "slope = gradient(q)\n        p = p + 0.5 * step * slope"
FIRST = f"p = p + 0.5 * step * slope\n        {DRIFT}"
BODY = f"{FIRST}\n        {SECOND}"
mistake(
    "gradient_sign",
    "It is pushed down from where the density is large: look at the sign of the kicks.",
    BODY,
    BODY.replace("p + 0.5", "p - 0.5"),
)
mistake(
    "metric_rooted",
    "The drift uses the root of the variance; it is the variance itself.",
    "step * variance",
    "step * np.sqrt(variance)",
)
mistake(
    "metric_on_the_kick",
    "The variance belongs to the drift; here the kicks have it.",
    BODY,
    BODY.replace("* slope", "* variance * slope").replace("step * variance * p", "step * p"),
)
mistake("n_minus_1", "It makes one step fewer than n.", "range(n)", "range(n - 1)")
mistake("n_plus_1", "It makes one step more than n.", "range(n)", "range(n + 1)")
mistake(
    "whole_kicks",
    "Every kick is a whole one, twice a step: each of the two is half of it.",
    BODY,
    BODY.replace("0.5 * step * slope", "step * slope"),
)
mistake(
    "symplectic_euler",
    "This is a whole kick and a drift; the kick has to be cut into halves.",
    BODY,
    f"p = p + step * slope\n        {DRIFT}\n        slope = gradient(q)",
)
mistake(
    "one_half_kick_each",
    "Only one half of each kick is there.",
    BODY,
    f"{FIRST}\n        slope = gradient(q)",
)
mistake(
    "euler",
    "These are Euler's steps: both changes use what was at the start, and energy is not kept.",
    BODY,
    "q, p = q + step * variance * p, p + step * slope\n        slope = gradient(q)",
)
mistake(
    "stale_gradient",
    "The second half of the kick uses the gradient at the old place.",
    BODY,
    f"slope = gradient(q)\n        {FIRST}\n        p = p + 0.5 * step * slope",
)
mistake(
    "gradient_of_the_start",
    "All kicks use the gradient at the start; what is found at the new places is not used.",
    SECOND,
    "gradient(q)\n        p = p + 0.5 * step * slope",
)
mistake(
    "drift_first",
    "This is drift, kick, drift: right, but another form; kick, drift, kick is asked for.",
    BODY,
    "q = q + 0.5 * step * variance * p\n"
    "        p = p + step * gradient(q)\n"
    "        q = q + 0.5 * step * variance * p",
)
mistake(
    "metric_inverted",
    "The drift divides by the variance: wide parameters move slowly, and should move quickly.",
    DRIFT,
    "q = q + step * p / variance",
)
mistake("metric_forgotten", "The drift does not use the variance.", DRIFT, "q = q + step * p")
mistake(
    "momentum_flipped",
    "The momentum has the other sign at the end.",
    "return q, p",
    "return q, -p",
)
mistake(
    "gradient_twice",
    "It asks for every gradient twice: the last one of a step is the first one of the next.",
    BODY,
    f"slope = gradient(q)\n        {BODY}",
)
mistake(
    "step_halved",
    "The steps are half as long as they should be.",
    BODY,
    BODY.replace("0.5 * step", "0.25 * step").replace("q + step", "q + 0.5 * step"),
)
mistake("half_drift", "The drift is half as long as it should be.", DRIFT, f"{DRIFT} / 2")
mistake(
    "order_of_returns", "The momentum comes first; the place should.", "return q, p", "return p, q"
)
mistake(
    "step_sign_lost",
    "A negative step should lead backwards in time.",
    LOOP,
    "step = abs(step)\n    for _ in range(n):",
)
mistake(
    "first_variance_for_all",
    "The first variance is used for all parameters.",
    "step * variance",
    "step * variance[0]",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    "return q, p",
    "return np.float32(q), np.float32(p)",
)
mistake(
    "changes_its_arguments",
    "It changes the arrays of whoever called it.",
    BODY,
    BODY.replace("p = p + ", "p += ").replace("q = q + ", "q += "),
)
mistake(
    "metric_on_the_kick_too",
    "The kicks are multiplied by the variance, and so is the drift; the kicks should not be.",
    BODY,
    BODY.replace("* slope", "* variance * slope"),
)
mistake(
    "second_kick_whole",
    "One and a half kicks are in each step: the second one is whole.",
    SECOND,
    SECOND.replace("0.5 * step", "step"),
)
