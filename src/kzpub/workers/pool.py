"""Processes that run tasks one after another, behind ``concurrent.futures``; why one of them ended is known.

``ProcessPoolExecutor`` cannot do this: when one process ends, it fails the tasks of all, keeps no exit status, ends no
task that takes too long, and reads an answer as whatever code its sender wants to be run.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from itertools import cycle
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from kzpub.errors import KzpubError, Place, Problem
from kzpub.workers.sandbox import LIMITS, Limits
from kzpub.workers.worker import ended, not_taken, work

P = ParamSpec("P")
T = TypeVar("T")
Known = dict[tuple[str, str], type]

LONGEST = 1 << 30
"""Bytes of an answer; what is longer ends its worker."""
_SOON = 0.05
_WIDE = 1 << 18
"""Bytes of answers that wait in a pipe, where the system allows: of some editions."""
_HELD = 1 << 11
"""Bytes of tasks that wait in a pipe: less than the smallest holds that a system gives, a page.

Were it more, this process could wait for one that waits for its answers to be taken.
"""


class Workers(Executor):
    """``count`` processes; a task that is its worker's end fails alone, with a ``KzpubError`` that says why.

    ``prepare`` is called once in each process: ``partial(confine, readable, writable)``. A task and its arguments are
    pickled. An answer is read as data, since its worker may have been misled: numbers, texts, bytes, tuples, lists,
    dictionaries, sets, ``Problem``, ``Place`` and the classes in ``answers``. Whatever a task raises arrives as a
    ``KzpubError``. A ``with`` block that is left by an exception ends all workers at once.

    The first processes are forked where that is safe: make this object in the main thread, before any other thread. On
    Linux they end with the thread that makes it, however that ends. Where others are to be forked afterwards, give
    ``begun=False``: each process starts with its first tasks as soon as they are given, but no answer arrives, and none
    of the tasks beyond starts, before ``begin``.
    """

    def __init__(
        self,
        count: int,
        prepare: Callable[[], object],
        answers: Iterable[type] = (),
        limits: Limits = LIMITS,
        *,
        begun: bool = True,
    ) -> None:
        self._known = {(each.__module__, each.__qualname__): each for each in (Problem, Place, *answers)}
        self._tasks: SimpleQueue[tuple[Future[Any], bytes] | None] = SimpleQueue()
        self._open, self._begun = True, False
        self._workers = [_Worker(prepare, limits) for _ in range(count)]
        self._threads = [threading.Thread(target=self._serve, args=(each,), daemon=True) for each in self._workers]
        self._next = cycle(self._workers)
        if begun:
            self.begin()

    def begin(self) -> None:
        """Wait for answers, after all forks: a forked process has the locks of other threads, but not them."""
        self._begun = True
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function in a worker. Raises ``RuntimeError`` after ``shutdown``."""
        if not self._open:
            raise RuntimeError("the workers have been shut down")
        future: Future[T] = Future()
        call = pickle.dumps((fn, args, kwargs))
        if self._begun or not next(self._next).hand(future, call):
            self._tasks.put((future, call))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks; the workers end when those that were taken are done."""
        self._open = False
        while cancel_futures:
            try:
                task = self._tasks.get_nowait()
            except Empty:
                break
            if task:
                task[0].cancel()
        if not self._begun:
            self.begin()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads if wait else ():
            thread.join()

    def kill_workers(self) -> None:
        """End all workers at once; the tasks that they run fail, and the others are cancelled."""
        for worker in self._workers:
            worker.over = True
        self.shutdown(wait=False, cancel_futures=True)
        for worker, thread in zip(self._workers, self._threads, strict=True):
            while thread.is_alive():  # it may just have started another process
                worker.process.kill()
                thread.join(_SOON)

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        (self.kill_workers if kind else self.shutdown)()

    def _serve(self, worker: _Worker) -> None:
        """What the thread of each worker does: hand it a task, wait for the answer."""
        for future, call in worker.handed:
            _settle(future, partial(worker.run, call, self._known))
        while task := self._tasks.get():
            future, call = task
            if future.set_running_or_notify_cancel():
                _settle(future, partial(worker.run, call, self._known))
        worker.stop()


def _settle(future: Future[Any], answer: Callable[[], Any]) -> None:
    try:
        future.set_result(answer())
    except BaseException as error:
        future.set_exception(error)


class _Worker:
    """One process at a time: when it has ended, the next task starts another."""

    def __init__(self, prepare: Callable[[], object], limits: Limits) -> None:
        self.prepare, self.limits = prepare, limits
        self.handed: list[tuple[Future[Any], bytes]] = []
        self.over = False
        self.start()

    def start(self) -> None:
        alone = sys.platform == "linux" and threading.active_count() == 1
        context: Any = multiprocessing.get_context("fork" if alone else "spawn")
        tasks, self.tasks = context.Pipe(duplex=False)
        self.answers, answers = context.Pipe(duplex=False)
        self.said, said = context.Pipe(duplex=False)
        _widen(self.answers.fileno())
        process = context.Process(target=work, args=(tasks, answers, said, self.prepare, self.limits), daemon=True)
        with _uninterrupted():
            process.start()
        for end in (tasks, answers, said):
            end.close()
        self.process, self.overdue, self.ahead = process, False, 0

    def hand(self, future: Future[Any], call: bytes) -> bool:
        """Give a process a task, if the pipe to it holds that beside those before; the answer is waited for later."""
        if self.handed and sum(len(each) for _, each in self.handed) + len(call) > _HELD:
            return False
        future.set_running_or_notify_cancel()
        self.handed.append((future, call))
        self.ahead += 1
        with suppress(OSError):  # that it has ended is seen when the answer is not there
            self.tasks.send_bytes(call)
        return True

    def run(self, call: bytes, known: Known) -> Any:
        """The answer to a task. Raises ``KzpubError``.

        One that was handed over is not sent again, unless its process has ended over one before it.
        """
        if not self.ahead and not self.process.is_alive():
            if self.over:
                raise KzpubError(ended(self.process.exitcode, self.overdue, "", self.limits))
            self.stop()
            self.start()
        self.ahead, sent = max(0, self.ahead - 1), self.ahead > 0
        return self.answer(known, b"" if sent else call)

    def answer(self, known: Known, call: bytes) -> Any:
        """The answer to a task that is sent now, or to the next of those that were. Raises ``KzpubError``."""
        patience = threading.Timer(self.limits.seconds, self.expire)
        patience.start()
        try:
            if call:
                self.tasks.send_bytes(call)
            done, lasting, value = _Reader(BytesIO(self.answers.recv_bytes(LONGEST)), known).load()
        except (EOFError, OSError):
            self.kill()
            raise KzpubError(ended(self.process.exitcode, self.overdue, self.heard(), self.limits)) from None
        except Exception as error:  # pickle raises anything
            self.kill()
            raise KzpubError(not_taken(error)) from None
        finally:
            patience.cancel()
            patience.join()  # afterwards it strikes no other task
        self.heard()  # it explains nothing that comes later
        if self.overdue or not lasting:
            self.kill()
        if not done:
            raise KzpubError(*value)
        return value

    def heard(self) -> str:
        """What the process has printed since this was last asked."""
        with suppress(OSError):
            return os.read(self.said.fileno(), 1 << 16).decode(errors="replace") if self.said.poll() else ""
        return ""

    def expire(self) -> None:
        self.overdue = True
        self.process.kill()

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.ahead = 0

    def stop(self) -> None:
        """End the process, which has no task, and so nothing to lose."""
        self.kill()
        for end in (self.tasks, self.answers, self.said):
            end.close()


class _Reader(pickle.Unpickler):
    """Reads what is made of known classes; another name in a pickle may be a call of anything."""

    def __init__(self, data: BytesIO, known: Known) -> None:
        super().__init__(data)
        self.known = known

    def find_class(self, module: str, name: str) -> type:
        """Raises ``KeyError`` for a class that an answer may not have."""
        return self.known[module, name]


def _widen(pipe: int) -> None:
    """Let a pipe hold answers that nobody has taken yet, so that a process can go on, as far as the system allows."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _WIDE)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let an interrupt wait until a new process has said that it is not meant."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
