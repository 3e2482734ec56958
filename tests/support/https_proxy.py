"""A small proxy of its own process, as nginx is set up in the operator's guide: TLS outside, plain HTTP inside.

`python -m tests.support.https_proxy CERTIFICATE KEY PORT` prints the port at which it listens.
"""

import asyncio
import ssl
import sys
from contextlib import suppress

OURS = (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"connection")
"""Headers that are replaced; but X-Forwarded-For is added to, as many proxies are set up."""


def forward_head(head: bytes, client: str) -> bytes:
    """The head of a request as it is passed on."""
    first, *lines = head.rstrip(b"\r\n").split(b"\r\n")
    headers = [tuple(line.split(b": ", 1)) for line in lines]
    kept = [line for line, (name, _) in zip(lines, headers, strict=True) if name.lower() not in OURS]
    said = [value for name, value in headers if name.lower() == b"x-forwarded-for"]
    host = next(value for name, value in headers if name.lower() == b"host")
    ours = [
        b"X-Forwarded-For: " + b", ".join([*said, client.encode()]),
        b"X-Forwarded-Proto: https",
        b"X-Forwarded-Host: " + host,
        b"Connection: close",
    ]
    return b"\r\n".join([first, *kept, *ours, b"", b""])


async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await source.read(1 << 16):
            target.write(chunk)
            await target.drain()


async def main(certificate: str, key: str, port: str) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        answers, requests = await asyncio.open_connection("127.0.0.1", int(port))
        requests.write(forward_head(head, writer.get_extra_info("peername")[0]))
        sending = asyncio.create_task(copy(reader, requests))
        await copy(answers, writer)
        sending.cancel()
        requests.close()
        writer.close()

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - what the test waits for
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
