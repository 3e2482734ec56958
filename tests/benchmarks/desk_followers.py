"""Browsers that follow today's page: a program of its own, so that they take no time from what is measured.

`python -m tests.benchmarks.desk_followers PORT COUNT` reads a line of cookies for each from standard input, says
`following` once all were answered, and goes on until it is ended.
"""

import selectors
import socket
import sys


def follow(port: int, cookies: list[str]) -> None:
    """Read all streams for ever."""
    with selectors.DefaultSelector() as streams:
        for line in cookies:
            stream = socket.create_connection(("127.0.0.1", port))
            head = f"GET /today/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {line}\r\n\r\n"
            stream.sendall(head.encode())
            streams.register(stream, selectors.EVENT_READ)
        waiting, is_announced = {key.fd for key in streams.get_map().values()}, False
        while True:
            for key, _ in streams.select():
                assert isinstance(key.fileobj, socket.socket)
                if not key.fileobj.recv(1 << 16):
                    sys.exit("a stream has ended")
                waiting.discard(key.fd)
            if not waiting and not is_announced:
                is_announced = True
                print("following", flush=True)


if __name__ == "__main__":
    follow(int(sys.argv[1]), [sys.stdin.readline().strip() for _ in range(int(sys.argv[2]))])
