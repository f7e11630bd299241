"""The worksheet's posterior as a TFModel, and unit normals: the targets that these tests share."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import pytest
import tensorflow as tf

from course_lib.inference import TFModel

TRUTH = (-0.4, 0.03, np.log(0.1))


@pytest.fixture(scope="session")
def worksheet_data():
    """The 2018 worksheet's x and y, made as there, with the same seed."""
    rng = np.random.RandomState(123)
    x = np.sort(rng.uniform(-1, 1, 50))
    return x, -0.4 * x + 0.03 + 0.1 * rng.randn(50)


@pytest.fixture(scope="session")
def log_like(worksheet_data):
    x, y = worksheet_data

    def log_like(m, b, log_s):
        s = tf.exp(log_s)
        return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))

    return log_like


@pytest.fixture(scope="session")
def log_prob(log_like):
    return lambda m, b, log_s: log_like(m, b, log_s) - 1.5 * tf.math.log(1 + m**2)


@pytest.fixture
def variables():
    return [tf.Variable(value, dtype=tf.float64) for value in TRUTH]


@pytest.fixture(scope="session")
def worksheet_model(log_prob):
    return TFModel(log_prob, list(map(np.float64, TRUTH)))


@pytest.fixture
def unit_normal():
    """log N(q; 0, 1) up to a constant, and its gradient, in any dimension."""
    return lambda q: (-0.5 * float(q @ q), -q)
