"""The first process of `icvkg serve`: starts the fronts, replaces those that die, turns to a new release."""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.publish.journal import note
from icvkg.publish.server import Front, Place

_STOP = {signal.SIGINT, signal.SIGTERM}
_HEARD = {*_STOP, signal.SIGHUP, signal.SIGCHLD}
_PAUSE = 0.1
"""Seconds before a front that died is replaced."""


def prepare() -> None:
    """Sees to it that there is a current release with a sound store, in a process of its own.

    The engine starts threads; the process that forks the fronts must have none. Raises IcvkgError when it fails.
    """
    if os.waitpid(_fork(_open), 0)[1]:
        raise IcvkgError("There is no release to serve: run icvkg build to see why.")


def _open() -> None:
    _ = KnowledgeGraph.open().names


def _fork(task: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            task()
            status = 0
        finally:
            os._exit(status)
    return pid


def _says(said: int) -> bool:
    """Whether anything comes out of a pipe before it ends."""
    with os.fdopen(said, "rb", buffering=0) as pipe:
        return bool(pipe.read(1))


@dataclass
class Supervisor:
    """As many fronts as wanted over one release, until SIGINT or SIGTERM.

    SIGHUP turns to the release that is then current: new fronts take requests before the old ones, which finish what
    they began, are told to go; when the new ones do not start, the old ones stay. From a terminal SIGHUP means its end.
    """

    front: Front
    place: Place
    wanted: int
    turns_on_hangup: bool = True
    serving: set[int] = field(default_factory=set)
    leaving: set[int] = field(default_factory=set)

    def run(self) -> None:
        """Returns once all fronts have ended."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
        self.serving = self._started(self.place, self.wanted)
        while self.serving or self.leaving:
            self._heed(signal.sigwait(_HEARD))
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _heed(self, heard: int) -> None:
        if heard == signal.SIGCHLD:
            self._reap()
        elif heard == signal.SIGHUP and self.turns_on_hangup:
            if self.wanted:
                self._turn()
        else:
            self.wanted = 0
            self._dismiss(self.serving)

    def _reap(self) -> None:
        for pid in self.serving | self.leaving:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended and pid in self.serving and self.wanted:
                note("front-ended", pid=pid, status=status)
            if ended:
                self.serving.discard(pid)
                self.leaving.discard(pid)
        missing = self.wanted - len(self.serving)
        if missing > 0:
            time.sleep(_PAUSE)
            self.serving.update(self._started(self.place, missing))

    def _turn(self) -> None:
        """To the current release, when there is another one and it can be served."""
        try:
            prepare()
            place = Place.current()
        except IcvkgError as error:
            return note("release-refused", reason=str(error))
        if place == self.place:
            return note("release-unchanged", release=place.folder.name)
        fresh = self._started(place, self.wanted)
        if len(fresh) < self.wanted:
            self._dismiss(fresh)
            self.leaving |= fresh
            return note("release-refused", release=place.folder.name, reason="its fronts did not start")
        self._dismiss(self.serving)
        self.leaving |= self.serving
        self.serving, self.place = fresh, place
        return note("release-turned", release=place.folder.name)

    def _started(self, place: Place, count: int) -> set[int]:
        """New fronts, as many as take requests; those that end before are forgotten."""
        begun = [self._start(place) for _ in range(count)]
        up = {pid for pid, said in begun if _says(said)}
        for pid in {pid for pid, _ in begun} - up:
            note("front-failed", pid=pid, status=os.waitpid(pid, 0)[1])
        return up

    def _start(self, place: Place) -> tuple[int, int]:
        """A new front, and where it says that it takes requests."""
        said, saying = os.pipe()
        pid = _fork(lambda: self.front(place, lambda: os.write(saying, b"1")))
        os.close(saying)
        note("front-started", pid=pid, release=place.folder.name)
        return pid, said

    @staticmethod
    def _dismiss(fronts: set[int]) -> None:
        for pid in fronts:
            os.kill(pid, signal.SIGTERM)


def supervise(front: Front, place: Place, fronts: int) -> int:
    """Serves until told to stop; the exit status."""
    Supervisor(front, place, fronts, turns_on_hangup=not sys.stdin or not sys.stdin.isatty()).run()
    return 0
