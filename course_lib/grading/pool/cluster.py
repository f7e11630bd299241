"""A cohort on a Dask cluster: the same graders, on the machines of a scheduler.

    with Cluster(plan, "tcp://login-node:8786", Options()) as graders:
        for submission, verdict in graders.map(submissions):
            ...

Every Dask worker gets the plan once and holds one grader (`grader`) for each of its threads; a task
takes a submission there and a verdict back. Dask runs a task again when its worker is gone, so it
may be run twice; the verdict that comes back is one. Needs the extra `[cluster]` here, and on every
worker this package with the same versions.

`dask scheduler` and `dask worker ADDRESS` start a cluster by hand. dask-jobqueue starts one on
Slurm, dask-gateway one beside JupyterHub; both tell their scheduler's address. A gateway's begins
with `gateway://` and ends with the cluster's name; where the gateway itself is, and who asks, is
Dask's own configuration, as for every client of it.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import dataclasses
import logging
import pickle
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import distributed

from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import CourseError, ForkServerError
from course_lib.grading.cache_keys import versions
from course_lib.grading.pool.grader import Options, pack
from course_lib.grading.pool.graders import Cells, Graders, Result, poisonous, windowed
from course_lib.grading.verdict import Verdict
from course_lib.notebook.submission import Submission
from course_lib.text import one_line

CONNECT = 10.0  # seconds until a scheduler that does not answer is not there
PATIENCE = 60.0  # seconds without a single worker until the run gives up
GATEWAY = "gateway://"
PULSE = 2.0  # seconds between looks at the cluster while nothing is done
AHEAD = 2  # submissions under way for each thread: one that runs, one that is there when it is done


class Cluster:
    """All workers of the scheduler at `address`, for one cohort. Raises CourseError as it starts.

    It speaks to workers that are there when it starts and to those that come later. A worker with
    other versions, or that cannot isolate, ends the run and is named.
    """

    def __init__(self, plan: SamplingPlan, address: str, options: Options) -> None:
        self._plan, self._address = plan, address
        self._name = f"course-{secrets.token_hex(4)}"  # two runs may share a cluster
        self._client = _connect(address)
        self._executor = self._client.get_executor(pure=False)
        self._threads, self._looked, self._alone_since = 0, -PULSE, time.monotonic()
        try:
            self._wait_for_workers()
            self._refuse_others()
            self._client.register_plugin(OnWorker(pack(plan, options), versions()), name=self._name)
        except OSError:  # Dask's own for a connection that is closed is one
            self.__exit__()
            raise self._lost() from None
        except BaseException:
            self.__exit__()
            raise

    def map(
        self,
        submissions: Iterable[Submission],
        only: Mapping[str, Collection[str]] | None = None,
    ) -> Iterator[tuple[Submission, Verdict]]:
        """Each submission with its verdict, in the order in which they are done.

        A submission at which Dask workers end is tried once more when all else is done, by itself:
        whoever was only near it then gets a verdict of his own, and it is called poisonous.
        """
        doubtful: list[Submission] = []

        def start(submission: Submission) -> Future[Verdict]:
            return self._task("grade", submission, (only or {}).get(submission.student))

        for submission, future in windowed(start, submissions, self._width, PULSE):
            try:
                yield submission, self._result(future)
            except distributed.KilledWorker:
                doubtful.append(submission)
        for submission, future in windowed(start, doubtful, self._one, PULSE):
            try:
                yield submission, self._result(future)
            except distributed.KilledWorker as error:
                yield submission, poisonous(self._plan, submission, one_line(error))

    def demonstrations(
        self, submissions: Iterable[Submission]
    ) -> Iterator[tuple[Submission, Cells]]:
        """Each submission with what its demonstrations show, as soon as they have."""

        def start(submission: Submission) -> Future[Cells]:
            return self._task("demonstrate", submission)

        for submission, future in windowed(start, submissions, self._width, PULSE):
            try:
                yield submission, self._result(future)
            except distributed.KilledWorker:
                yield submission, {}

    def _task(self, what: str, *about: Any) -> Future[Any]:
        return self._executor.submit(_on_a_worker, self._name, what, *about)

    def _result(self, future: Future[Result]) -> Result:
        try:
            return future.result()
        except concurrent.futures.CancelledError:
            raise self._lost() from None

    def _one(self) -> int:
        return min(1, self._width())

    def _width(self) -> int:
        """How many submissions may be under way. Raises CourseError when no worker is left."""
        now = time.monotonic()
        if now - self._looked < PULSE:
            return AHEAD * self._threads
        try:
            self._threads, self._looked = sum(self._client.nthreads().values()), now
        except (OSError, RuntimeError):
            raise self._lost() from None
        if self._threads:
            self._alone_since = now
        elif now - self._alone_since > PATIENCE:
            raise CourseError(
                f"the scheduler at {self._address} has no workers. Next: start some (`dask worker "
                f"{self._address}`), then the same command, which does what is not done yet"
            )
        return AHEAD * self._threads

    def _wait_for_workers(self) -> None:
        while not self._width():
            time.sleep(PULSE)

    def _refuse_others(self) -> None:
        """Raise CourseError, which names the worker, unless all have what this process has."""
        for worker, found in self._client.run(versions, on_error="return").items():
            trouble = _differing(found, versions())
            if trouble:
                raise CourseError(f"worker {worker} {trouble}")

    def _lost(self) -> CourseError:
        return CourseError(
            f"the connection to the scheduler at {self._address} is lost. What was graded until "
            "then is stored. Next: see that the scheduler runs, then the same command, which does "
            "the rest"
        )

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_error: object) -> None:
        with contextlib.suppress(Exception):  # a cluster that is gone needs no tidying
            if self._client.status == "running":
                self._client.unregister_worker_plugin(self._name)  # with its graders
        self._client.close(timeout=CONNECT)


class OnWorker(distributed.WorkerPlugin):
    """A Dask worker's graders, one for each of its threads. `wanted`: the versions it must have."""

    def __init__(self, packed: bytes, wanted: dict[str, str]) -> None:
        self._packed, self._wanted = packed, wanted
        self._trouble = ""
        self._graders: Graders | None = None

    async def setup(self, worker: distributed.Worker) -> None:
        """On each worker, those that come later too. Dask would hide an error: it is kept."""
        self._address = worker.address
        self._trouble = _differing(versions(), self._wanted)
        if not self._trouble:
            await asyncio.to_thread(self._prepare, worker.state.nthreads, worker.local_directory)

    def _prepare(self, threads: int, folder: str) -> None:
        plan, options = pickle.loads(self._packed)  # from the client, whose code runs here anyway
        unseen = [path for path in (plan.data, plan.hidden) if path and not Path(path).is_dir()]
        if unseen:
            self._trouble = (
                f"does not see {unseen[0]}, whose files lie beside a submission's notebook. Next: "
                "keep the course in a folder that all nodes share, or grade on one machine"
            )
            return
        if plan.mistakes is not None:  # no course folder here: their answers lie with Dask's files
            plan.mistakes = dataclasses.replace(plan.mistakes, folder=Path(folder) / "mistakes")
        self._graders = Graders(plan, threads, options)

    @property
    def ready(self) -> bool:
        """Whether it is prepared, or knows that it cannot be."""
        return bool(self._trouble) or self._graders is not None

    def teardown(self, worker: distributed.Worker) -> None:
        """When the run is over, or the worker leaves."""
        if self._graders is not None:
            self._graders.close()

    def do(self, what: str, *about: Any) -> Any:
        """`grade` or `demonstrate`, by the calling thread's grader.

        Raises CourseError, which names the worker.
        """
        if self._trouble or self._graders is None:
            raise CourseError(f"worker {self._address} {self._trouble or 'has not started'}")
        try:
            return getattr(self._graders, what)(*about)
        except (CourseError, ForkServerError) as error:
            raise CourseError(f"worker {self._address}: {error}") from None


