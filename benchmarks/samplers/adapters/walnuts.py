"""WALNUTS (walnutpie): NUTS that halves its steps where the energy error is large; four chains.

The variant "deep" allows ten halvings and eight doublings instead of five: with the defaults its
chains disagree on the funnel.
"""

import ctypes
from typing import Any

import numpy as np
from run import Run, Sampler, seconds

DEPTHS = {"": {}, "deep": {"max_step_halvings": 10, "max_trajectory_doublings": 8}}


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    import numba
    import walnutpie

    d = target.DIMENSION
    began = seconds()
    formula = numba.njit(target.value_and_gradient)

    types = numba.types
    doubles = types.CPointer(types.double)

    @numba.cfunc(types.int32(types.uintp, doubles, doubles, doubles, types.voidptr))
    def callback(size: Any, place: Any, slope: Any, value: Any, counter: Any) -> int:
        gradient = numba.carray(slope, (d,))
        numba.carray(value, (1,))[0] = formula(numba.carray(place, (d,)), gradient)
        numba.carray(counter, (1,), np.int64)[0] += 1
        return 0

    calls = np.zeros(1, np.int64)
    function = walnutpie.pyfunc.logp_cfunc_type(callback.address)
    data = ctypes.c_void_p(calls.ctypes.data)
    compiling = seconds() - began

    def draw(seed: int, draws: int) -> tuple[list, float, int]:
        calls[0], began = 0, seconds()
        jitter = np.random.default_rng(seed).uniform(-0.1, 0.1, (chains, d))
        found = walnutpie.walnuts_pyfunc(
            (function, data), num_params=d, inits=target.START + jitter, num_chains=chains,
            seed=seed, min_sampling_iter=draws, max_sampling_iter=draws, **DEPTHS[variant],
        )  # fmt: skip
        return found, seconds() - began, int(calls[0])

    def sampler(seed: int, draws: int) -> Run:
        _, warm, warm_calls = draw(seed, 1)  # the same warm-up, and next to nothing after it
        found, total, all_calls = draw(seed, draws)
        sampling = max(total - warm, 1e-3)
        rows = np.array([np.asarray(chain)[-draws:, -d:] for chain in found]).swapaxes(0, 1)
        return Run(rows, warm, sampling, all_calls - warm_calls)

    return compiling, sampler
