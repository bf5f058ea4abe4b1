"""What somebody signed in with, in words, for the list of places on the Account page."""

import pytest
from services.people.newcomers import account
from starlette.datastructures import Headers
from web.visitor import Visitor

from quizlib.services.app import App
from quizlib.services.people import signing_in
from quizlib.web.forms import device_of

_APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_BLINK = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
_IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {_APPLE}"
_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
_ANDROID = "Mozilla/5.0 (Linux; Android 10; K)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"{_WINDOWS} {_BLINK} Safari/537.36", "Chrome on Windows"),
        (f"{_WINDOWS} {_BLINK} Safari/537.36 Edg/142.0.0.0", "Edge on Windows"),
        (f"{_WINDOWS} {_BLINK} Safari/537.36 OPR/124.0.0.0", "Opera on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Windows"),
        (f"{_MAC} {_APPLE} Version/18.6 Safari/605.1.15", "Safari on a Mac"),
        (f"{_MAC} {_BLINK} Safari/537.36", "Chrome on a Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {_BLINK} Safari/537.36", "Chrome on a Chromebook"),
        (f"{_IPHONE} Version/18.6 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        (f"{_IPHONE} CriOS/142.0.7444.46 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        (f"{_IPHONE} FxiOS/145.0 Mobile/15E148 Safari/604.1", "Firefox on iPhone"),
        (f"{_IPHONE} Version/18.0 EdgiOS/142.0.3595.66 Mobile/15E148 Safari/604.1", "Edge on iPhone"),
        (f"{_ANDROID} {_BLINK} Mobile Safari/537.36", "Chrome on Android"),
        (f"{_ANDROID} {_BLINK} Mobile Safari/537.36 EdgA/142.0.0.0", "Edge on Android"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0", "Firefox on Android"),
        (f"{_ANDROID} AppleWebKit/537.36 SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
         "Samsung Internet on Android"),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_a_browser_and_a_system_have_the_names_that_people_know_them_by(agent: str, words: str):
    assert device_of(Headers({"user-agent": agent})) == words


def test_a_browser_that_names_itself_at_length_is_listed_by_its_short_name(accounts_app: App, visitor: Visitor):
    nora = account(accounts_app)
    visitor.sign_in(user_agent=f"{_ANDROID} {_BLINK}" + "croak" * 10_000)
    (place,) = signing_in.places(nora)

    assert place.device == "Chrome on Android"
