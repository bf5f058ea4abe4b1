"""The plain pages say so, too, while an invented class is loaded."""

import pytest
from web.visitor import Visitor

from quizlib.services.app import App


@pytest.mark.parametrize("page", ["/sign-in", "/welcome", "/link?key=unknown"])
def test_every_plain_page_says_so(accounts_app: App, visitor: Visitor, page: str):
    before = visitor.get(page).text
    accounts_app.invented = True
    after = visitor.get(page).text

    assert "An invented class is loaded to look round in." not in before
    assert "An invented class is loaded to look round in." in after
    assert "quiz demo remove" in after
