"""Every example in a docstring of course_lib.inference runs and shows what it says."""

import doctest
import importlib
import pkgutil

import numpy as np
import pytest
import tensorflow as tf

import course_lib.inference as inference
from course_lib.inference.hmc import hmc_step

MODULES = [inference.__name__] + [
    module.name for module in pkgutil.walk_packages(inference.__path__, f"{inference.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name, log_prob, worksheet_model, variables):
    module = importlib.import_module(name)
    names = {public: getattr(inference, public) for public in inference.__all__}
    m, b, log_s = variables
    flatchain = np.random.default_rng(1).normal(0, [0.035, 0.016, 0.1], (1000, 3))
    names |= {"np": np, "tf": tf, "hmc_step": hmc_step, "flatchain": flatchain}
    names |= {"model": worksheet_model, "start": worksheet_model.current_vector()}
    names |= {"log_prob": log_prob, "m": m, "b": b, "log_s": log_s}
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed, tried = doctest.testmod(module, extraglobs=names, optionflags=flags)
    assert failed == 0 and tried > 0
