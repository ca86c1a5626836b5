"""A worker process (`python -m icvkg.assistants.worker FOLDER HANDLE SPOOL BYTES`): the endpoint's, but not forked.

A server with threads may not fork: it starts this program and talks to it over an inherited socket. Answers of up to
BYTES come over the socket, larger ones are refused, so that nothing is ever written to SPOOL.
"""

import socket
import sys
from pathlib import Path

from icvkg.store.limits import Limits
from icvkg.store.worker import work

if __name__ == "__main__":
    folder, handle, spool, most = sys.argv[1:]
    limits = Limits(answer=int(most), inline=int(most))
    work(socket.socket(fileno=int(handle)), Path(folder), Path(spool), limits)
