"""What axe-core finds on a page, and the looks that a page is looked at in."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from driving.people import Person

LOOKS = pytest.mark.parametrize("look", [("light", 1280), ("dark", 390)], ids=lambda one: f"{one[0]}-{one[1]}")
# The field for a file can be focused by a script, and says at the same time that it is no more than decoration.
DROP_ZONE = 'data-testid="stFileUploaderDropzone"'
STREAMLITS_OWN = ("presentation-role-conflict", True)
# what a page looks like does not depend on the database
ONE_DATABASE = pytest.mark.parametrize("school", ["sqlite"], indirect=True, scope="module")


def violations(person: Person) -> list[Any]:
    """Look at the page on the screen; nothing may lie beyond its right edge either."""
    person.settle()
    person.page.wait_for_timeout(300)  # what unfolds has colours of its own until it stands
    wide = person.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = Axe().run(person.page).response["violations"]
    told = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]
    told = [(rule, [html for html in nodes if (rule, DROP_ZONE in html) != STREAMLITS_OWN]) for rule, nodes in told]
    return [*((rule, nodes) for rule, nodes in told if nodes), *([f"{wide} pixels too wide"] if wide > 0 else [])]
