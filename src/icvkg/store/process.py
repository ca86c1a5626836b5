"""A process that may have to be ended at any moment: held so that its number cannot come to mean another one."""

import os
import signal
from contextlib import suppress


class Process:
    """A process that is not our child, known by its number."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None

    def kill(self) -> None:
        """Ends it at once; nothing happens when it is gone."""
        with suppress(ProcessLookupError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            else:
                os.kill(self.pid, signal.SIGKILL)

    def put_behind(self, nice: int) -> None:
        """Has it give way to others from now on."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.pid, nice)

    def close(self) -> None:
        """Lets go of it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
