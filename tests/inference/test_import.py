"""Importing course_lib.inference leaves the process as it must be for a later fork."""

import os
import subprocess
import sys

FORK = """
import os, signal, sys
import tensorflow               # brings modules of its own choice
before = set(sys.modules)
import course_lib.inference
threads = len(os.listdir("/proc/self/task"))
roots = {name.split(".")[0] for name in set(sys.modules) - before}
heavy = sorted({"matplotlib", "arviz", "IPython", "ipywidgets", "tqdm"} & roots)
heavy += sorted(n for n in sys.modules if n.startswith("course_lib.") and "inference" not in n)
child = os.fork()
if child == 0:
    signal.alarm(60)        # tf.function hangs in a fork whose parent has run an operation
    from course_lib.inference import TFModel
    model = TFModel(lambda q: -0.5 * q**2, [2.0])
    os._exit(0 if model.gradient([2.0])[0] == -2.0 else 1)
_, status = os.waitpid(child, 0)
print(threads, heavy, os.waitstatus_to_exitcode(status))
"""


def test_starts_no_thread_and_runs_no_operation_so_a_fork_can_sample():
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", FORK],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env=environment,
    )
    assert done.stdout.strip() == "1 [] 0", done.stdout + done.stderr
