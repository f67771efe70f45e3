"""Links are called for real, on a server of the test; what is private is never called."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from evidence.links import LinkState, is_public, state_of


class Pages(BaseHTTPRequestHandler):
    """Answers with the number in the path; notes who asked for what."""

    asked = []

    def answer(self):
        self.asked.append((self.command, self.path))
        number = self.path.strip("/").split("/")[0]
        if number == "hang":
            threading.Event().wait(2)
        status = int(number) if number.isdecimal() else 200
        if number == "no-head":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(302 if number in TURNS else status)
        if number in TURNS:
            self.send_header("Location", TURNS[number])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer

    def log_message(self, *args):
        pass


TURNS = {
    "to-good": "/200",
    "to-gone": "/404",
    "round": "/round",
    "to-inside": "http://10.0.0.1/secret",
    "to-file": "file:///etc/passwd",
}


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Pages.asked.clear()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def state(link):
    """As in production, but the test's own server may be called."""
    return state_of(link, may_call=lambda ip: is_public(ip) or ip == "127.0.0.1", seconds=1)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", LinkState.ALIVE),
        ("/200?page=1", LinkState.ALIVE),
        ("/401", LinkState.ALIVE),  # behind a sign-in, as most of SharePoint
        ("/403", LinkState.ALIVE),
        ("/no-head", LinkState.ALIVE),
        ("/404", LinkState.DEAD),
        ("/410", LinkState.DEAD),
        ("/500", LinkState.DEAD),
        ("/to-good", LinkState.ALIVE),
        ("/to-gone", LinkState.DEAD),
        ("/round", LinkState.DEAD),
        ("/hang", LinkState.DEAD),
        ("/to-file", LinkState.DEAD),
        ("/to-inside", LinkState.INSIDE),
    ],
)
def test_a_link_is_alive_as_long_as_its_page_answers(site, path, expected):
    assert state(site + path) == expected


def test_a_page_is_asked_for_its_head_alone(site):
    state(f"{site}/200?page=1")
    assert Pages.asked == [("HEAD", "/200?page=1")]


def test_a_server_that_is_not_there_is_dead():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert state(f"http://127.0.0.1:{unused.getsockname()[1]}/") == LinkState.DEAD


def test_a_name_that_does_not_exist_is_dead(monkeypatch):
    def fail(*args, **kwargs):
        raise socket.gaierror("Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert state("https://nowhere.example/") == LinkState.DEAD


def test_what_speaks_no_tls_is_dead(site):
    assert state(site.replace("http:", "https:")) == LinkState.DEAD


def test_this_machine_is_never_called(site):
    assert state_of(f"{site}/") == LinkState.INSIDE
    assert state_of(f"{site.replace('127.0.0.1', 'localhost')}/") == LinkState.INSIDE
    assert Pages.asked == []


def test_a_name_is_looked_up_once_and_that_address_is_called(monkeypatch):
    """A name that first answers with a public address and then with ours finds no gap."""
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))]]
    called = []

    def connect(address, **kwargs):
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers.pop())
    monkeypatch.setattr(socket, "create_connection", connect)
    assert state_of("http://rebind.example/") == LinkState.DEAD
    assert called == [("8.8.8.8", 80)]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
    ],
)
def test_public_is_what_anybody_can_reach(address, public):
    assert is_public(address) is public
