"""What a course's notebook does, done in a sandbox, which must not be felt."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from sandboxed import as_ordinary, interpreter_for_all

_SECONDS = 300.0  # importing TensorFlow twice on a cold, busy machine

PROGRAM = '''
"""Enter a sandbox base, import what notebooks import, and work in a sandbox."""
import os
import sys
from pathlib import Path

from course_lib.grading.sandbox import Limits, enter_sandbox, enter_base, fork_sandbox

quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "OPENBLAS_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": "-1"}
base = enter_base([Path(__file__), *map(Path, sys.argv[1:])], environment=quiet)
import asyncio, concurrent.futures, multiprocessing
import emcee
import matplotlib.pyplot as plt
import numpy as np
import scipy.optimize
import tensorflow as tf


def eager():
    assert float(tf.reduce_sum(tf.ones(3, tf.float64))) == 3.0

def tape():
    x = tf.Variable(2.0, dtype=tf.float64)
    with tf.GradientTape() as recorded:
        y = x**3
    assert float(recorded.gradient(y, x)) == 12.0

def function_with_a_loop():
    @tf.function
    def total(x):
        s = tf.constant(0.0, tf.float64)
        for _ in tf.range(10):
            s += x
        return s
    assert float(total(tf.constant(2.0, tf.float64))) == 20.0

def compiled():
    double = tf.function(lambda x: x + x, jit_compile=True)
    assert float(double(tf.constant(2.0, tf.float64))) == 4.0

def keras():
    model = tf.keras.Sequential([tf.keras.layers.Dense(2)])
    model.compile("adam", "mse")
    loss = model.fit(np.ones((32, 3)), np.ones((32, 2)), verbose=0).history["loss"]
    assert np.isfinite(loss[0])

def figures():
    plt.plot([1, 2])
    plt.savefig("a.png")
    plt.savefig("a.pdf")
    assert Path("a.png").read_bytes().startswith(b"\\x89PNG")

def samplers():
    sampler = emcee.EnsembleSampler(8, 2, lambda p: -0.5 * (p**2).sum())
    sampler.run_mcmc(np.random.default_rng(0).normal(size=(8, 2)), 20, progress=True)
    assert sampler.get_chain().shape == (20, 8, 2)

def optimisers():
    found = scipy.optimize.minimize(lambda p: (p**2).sum(), [1.0, 2.0], method="L-BFGS-B")
    assert found.success

def threads():
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(abs, range(100))) == 4950
    with multiprocessing.Lock():
        pass

def coroutines():
    assert asyncio.run(asyncio.sleep(0.01, 5)) == 5

def files():
    np.save("a.npy", np.ones(4))
    assert np.load("a.npy").sum() == 4


child = fork_sandbox(base)
if child == 0:
    try:
        enter_sandbox(base, Limits(), stdout=2, stderr=2)
        for work in (eager, tape, function_with_a_loop, compiled, keras, figures, samplers,
                     optimisers, threads, coroutines, files):
            print(work.__name__, flush=True)
            work()
        os._exit(7)
    except BaseException:
        import traceback
        traceback.print_exc()
    finally:
        os._exit(1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
'''


@pytest.mark.parametrize("who", ["as I am", "as an ordinary user"])
def test_everything_that_a_notebook_does_works_in_a_sandbox(who: str, public: Path) -> None:
    script = public / "work.py"
    script.write_text(PROGRAM)
    script.chmod(0o644)
    command, libraries = [sys.executable], []
    if who == "as an ordinary user":
        python = interpreter_for_all()
        if os.geteuid() != 0 or python is None:
            pytest.skip("no other user to be, or no Python that one could run")
        ours = tuple(sys.version_info[:2])
        test = f"import sys; sys.exit(sys.version_info[:2] != {ours})"
        if subprocess.run([python, "-c", test]).returncode:
            pytest.skip(f"{python} cannot load the libraries that were installed for this one")
        command, libraries = [*as_ordinary(), python], [sysconfig.get_paths()["purelib"]]
    done = subprocess.run(
        [*command, "-P", str(script), *libraries],
        env=os.environ | {"PYTHONPATH": ":".join([str(public), *libraries])},
        cwd=public,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
    assert done.returncode == 7, done.stderr[-3000:]