def _on_a_worker(name: str, what: str, *about: Any) -> Any:
    """The task. It runs on a worker: one that was just started again gets it before it is ready."""
    plugins, end = distributed.get_worker().plugins, time.monotonic() + PATIENCE
    while not (name in plugins and plugins[name].ready) and time.monotonic() < end:
        time.sleep(0.05)
    here: OnWorker = plugins[name]
    return here.do(what, *about)


def _connect(address: str) -> distributed.Client:
    """Raises CourseError where no scheduler answers."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what went wrong, we say
    try:
        there = _behind_a_gateway(address) if address.startswith(GATEWAY) else address
        return distributed.Client(there, timeout=CONNECT, set_as_default=False)
    except ImportError:
        raise CourseError(
            f"{address} is a dask-gateway's, and dask-gateway is not installed. Next: pip install "
            "dask-gateway, in the version that the gateway has"
        ) from None
    except Exception as error:  # dask-gateway has classes of its own
        raise CourseError(
            f"no Dask scheduler answers at {address} ({one_line(error, 200)}). Next: start one "
            "(`dask scheduler`) and give the address that it prints"
        ) from None


def _behind_a_gateway(address: str) -> Any:
    """A running cluster of a dask-gateway, with the keys to speak to it; it outlives this run."""
    from dask_gateway import Gateway  # the cluster's users have it

    return Gateway().connect(address.rpartition("/")[2], shutdown_on_close=False)


def _differing(found: Any, wanted: dict[str, str]) -> str:
    """What a worker has otherwise, in words; empty if nothing. `found`: versions, or an error."""
    if not isinstance(found, dict):
        return (
            f"cannot grade: {one_line(found, 200)}. Next: install there what is installed here, "
            "pip install -r requirements.lock and this package"
        )
    differing = [
        f"{name} {found.get(name, 'none')} (here {version})"
        for name, version in wanted.items()
        if found.get(name) != version
    ]
    return (
        f"has other versions: {', '.join(differing)}. Next: install there what is installed here, "
        "or keep that worker out of this run"
        if differing
        else ""
    )
