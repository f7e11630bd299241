"""Environment variables of a process that runs cells: a student's check and the grader, alike.

`one_thread()` does at run time, for a notebook that has long started, what two of them do at the
start of a process.
"""

from __future__ import annotations

import contextlib

from threadpoolctl import threadpool_limits

OF_CELLS = {
    "TF_CPP_MIN_LOG_LEVEL": "3",  # TensorFlow's greetings are nothing a student can act on
    "TF_ENABLE_ONEDNN_OPTS": "0",  # the same sums in the same order on every processor
    "CUDA_VISIBLE_DEVICES": "-1",  # the grader has no graphics card
    "OPENBLAS_NUM_THREADS": "1",  # a second thread on matrices of three rows only waits, at full
    "OMP_NUM_THREADS": "1",  # speed, and one that exists before a fork does not exist after it
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # a notebook's: no window opens
}


def one_thread() -> contextlib.AbstractContextManager[object]:
    """Linear algebra in one thread, within the block: a fit of a line takes half the CPU time."""
    return threadpool_limits(limits=1, user_api="blas")
