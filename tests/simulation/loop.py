"""An event loop whose time is a number and whose turns are drawn by lot; whoever runs on it can be killed.

A process is a name and a set of coroutines. Which process a callback belongs to is known from its context, which
asyncio hands on by itself. Inside a process callbacks keep asyncio's own order; between processes chance decides.
A killed process gets no turn any more, not even for its `finally`; a paused one gets none for a while.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextvars import Context, ContextVar, copy_context
from dataclasses import dataclass
from random import Random
from typing import Any

OUTSIDE = Context()
"""The context of what no process does: servers, and the network between."""

EXECUTOR_S = 0.001
"""What is handed to a thread starts and ends so much later; a process may die before, between or after."""


@dataclass(eq=False, slots=True)
class Process:
    """What dies together."""

    name: str
    dead: bool = False
    paused: bool = False


_process: ContextVar[Process | None] = ContextVar("process", default=None)


def current_process() -> Process | None:
    """Whose turn it is."""
    return _process.get()


class SimulatedLoop(asyncio.BaseEventLoop):
    """Turns come from `step`; nothing happens by itself."""

    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.chance = chance
        self.steps = 0
        self.broken: AssertionError | None = None
        """A promise that was seen broken inside a callback."""
        self.complaints: list[str] = []
        """What nobody awaited: each is a defect."""
        self._moment = 0.0
        self._turns: dict[Process | None, deque[asyncio.Handle]] = {}
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._count = 0
        self._kept: list[asyncio.Task[Any]] = []
        self.set_exception_handler(self._complain)

    def spawn(self, process: Process, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin a coroutine in a process."""
        context = copy_context()
        context.run(_process.set, process)
        task: asyncio.Task[Any] = self.create_task(work, context=context)
        return task

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """As the loop that asyncio knows, though another one may be running."""
        before = asyncio.events._get_running_loop()
        asyncio.events._set_running_loop(self)
        try:
            yield
        finally:
            asyncio.events._set_running_loop(before)

    def step(self) -> bool:
        """One callback, now or at the next moment at which there is one. False: nothing will ever happen.

        To be called while `running`.
        """
        self.steps += 1
        ready = self._ready_processes()
        while not ready:
            if not self._timers:
                return False
            self._moment = max(self._moment, self._timers[0][0])
            self._release_due()
            ready = self._ready_processes()
        process = ready[0] if len(ready) == 1 else self.chance.choice(ready)
        handle = self._turns[process].popleft()
        if not handle.cancelled():
            handle._run()
        self._release_due()
        return True

    def _ready_processes(self) -> list[Process | None]:
        ready = [each for each, queue in self._turns.items() if queue and not (each and each.paused)]
        if any(each is not None and each.dead for each in ready):
            self._turns = {each: queue for each, queue in self._turns.items() if not (each and each.dead)}
            return self._ready_processes()
        return ready

    def _release_due(self) -> None:
        while self._timers and self._timers[0][0] <= self._moment:
            _, _, timer = heapq.heappop(self._timers)
            if not timer.cancelled():
                self._enqueue(timer)

    def _enqueue(self, handle: asyncio.Handle) -> None:
        process = handle._context.get(_process)  # type: ignore[attr-defined]
        if process is None or not process.dead:
            self._turns.setdefault(process, deque()).append(handle)

    def time(self) -> float:
        """Seconds since the world began."""
        return self._moment

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """In its process's next turn."""
        handle = asyncio.Handle(callback, args, self, context)
        self._enqueue(handle)
        return handle

    call_soon_threadsafe = call_soon  # type: ignore[assignment]

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """At that moment or later."""
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, timer))
        return timer

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """After so many seconds or later."""
        return self.call_at(self._moment + delay, callback, *args, context=context)

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Cancelled timers are passed over when they come up."""

    def create_task(self, coro: Any, *, name: Any = None, context: Context | None = None) -> Any:
        """Tasks are kept to the end: collected earlier, a killed one would run its `finally` after all."""
        task = super().create_task(coro, name=name, context=context)
        self._kept.append(task)
        if len(self._kept) > 4096:
            self._kept = [each for each in self._kept if not each.done()]
        return task

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Any, *args: Any
    ) -> Any:
        """No threads: a thread's work is one step, at a moment of its own."""
        future = self.create_future()

        def carry_out() -> None:
            try:
                result, error = func(*args), None
            except Exception as raised:
                result, error = None, raised
            self.call_later(EXECUTOR_S, tell, result, error)

        def tell(result: Any, error: Exception | None) -> None:
            if future.done():
                return
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)

        self.call_later(EXECUTOR_S, carry_out)
        return future

    def _complain(self, _loop: Any, about: dict[str, Any]) -> None:
        if isinstance(error := about.get("exception"), AssertionError):
            self.broken = self.broken or error
        self.complaints.append(f"{about.get('message')}: {about.get('exception')!r}")

    def close(self) -> None:
        """End what is unfinished, without letting any of it say something."""
        self.set_exception_handler(lambda *_: None)
        for task in self._kept:
            if not task.done():
                task._log_destroy_pending = False  # type: ignore[attr-defined]
                with contextlib.suppress(BaseException):
                    task.get_coro().close()
        self._turns.clear()
        self._timers.clear()
        super().close()
