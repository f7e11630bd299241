"""An alarm clock for code that this process runs itself.

with limited(6.0):                # raises OutOfTimeError in the block after 6 CPU seconds
    value = function(x)

Linux and macOS have one that also wakes what sleeps (a signal). Elsewhere, and in a thread that is
not the main one, another thread raises the error: it ends every loop of Python's, and a call that
does not come back from C, such as a long sleep, only when it does. Who cannot wait for that runs
the code in a process and ends the process (`student.runner`).
"""

from __future__ import annotations

import contextlib
import ctypes
import signal
import threading
import time
import types
from collections.abc import Iterator

from course_lib.deadline import Deadline

AGAIN = 1.0  # seconds after which it rings once more, for code that catches everything


class OutOfTimeError(BaseException):
    """Not an Exception, so that `except Exception` in a cell does not swallow it."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[list[str]]:
    """Raise OutOfTimeError in the block after `seconds`; what is yielded is then not empty.

    They are seconds of this process's CPU time, or of waiting for nothing (`deadline`). It is
    raised again each second, for code that catches everything.
    """
    main = threading.current_thread() is threading.main_thread()
    clock = _by_signal if main and hasattr(signal, "setitimer") else _by_thread
    with clock(seconds) as rang:
        yield rang


@contextlib.contextmanager
def _by_signal(seconds: float) -> Iterator[list[str]]:
    rang: list[str] = []
    deadline = Deadline(seconds)

    def ring(_signal: int, _frame: types.FrameType | None) -> None:
        if not (rang or deadline.over()):
            signal.setitimer(signal.ITIMER_REAL, deadline.look_again(), AGAIN)
            return
        rang.append("late")
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield rang
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)  # first: it may ring on the next line
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _by_thread(seconds: float) -> Iterator[list[str]]:
    rang: list[str] = []
    ended = threading.Event()
    over = False
    me = threading.get_ident()
    deadline = Deadline(seconds)

    def watch() -> None:
        wait = seconds
        while not ended.wait(wait) and not over:
            if not (rang or deadline.over()):
                wait = deadline.look_again()
                continue
            rang.append("late")
            _raise_in(me, OutOfTimeError)
            wait = AGAIN

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        watcher.start()
        yield rang
    finally:
        over = True  # nothing can be raised before this line ends, and one ring at most after it
        try:
            ended.set()
            watcher.join()
        except OutOfTimeError:
            ended.set()
            watcher.join()
        if rang:
            _hear_the_last(me)


def _hear_the_last(me: int) -> None:
    """Hear a ring that may be left over, here where it does no harm.

    It must not be taken back: CPython 3.11 then looks for it at each step of the program, and a
    debugger or a coverage tool that traces a function makes that an endless loop.
    """
    try:
        _raise_in(me, OutOfTimeError)  # in place of the one that is left, if there is one
        while True:
            time.sleep(0)
    except OutOfTimeError:
        return


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Let a thread raise `error` at its next step in Python."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
