"""What every answer of the desk carries, and which requests are answered at all.

Rule: nothing from elsewhere is loaded, nothing inline is run, no page is kept in a cache, and a request that calls the
desk by another name than its own is refused, so that no foreign page can reach it through the name service.
"""

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.words.desk.shared_words import DeskText

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The content security policy: our own style and script, our own events, and nothing else."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
NO_CACHE = "no-store"


class Protected:
    """Wraps the desk: checks the name by which it is called, and adds the headers to whatever it answers."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        """`hosts`: the names by which the desk may be called, with the port where it is not the usual one."""
        self._app, self._hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("cache-control", NO_CACHE)
            await send(message)

        named = Headers(scope=scope).getlist("host")
        known = len(named) == 1 and named[0].lower() in self._hosts
        app = self._app if known else PlainTextResponse(DeskText.OTHER_HOST.fill(), 400)
        await app(scope, receive, send_protected)
