"""Right and wrong answers to the worksheet, for trying its claims on.

RIGHT["tf_log_like"]["log of s squared"]      # a function; keeps full points
WRONG["tf_log_like"]["mean for sum"]          # loses points
NONSENSE                                      # earns nothing, whatever it is handed in for
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import emcee
import numpy as np
import tensorflow as tf
from scipy.optimize import minimize
from worksheet import reference

Function = Callable[..., Any]

X, Y, TRUTH = reference.worksheet_data()
LOG_2PI = np.log(2 * np.pi)
log, exp, total = tf.math.log, tf.exp, tf.reduce_sum
T = tf.float64


# ------------------------------------------------------------------ the solutions


def tf_log_like(x, y, m, b, s):
    return -0.5 * total(((y - m * x - b) / s) ** 2 + log(2 * np.pi * s**2))


def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, exp(log_s))


def log_prior(m, b, log_s):
    return -1.5 * log(1 + m**2)


def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)


def taped(function: Function, order: tuple[int, ...] = (0, 1, 2)) -> Function:
    """The gradient of function(x, y, *theta) by theta."""

    def gradient(x, y, *theta):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            value = function(x, y, *theta)
        found = tape.gradient(value, theta)
        return tuple(found[k] for k in order)

    return gradient


grad_log_like = taped(tf_log_like)
grad_log_like_log_s = taped(tf_log_like_log_s)


def fitted(
    method: str = "L-BFGS-B", value: Function = tf_log_like_log_s, **options: Any
) -> Function:
    """Maximise value(x, y, m, b, log_s) with SciPy."""

    def fit_line(x, y, theta0):
        def downhill(theta):
            variables = [tf.constant(v, T) for v in theta]
            with tf.GradientTape() as tape:
                tape.watch(variables)
                loss = -value(tf.constant(x), tf.constant(y), *variables)
            return loss.numpy(), np.array([g.numpy() for g in tape.gradient(loss, variables)])

        return minimize(downhill, theta0, jac=True, method=method, options=options).x

    return fit_line


fit_line = fitted()


def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = steps * walkers / np.mean(emcee.autocorr.integrated_time(chain))
    return n_eff, seconds / n_eff


SOLUTIONS: dict[str, Function] = {
    "tf_log_like": tf_log_like,
    "grad_log_like": grad_log_like,
    "tf_log_like_log_s": tf_log_like_log_s,
    "grad_log_like_log_s": grad_log_like_log_s,
    "fit_line": fit_line,
    "log_prior": log_prior,
    "log_prob": log_prob,
    "sampling_efficiency": sampling_efficiency,
}

# ------------------------------------------------------------------ right, written otherwise


def norm(x, y, m, b, s):
    n = tf.cast(tf.size(x), T)
    return -0.5 * tf.norm((y - m * x - b) / s) ** 2 - n * log(s * np.sqrt(2 * np.pi))


def one_by_one(x, y, m, b, s):
    return total(tf.map_fn(lambda p: tf_log_like(p[0], p[1], m, b, s), tf.stack([x, y], 1)))


def looped(x, y, m, b, s):
    value = tf.zeros([], T)
    for k in range(x.shape[0]):
        value = value - 0.5 * ((y[k] - m * x[k] - b) / s) ** 2 - log(s) - 0.5 * LOG_2PI
    return value


def by_hand(x, y, m, b, s):
    r = y - m * x - b
    return total(r * x) / s**2, total(r) / s**2, total(r**2 / s**3 - 1 / s)


def by_hand_log_s(x, y, m, b, log_s):
    z = (y - m * x - b) * exp(-log_s)
    return [total(z * x) * exp(-log_s), total(z) * exp(-log_s), total(z**2 - 1)]


def forward(function: Function) -> Function:
    def gradient(x, y, *theta):
        found = []
        for k in range(3):
            tangents = [tf.constant(float(j == k), T) for j in range(3)]
            with tf.autodiff.ForwardAccumulator(list(theta), tangents) as accumulator:
                value = function(x, y, *theta)
            found.append(accumulator.jvp(value))
        return tuple(found)

    return gradient


def with_variables(x, y, m, b, s):
    variables = [tf.Variable(v, dtype=T) for v in (m, b, s)]
    with tf.GradientTape() as tape:
        value = tf_log_like(x, y, *variables)
    return tape.gradient(value, variables)


def chain_rule(x, y, m, b, log_s):
    by_m, by_b, by_s = grad_log_like(x, y, m, b, exp(log_s))
    return by_m, by_b, by_s * exp(log_s)


def closed_form(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, 0.5 * np.log(np.mean((y - m * x - b) ** 2))])


def geyer(chain, seconds):
    """Geyer's initial positive sequence, each walker's own autocorrelation averaged."""
    steps, walkers, d = chain.shape
    taus = []
    for k in range(d):
        rho = np.mean([emcee.autocorr.function_1d(chain[:, w, k]) for w in range(walkers)], axis=0)
        pairs = rho[0 : steps - 1 : 2] + rho[1:steps:2]
        end = np.argmax(pairs < 0) or len(pairs)
        taus.append(2 * np.sum(np.minimum.accumulate(pairs[:end])) - 1)
    n_eff = steps * walkers / np.mean(taus)
    return n_eff, seconds / n_eff


def wide_window(chain, seconds):
    n_eff = chain[..., 0].size / emcee.autocorr.integrated_time(chain, c=10, quiet=True).mean()
    return [float(n_eff), float(seconds / n_eff)]


class Model:
    def log_like(self, x, y, m, b, s):
        z = (y - tf.math.multiply(m, x) - b) / s
        return -tf.tensordot(z, z, 1) / 2 - tf.cast(tf.shape(x)[0], T) * (log(s) + LOG_2PI / 2)


RIGHT: dict[str, dict[str, Function]] = {
    "tf_log_like": {
        "log of s squared": lambda x, y, m, b, s: (
            -0.5 * total((y - (m * x + b)) ** 2 / s**2 + LOG_2PI + log(s**2))
        ),
        "map_fn": one_by_one,
        "norm": norm,
        "loop": looped,
        "method": Model().log_like,
        "other names": lambda a, d, slope, off, sd: tf_log_like(a, d, slope, off, sd),
        "tf.function": tf.function(tf_log_like),
        "compiled": tf.function(tf_log_like, jit_compile=True),
        "by exp of log": lambda x, y, m, b, s: (
            -0.5 * total((y - m * x - b) ** 2 * exp(-2 * log(s)) + 2 * log(s) + LOG_2PI)
        ),
        "log of the density": lambda x, y, m, b, s: total(
            -((y - m * x - b) ** 2) / (2 * s**2) - log(s * np.sqrt(2 * np.pi))
        ),
    },
    "grad_log_like": {
        "norm": taped(norm),
        "by hand": by_hand,
        "forward mode": forward(tf_log_like),
        "variables": with_variables,
        "tf.function": tf.function(grad_log_like),
        "compiled": tf.function(grad_log_like, jit_compile=True),
    },
    "tf_log_like_log_s": {
        "no s at all": lambda x, y, m, b, log_s: (
            -0.5 * total((y - m * x - b) ** 2 * exp(-2 * log_s) + LOG_2PI + 2 * log_s)
        ),
        "compiled": tf.function(tf_log_like_log_s, jit_compile=True),
    },
    "grad_log_like_log_s": {
        "by hand": by_hand_log_s,
        "chain rule": chain_rule,
        "forward mode": forward(tf_log_like_log_s),
        "compiled": tf.function(grad_log_like_log_s, jit_compile=True),
    },
    "fit_line": {
        "closed form": closed_form,
        "BFGS": fitted("BFGS"),
        "tensor": lambda x, y, theta0: tf.constant(closed_form(x, y, theta0)),
        "list": lambda x, y, theta0: list(closed_form(x, y, theta0)),
        "compiled": fitted(value=tf.function(tf_log_like_log_s, reduce_retracing=True)),
    },
    "log_prior": {
        "log1p": lambda m, b, log_s: -1.5 * tf.math.log1p(m * m),
        "normalised": lambda m, b, log_s: log(0.5 * (1 + m**2) ** -1.5) - np.log(20 * 200.0),
        "with zeros": lambda m, b, log_s: -1.5 * log(1 + m**2) + 0 * b + 0 * log_s,
        "power": lambda m, b, log_s: log((1 + m**2) ** -1.5),
        "hypot": lambda m, b, log_s: -3.0 * log(tf.sqrt(1 + m * m)),
        "compiled": tf.function(log_prior, jit_compile=True),
    },
    "log_prob": {
        "another constant": lambda *a: log_prob(*a) + 3.0,
        "without 2 pi": lambda x, y, m, b, log_s: (
            log_prior(m, b, log_s) - total(0.5 * (y - m * x - b) ** 2 * exp(-2 * log_s) + log_s)
        ),
        "normalised prior": lambda *a: log_prob(*a) - np.log(2.0),
        "compiled": tf.function(log_prob, jit_compile=True),
    },
    "sampling_efficiency": {"Geyer": geyer, "wide window": wide_window},
}

# ------------------------------------------------------------------ wrong


def multiplied_out(x, y, m, b, s):
    n = tf.cast(tf.size(x), T)
    squares = total(y * y) + m * m * total(x * x) + n * b * b
    crossed = m * total(x * y) + b * total(y) - m * b * total(x)
    return -0.5 * (squares - 2 * crossed) / s**2 - n * log(s) - 0.5 * n * LOG_2PI


def float32_inside(x, y, m, b, s):
    args = [tf.cast(v, tf.float32) for v in (x, y, m, b, s)]
    return tf.cast(tf_log_like(*args), T)


def half_float32(x, y, m, b, s):
    constant = tf.cast(tf.math.log(tf.constant(2 * np.pi, tf.float32)), T)
    return -0.5 * total(((y - m * x - b) / s) ** 2 + constant + 2 * log(s))


def clipped(limit: float) -> Function:
    def function(x, y, m, b, s):
        z = tf.clip_by_value((y - m * x - b) / s, -limit, limit)
        return -0.5 * total(z**2 + log(2 * np.pi * s**2))

    return function


def formula(term: Function) -> Function:
    return lambda x, y, m, b, s: -0.5 * total(term((y - m * x - b), s, x))


LIKELIHOODS: dict[str, Function] = {
    "multiplied out": multiplied_out,
    "no half": lambda *a: 2 * tf_log_like(*a),
    "no 2 pi": formula(lambda r, s, x: (r / s) ** 2 + log(s**2)),
    "pi for 2 pi": formula(lambda r, s, x: (r / s) ** 2 + log(np.pi * s**2)),
    "s for s squared below": formula(lambda r, s, x: r**2 / s + log(2 * np.pi * s**2)),
    "s for s squared in the log": formula(lambda r, s, x: (r / s) ** 2 + log(2 * np.pi * s)),
    "mean for sum": lambda x, *a: tf_log_like(x, *a) / tf.cast(tf.size(x), T),
    "log term once": lambda x, y, m, b, s: (
        -0.5 * total(((y - m * x - b) / s) ** 2) - 0.5 * log(2 * np.pi * s**2)
    ),
    "fifty log terms": lambda x, y, m, b, s: (
        -0.5 * total(((y - m * x - b) / s) ** 2) - 25 * log(2 * np.pi * s**2)
    ),
    "sign": lambda *a: -tf_log_like(*a),
    "the notebook's y": lambda x, y, m, b, s: tf_log_like(
        X[: x.shape[0]], Y[: x.shape[0]], m, b, s
    ),
    "remembered": lambda x, y, m, b, s: tf.constant(38.043974115093675, T) + 0 * m + 0 * b + 0 * s,
    "m and b swapped": lambda x, y, m, b, s: tf_log_like(x, y, b, m, s),
    "x and y swapped": lambda x, y, m, b, s: tf_log_like(y, x, m, b, s),
    "clipped at 100": clipped(100.0),
    "clipped at 1e6": clipped(1e6),
    "softened s": lambda x, y, m, b, s: tf_log_like(x, y, m, b, tf.sqrt(s**2 + 1e-12)),
    "s plus 1e-10": lambda x, y, m, b, s: tf_log_like(x, y, m, b, s + 1e-10),
    "s at least 1e-6": lambda x, y, m, b, s: tf_log_like(x, y, m, b, tf.maximum(s, 1e-6)),
    "absolute s": lambda x, y, m, b, s: tf_log_like(x, y, m, b, s) * (1 + 1e-5),
    "right to nine digits": lambda *a: tf_log_like(*a) * (1 + 1e-9),
    "float32 inside": float32_inside,
    "float32 constant": half_float32,
    "first point dropped": lambda x, y, m, b, s: tf_log_like(x[1:], y[1:], m, b, s),
    "last point twice": lambda x, y, m, b, s: (
        tf_log_like(x, y, m, b, s) + tf_log_like(x[-1:], y[-1:], m, b, s)
    ),
    "only a hundred points": lambda x, y, m, b, s: tf_log_like(x[:100], y[:100], m, b, s),
    "sorted x": lambda x, y, m, b, s: tf_log_like(tf.sort(x), y, m, b, s),
    "unique x": lambda x, y, m, b, s: (
        tf_log_like(x, y, m, b, s) * tf.cast(tf.size(tf.unique(x)[0]) / tf.size(x), T)
    ),
    "absolute residual": formula(lambda r, s, x: tf.abs(r / s) + log(2 * np.pi * s**2)),
    "no intercept": lambda x, y, m, b, s: tf_log_like(x, y, m, 0 * b, s),
    "plus b": lambda x, y, m, b, s: tf_log_like(x, y, m, -b, s),
    "weighted by x": formula(lambda r, s, x: x**2 * (r / s) ** 2 + log(2 * np.pi * s**2)),
    "log10": formula(lambda r, s, x: (r / s) ** 2 + log(2 * np.pi * s**2) / np.log(10.0)),
    "density": lambda *a: exp(tf_log_like(*a)),
}
TYPES: dict[str, Function] = {
    "numpy log": lambda x, y, m, b, s: (
        -0.5 * total(((y - m * x - b) / s) ** 2 + np.log(2 * np.pi * s.numpy() ** 2))
    ),
    "stop_gradient of the log": lambda x, y, m, b, s: (
        -0.5 * total(((y - m * x - b) / s) ** 2 + tf.stop_gradient(log(2 * np.pi * s**2)))
    ),
    "stop_gradient of m": lambda x, y, m, b, s: tf_log_like(x, y, tf.stop_gradient(m), b, s),
    "a Python float": lambda *a: float(tf_log_like(*a)),
    "a NumPy number": lambda *a: tf_log_like(*a).numpy(),
    "float32": lambda *a: tf.cast(tf_log_like(*a), tf.float32),
    "shape [1]": lambda *a: tf_log_like(*a)[tf.newaxis],
    "one for each point": lambda x, y, m, b, s: (
        -0.5 * (((y - m * x - b) / s) ** 2 + log(2 * np.pi * s**2))
    ),
    "nothing": lambda *a: None,
}


def by_log_s(likelihood: Function) -> Function:
    return lambda x, y, m, b, log_s: likelihood(x, y, m, b, exp(log_s))


GRADIENTS: dict[str, Function] = {
    "multiplied out": taped(multiplied_out),
    "s and b swapped": taped(tf_log_like, (0, 2, 1)),
    "m and b swapped": taped(tf_log_like, (1, 0, 2)),
    "sign": taped(lambda *a: -tf_log_like(*a)),
    "log term forgotten": taped(formula(lambda r, s, x: (r / s) ** 2)),
    "mean for sum": taped(LIKELIHOODS["mean for sum"]),
    "no half": taped(LIKELIHOODS["no half"]),
    "clipped": taped(clipped(1000.0)),
    "float32 inside": taped(float32_inside),
    "differences": lambda x, y, m, b, s: tuple(
        (
            tf_log_like(x, y, *(np.array([m, b, s]) + h))
            - tf_log_like(x, y, *(np.array([m, b, s]) - h))
        )
        / 2e-6
        for h in 1e-6 * np.eye(3)
    ),
    "by log s": lambda x, y, m, b, s: tuple(
        g * f for g, f in zip(grad_log_like(x, y, m, b, s), (1, 1, s), strict=True)
    ),
    "the first point": lambda x, y, m, b, s: grad_log_like(x[:1], y[:1], m, b, s),
    "the notebook's y": taped(LIKELIHOODS["the notebook's y"]),
    "nothing for s": lambda *a: (*grad_log_like(*a)[:2], tf.constant(0.0, T)),
    "two of three": lambda *a: grad_log_like(*a)[:2],
    "one tensor": lambda *a: tf.stack(grad_log_like(*a)),
    "NumPy": lambda *a: tuple(g.numpy() for g in grad_log_like(*a)),
    "float32": lambda *a: tuple(tf.cast(g, tf.float32) for g in grad_log_like(*a)),
    "ten digits": lambda *a: tuple(g * (1 + 1e-10) for g in grad_log_like(*a)),
}


def biased(shift: Function) -> Function:
    return lambda x, y, theta0: closed_form(x, y, theta0) + shift(len(x))


PRIORS: dict[str, Function] = {
    "plus": lambda m, b, log_s: 1.5 * log(1 + m**2),
    "not a log": lambda m, b, log_s: (1 + m**2) ** -1.5,
    "one for one and a half": lambda m, b, log_s: -log(1 + m**2),
    "no square": lambda m, b, log_s: -1.5 * log(1 + tf.abs(m)),
    "1 / s on top": lambda m, b, log_s: -1.5 * log(1 + m**2) - log_s,
    "Gaussian in b": lambda m, b, log_s: -1.5 * log(1 + m**2) - 0.5 * b**2,
    "b for m": lambda m, b, log_s: -1.5 * log(1 + b**2),
    "flat": lambda m, b, log_s: 0.0 * m,
    "bounded": lambda m, b, log_s: tf.where(
        tf.abs(b) < 100, -1.5 * log(1 + m**2), tf.constant(-np.inf, T)
    ),
    "clipped": lambda m, b, log_s: -1.5 * log(1 + tf.clip_by_value(m, -10, 10) ** 2),
    "stopped": lambda m, b, log_s: -1.5 * log(1 + tf.stop_gradient(m) ** 2),
    "float32": lambda m, b, log_s: tf.cast(-1.5 * log(1 + tf.cast(m, tf.float32) ** 2), T),
    "no gradient": lambda m, b, log_s: tf.constant(-1.5 * np.log(1 + m.numpy() ** 2), T),
    "a float": lambda m, b, log_s: float(-1.5 * log(1 + m**2)),
    "Gaussian": lambda m, b, log_s: -1.5 * m**2,
}


def posterior_with(prior: Function, times: float = 1.0) -> Function:
    return lambda x, y, m, b, log_s: (
        times * tf_log_like_log_s(x, y, m, b, log_s) + prior(m, b, log_s)
    )


def efficiency(count: Function) -> Function:
    """n_eff = count(steps, walkers, tau)."""

    def function(chain, seconds):
        tau = emcee.autocorr.integrated_time(chain, quiet=True)
        n_eff = float(count(chain.shape[0], chain.shape[1], tau))
        return n_eff, seconds / n_eff

    return function


def uncentred(chain, seconds):
    f = np.fft.rfft(chain, n=2 * len(chain), axis=0)
    rho = np.fft.irfft(np.abs(f) ** 2, axis=0)[: len(chain)].mean(axis=(1, 2))
    tau = 2 * np.sum((rho / rho[0])[:50]) - 1
    n_eff = chain[..., 0].size / tau
    return n_eff, seconds / n_eff


def to_lag(last: int) -> Function:
    """The sum over a window that is fixed beforehand."""

    def function(chain, seconds):
        steps, walkers, d = chain.shape
        rho = [
            np.mean([emcee.autocorr.function_1d(chain[:, w, k]) for w in range(walkers)], axis=0)
            for k in range(d)
        ]
        n_eff = steps * walkers / np.mean([2 * np.sum(r[: last + 1]) - 1 for r in rho])
        return n_eff, seconds / n_eff

    return function


def neighbours(chain, seconds):
    c = chain - chain.mean(axis=0)
    rho = np.sum(c[1:] * c[:-1], axis=(0, 1)) / np.sum(c**2, axis=(0, 1))
    n_eff = chain[..., 0].size / np.mean((1 + rho) / (1 - rho))
    return n_eff, seconds / n_eff


def averaged(chain, seconds):
    n_eff = (
        chain[..., 0].size
        / emcee.autocorr.integrated_time(chain.mean(axis=1, keepdims=True), quiet=True).mean()
    )
    return n_eff, seconds / n_eff


def flattened(chain, seconds):
    flat = chain.reshape(-1, 1, chain.shape[2])
    n_eff = len(flat) / emcee.autocorr.integrated_time(flat, quiet=True).mean()
    return n_eff, seconds / n_eff


WRONG: dict[str, dict[str, Function]] = {
    "tf_log_like": LIKELIHOODS | TYPES,
    "grad_log_like": GRADIENTS,
    "tf_log_like_log_s": {
        name: by_log_s(LIKELIHOODS[name])
        for name in ("no 2 pi", "mean for sum", "clipped at 1e6", "softened s", "float32 inside")
    }
    | {
        "s itself": tf_log_like,
        "Jacobian": lambda x, y, m, b, log_s: tf_log_like_log_s(x, y, m, b, log_s) + log_s,
        "base ten": lambda x, y, m, b, log_s: tf_log_like(x, y, m, b, 10.0**log_s),
        "numpy exp": lambda x, y, m, b, log_s: tf_log_like(x, y, m, b, np.exp(log_s.numpy())),
    },
    "grad_log_like_log_s": {
        "by s": lambda x, y, m, b, log_s: grad_log_like(x, y, m, b, exp(log_s)),
        "divided by s": lambda x, y, m, b, log_s: tuple(
            g * f
            for g, f in zip(grad_log_like(x, y, m, b, exp(log_s)), (1, 1, exp(-log_s)), strict=True)
        ),
        "s is log s": grad_log_like,
        "times log s": lambda x, y, m, b, log_s: tuple(
            g * f for g, f in zip(grad_log_like(x, y, m, b, exp(log_s)), (1, 1, log_s), strict=True)
        ),
        "Jacobian": taped(lambda x, y, m, b, u: tf_log_like_log_s(x, y, m, b, u) + u),
        "order": taped(tf_log_like_log_s, (1, 0, 2)),
        "float32": lambda *a: tuple(tf.cast(g, tf.float32) for g in grad_log_like_log_s(*a)),
    },
    "fit_line": {
        "start": lambda x, y, theta0: theta0,
        "one step": fitted(maxiter=1),
        "three steps": fitted(maxiter=3),
        "n - 2": biased(lambda n: np.array([0, 0, 0.5 * np.log(n / (n - 2))])),
        "n - 1": biased(lambda n: np.array([0, 0, 0.5 * np.log(n / (n - 1))])),
        "s for log s": lambda x, y, t: (
            closed_form(x, y, t) * [1, 1, 0] + [0, 0, np.exp(closed_form(x, y, t)[2])]
        ),
        "log s squared": lambda x, y, t: closed_form(x, y, t) * [1, 1, 2],
        "order": lambda x, y, t: closed_form(x, y, t)[[1, 0, 2]],
        "with the prior": fitted(value=log_prob),
        "the worksheet's answer": lambda x, y, t: closed_form(X, Y, t),
        "no intercept": fitted(value=lambda x, y, m, b, u: tf_log_like_log_s(x, y, m, 0 * b, u)),
        "minimum": fitted(value=lambda *a: -tf_log_like_log_s(*a), maxiter=5),
        "float32": lambda x, y, t: closed_form(x, y, t).astype(np.float32),
        "two parameters": lambda x, y, t: closed_form(x, y, t)[:2],
        "from zero": lambda x, y, t: fitted(maxiter=6)(x, y, np.zeros(3)),
        "median": lambda x, y, t: (
            closed_form(x, y, t) * [1, 1, 0]
            + [0, 0, np.log(1.4826 * np.median(np.abs(y - np.polyval(np.polyfit(x, y, 1), x))))]
        ),
    },
    "log_prior": PRIORS,
    "log_prob": {
        f"{name} prior": posterior_with(prior)
        for name, prior in PRIORS.items()
        if name != "no gradient"
    }
    | {
        "no prior": tf_log_like_log_s,
        "only the prior": lambda x, y, m, b, log_s: log_prior(m, b, log_s),
        "prior times likelihood": lambda x, y, m, b, log_s: (
            tf_log_like_log_s(x, y, m, b, log_s) * log_prior(m, b, log_s)
        ),
        "prior subtracted": posterior_with(lambda *a: -log_prior(*a)),
        "prior for each point": lambda x, y, m, b, log_s: (
            total(tf_log_like_log_s(x, y, m, b, log_s) + 0 * x) / tf.cast(tf.size(x), T)
            + tf.cast(tf.size(x), T) * log_prior(m, b, log_s)
        ),
        "likelihood halved": posterior_with(log_prior, 0.5),
        "Jacobian": posterior_with(lambda m, b, u: log_prior(m, b, u) + u),
        "s for log s": lambda x, y, m, b, s: tf_log_like(x, y, m, b, s) + log_prior(m, b, s),
    },
    "sampling_efficiency": {
        "all draws": efficiency(lambda n, w, tau: n * w),
        "no walkers": efficiency(lambda n, w, tau: n / tau.mean()),
        "maximum": efficiency(lambda n, w, tau: n * w / tau.max()),
        "minimum": efficiency(lambda n, w, tau: n * w / tau.min()),
        "sum": efficiency(lambda n, w, tau: n * w / tau.sum()),
        "mean of n_eff": efficiency(lambda n, w, tau: np.mean(n * w / tau)),
        "times tau": efficiency(lambda n, w, tau: n * w * tau.mean()),
        "first parameter": efficiency(lambda n, w, tau: n * w / tau[0]),
        "half of tau": efficiency(lambda n, w, tau: n * w / (0.5 * tau.mean())),
        "one-sided": efficiency(lambda n, w, tau: n * w / (0.5 + 0.5 * tau.mean())),
        "tau alone": efficiency(lambda n, w, tau: tau.mean()),
        "burn-in again": lambda chain, t: sampling_efficiency(chain[len(chain) // 2 :], t),
        "axes swapped": lambda chain, t: efficiency(lambda n, w, tau: n * w / tau.mean())(
            np.swapaxes(chain, 0, 1), t
        ),
        "milliseconds": lambda chain, t: (
            sampling_efficiency(chain, t)[0],
            1000 * sampling_efficiency(chain, t)[1],
        ),
        "samples per second": lambda chain, t: (
            sampling_efficiency(chain, t)[0],
            1 / sampling_efficiency(chain, t)[1],
        ),
        "order": lambda chain, t: sampling_efficiency(chain, t)[::-1],
        "only n_eff": lambda chain, t: sampling_efficiency(chain, t)[0],
        "not centred": uncentred,
        "walkers end to end": flattened,
        "walkers averaged": averaged,
        "twenty lags": to_lag(20),
        "neighbours only": neighbours,
        "first walker only": lambda chain, t: efficiency(
            lambda n, w, tau: n * chain.shape[1] / tau.mean()
        )(chain[:, :1], t),
        "rounded": lambda chain, t: (
            sampling_efficiency(chain, t)[0],
            round(sampling_efficiency(chain, t)[1], 6),
        ),
    },
}

NONSENSE: dict[str, Function] = {
    "zero": lambda *a: tf.constant(0.0, T),
    "one": lambda *a: tf.constant(1.0, T),
    "NaN": lambda *a: tf.constant(np.nan, T),
    "infinity": lambda *a: tf.constant(-np.inf, T),
    "the first argument": lambda *a: a[0],
    "the last argument": lambda *a: a[-1],
    "the last three": lambda *a: a[-3:],
    "three zeros": lambda *a: (tf.constant(0.0, T),) * 3,
    "three ones": lambda *a: (tf.constant(1.0, T),) * 3,
    "zeros": lambda *a: np.zeros(3),
    "two ones": lambda *a: (1.0, 1.0),
    "the length": lambda *a: (float(np.shape(a[0])[0] if np.ndim(a[0]) else 1), 1.0),
    "nothing": lambda *a: None,
    "an error": lambda *a: 1 / 0,
    "text": lambda *a: "38.04",
}
