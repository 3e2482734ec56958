"""What every answer of the desk carries, and which requests are answered at all.

Rule: nothing from elsewhere is loaded, nothing inline is run, no page is kept in a cache, and a request that calls the
desk by another name than its own is refused, so that no foreign page can reach it through the name service. Behind a
proxy only what that says itself is believed, and what did not come over TLS is refused: the cookies of the desk would
not be kept, and passwords could be read.
"""

import ipaddress
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


# --- Behind a proxy ---

FORWARDED_HOST, FORWARDED_FOR, FORWARDED_PROTO = "x-forwarded-host", "x-forwarded-for", "x-forwarded-proto"
Header = tuple[bytes, bytes]


class BehindProxy:
    """Wraps the desk: puts in place what the proxy says of a request.

    Of the addresses in X-Forwarded-For that is the last: a browser may have written those before it.
    """

    def __init__(self, app: ASGIApp, proxy: str) -> None:
        """`proxy`: the IP address from which it asks."""
        self._app, self._proxy = app, ipaddress.ip_address(proxy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = self._correct(scope) if self._is_from_proxy(scope) else scope
        app = self._app if scope["scheme"] == "https" else PlainTextResponse(DeskText.PROXY_WITHOUT_TLS.fill(), 400)
        await app(scope, receive, send)

    def _is_from_proxy(self, scope: Scope) -> bool:
        client = scope.get("client")
        return client is not None and ipaddress.ip_address(client[0]) == self._proxy

    def _correct(self, scope: Scope) -> Scope:
        headers = Headers(scope=scope)
        corrected: dict[str, object] = {"scheme": "https" if headers.getlist(FORWARDED_PROTO) == ["https"] else "http"}
        if client := _find_client(headers):
            corrected["client"] = (client, 0)
        if names := headers.getlist(FORWARDED_HOST):
            others: list[Header] = [header for header in scope["headers"] if header[0] != b"host"]
            corrected["headers"] = [*others, *((b"host", name.encode("latin-1")) for name in names)]
        return {**scope, **corrected}


def _find_client(headers: Headers) -> str | None:
    """The address that the proxy was asked from; None where it does not say one."""
    last = ",".join(headers.getlist(FORWARDED_FOR)).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(last))
    except ValueError:
        return None
