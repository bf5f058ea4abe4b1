"""Drive a running Streamlit app as a browser does, without a browser: one `Tab` is one WebSocket.

A tab speaks `BackMsg` and `ForwardMsg` (Streamlit's protobufs), keeps the elements of the page by their path, sends the
values of widgets with every run, and drops what a run did not touch, as the browser does.
"""

import asyncio
import contextlib
import json
import socket
import time
import urllib.parse
from dataclasses import dataclass
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

_INTERNAL = "$$STREAMLIT_INTERNAL_KEY"


@dataclass
class Element:
    """One element or block of the page."""

    path: tuple[int, ...]
    type: str
    proto: Any
    run: int

    @property
    def id(self) -> str:
        return getattr(self.proto, "id", "") or ""

    @property
    def key(self) -> str:
        return self.id.split("-", 2)[-1] if self.id.startswith("$$ID") else ""

    @property
    def label(self) -> str:
        return getattr(self.proto, "label", "") or ""

    @property
    def words(self) -> str:
        fields = ("title", "body", "text", "label", "message")
        return " ".join(
            str(getattr(self.proto, name)) for name in fields if isinstance(getattr(self.proto, name, None), str)
        )


class Tab:
    """One browser tab."""

    def __init__(self, url: str, *, page: str = "", query: str = "", headers: dict[str, str] | None = None) -> None:
        parts = urllib.parse.urlsplit(url)
        self._socket_url = f"ws://{parts.netloc}/_stcore/stream"
        self._page_url = f"http://{parts.netloc}/"
        self._headers = headers or {}
        self.page, self.query = page, query
        self._page_hash = ""
        self._tree: dict[tuple[int, ...], Element] = {}
        self._states: dict[str, WidgetState] = {}
        self._run = 0
        self._socket: ClientConnection | None = None
        self.navigation: list[Any] = []
        self.received: list[bytes] = []
        self.keep_received = False
        self.exceptions: list[str] = []

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self, *, run: bool = True) -> None:
        """Open the WebSocket and run the page once."""
        self._socket = await connect(
            self._socket_url,
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]
            additional_headers=self._headers,
            max_size=None,
            compression=None,
            ping_interval=None,
            proxy=None,
        )
        if run:
            await self.rerun()

    async def close(self) -> None:
        """Close the WebSocket."""
        if self._socket is not None:
            await self._socket.close()

    async def rerun(self, *triggers: WidgetState) -> float:
        """Run the page; give the seconds until it has finished."""
        assert self._socket is not None
        message = BackMsg()
        client = message.rerun_script
        client.query_string, client.page_name, client.page_script_hash = self.query, self.page, self._page_hash
        context = client.context_info
        context.timezone, context.timezone_offset, context.locale = "Europe/Berlin", 0, "en-GB"
        context.url, context.is_embedded, context.color_scheme = self._page_url + self.page, False, "light"
        client.widget_states.widgets.extend([*self._states.values(), *triggers])
        self.exceptions = []
        started = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        await asyncio.wait_for(self._until_finished(), 60)
        return time.perf_counter() - started

    async def click(self, key: str) -> float:
        """Press a button."""
        return await self.rerun(WidgetState(id=self.find(key).id, trigger_value=True))

    async def trigger(self, key: str, event: str, value: Any) -> float:
        """Let a component send a trigger."""
        return await self.trigger_by_id(self.find(key).id, event, value)

    async def trigger_by_id(self, element: str, event: str, value: Any) -> float:
        """Let a component send a trigger, known by its whole id, as a page does that the server does not know yet."""
        state = WidgetState(id=f"{_INTERNAL}_{element}__events")
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        return await self.rerun(state)

    async def go(self, page: str) -> float:
        """Go to a page of the app's navigation."""
        for one in self.navigation:
            if page in (one.url_pathname, one.page_name) or (page == "" and one.is_default):
                self._page_hash = one.page_script_hash
                self.page = "" if one.is_default else one.url_pathname
        self.query = ""
        return await self.rerun()

    @property
    def runs(self) -> int:
        """How many runs have begun."""
        return self._run

    def find(self, key: str) -> Element:
        """Give the element with this key."""
        for element in self.elements():
            if element.key == key:
                return element
        raise LookupError(
            f"nothing on the page has the key {key!r}; there are {[e.key for e in self.elements() if e.key]}"
        )

    def has(self, key: str) -> bool:
        """Tell whether an element with this key is on the page."""
        return any(element.key == key for element in self.elements())

    def data(self, key: str) -> Any:
        """Give the data that a component shows."""
        return json.loads(self.find(key).proto.bytes)

    def elements(self) -> list[Element]:
        """Give elements and blocks in the order of the page."""
        return [self._tree[path] for path in sorted(self._tree)]

    def text(self) -> str:
        """Give the words on the page."""
        return "\n".join(element.words for element in self.elements() if element.words)

    async def _until_finished(self) -> None:
        assert self._socket is not None
        started = False
        while True:
            self._acknowledge_at_once()
            raw = await self._socket.recv(decode=False)
            if self.keep_received:
                self.received.append(raw)
            message = ForwardMsg()
            message.ParseFromString(raw)
            match message.WhichOneof("type"):
                case "delta":
                    self._on_delta(message)
                case "new_session":
                    started = True
                    self._run += 1
                    self._page_hash = message.new_session.page_script_hash
                case "navigation":
                    self.navigation = list(message.navigation.app_pages)
                    self._page_hash = message.navigation.page_script_hash
                    here = next(one for one in self.navigation if one.page_script_hash == self._page_hash)
                    self.page = "" if here.is_default else here.url_pathname
                case "page_info_changed":
                    self.query = message.page_info_changed.query_string
                case "script_finished" if started:
                    if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        self._forget_stale()
                        return

    def _acknowledge_at_once(self) -> None:
        # the server's socket has no TCP_NODELAY: a delayed acknowledgement adds 40 ms to every run
        assert self._socket is not None
        quick = getattr(socket, "TCP_QUICKACK", None)
        line = self._socket.transport.get_extra_info("socket")
        if quick is not None and line is not None:
            with contextlib.suppress(OSError):
                line.setsockopt(socket.IPPROTO_TCP, quick, 1)

    def _on_delta(self, message: ForwardMsg) -> None:
        path = tuple(message.metadata.delta_path)
        if message.delta.WhichOneof("type") == "new_element":
            new = message.delta.new_element
            kind = new.WhichOneof("type") or "empty"
            for below in [one for one in self._tree if one[: len(path)] == path]:
                del self._tree[below]
            self._tree[path] = Element(path, kind, getattr(new, kind, new), self._run)
            if kind == "exception":
                self.exceptions.append(new.exception.message)
        elif message.delta.WhichOneof("type") == "add_block":
            block = message.delta.add_block
            kind = block.WhichOneof("type") or "block"
            self._tree[path] = Element(path, kind, getattr(block, kind, block), self._run)

    def _forget_stale(self) -> None:
        for path in [path for path, element in self._tree.items() if element.run != self._run]:
            del self._tree[path]
        live = {element.id for element in self._tree.values()}
        for stale in self._states.keys() - live:
            del self._states[stale]
