"""A line to PostgreSQL that can be cut at the worst moment: just before a COMMIT, or just after it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select

BEFORE, AFTER, NEVER = "before the server hears of it", "before its answer comes", "never"
PIECE = 65536


class Line:
    """Carries bytes between a port of this machine and a server's socket. `cut`: when to go dead."""

    def __init__(self, server: Path) -> None:
        self.cut = NEVER
        self._server = str(server)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                here, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(here,), daemon=True).start()

    def _carry(self, here: socket.socket) -> None:
        # Where one side is gone, the other is let go: just what a line does.
        with suppress(OSError), here, socket.socket(socket.AF_UNIX) as there:
            there.connect(self._server)
            while True:
                for ready in select([here, there], [], [])[0]:
                    piece = ready.recv(PIECE)
                    commits = ready is here and b"COMMIT\x00" in piece
                    if not piece or (commits and self.cut == BEFORE):
                        return
                    (there if ready is here else here).sendall(piece)
                    if commits and self.cut == AFTER:
                        there.recv(PIECE)  # the server has done it; nobody will hear
                        return


@contextmanager
def line_to(server: Path) -> Iterator[Line]:
    """A line to the server that listens on this socket file."""
    line = Line(server)
    yield line
    line.close()
