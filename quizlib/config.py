"""Settings, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from quizlib.errors import SettingsProblem

SIGN_IN = ("none", "accounts", "oidc")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
_FILE = "sqlite:///"
_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


@dataclass(frozen=True)
class Settings:
    """What an operator may choose; each field is the variable QUIZ_<FIELD>.

    - database_url: an SQLAlchemy address; by default a SQLite file in the user's data folder.
    - questions: the folder of question files.
    - sign_in: `none`, one local person with every role; `accounts`, names and passwords kept here; `oidc`, a provider
      that Streamlit is set up for.
    - hosts: names under which the app may be reached, separated by commas.
    - behind_proxy: a proxy of ours passes requests on, so what it says of address and scheme is believed; without
      sign-in, such requests are refused otherwise.
    - instructors: with `oidc`, the e-mail addresses of instructors, separated by commas.
    - instructor_claim: with `oidc`, `claim=value` that a provider gives instructors, such as `groups=teachers`.
    - must_be_approved: a version written in the browser is asked only when another instructor has approved it.
    - approval_months: after how many months an approval is due again; 0 means never.
    """

    database_url: str
    questions: Path
    sign_in: str = "none"
    hosts: tuple[str, ...] = LOCAL_HOSTS
    behind_proxy: bool = False
    instructors: tuple[str, ...] = ()
    instructor_claim: tuple[str, str] | None = None
    must_be_approved: bool = False
    approval_months: int = 0


def settings_from(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise SettingsProblem on an unknown variable or value."""
    given = {
        name.removeprefix("QUIZ_").lower(): value.strip()
        for name, value in (os.environ if environment is None else environment).items()
        if name.startswith("QUIZ_")
    }
    known = {field.name for field in fields(Settings)}
    for name in given.keys() - known:
        raise SettingsProblem(
            f"QUIZ_{name.upper()} is not a setting. Known are: {', '.join(f'QUIZ_{k.upper()}' for k in sorted(known))}."
        )
    sign_in = given.get("sign_in") or "none"
    if sign_in not in SIGN_IN:
        raise SettingsProblem(f"QUIZ_SIGN_IN is {sign_in!r}. Known are: {', '.join(SIGN_IN)}.")
    return Settings(
        database_url=_absolute(given.get("database_url") or default_database_url()),
        questions=Path(given.get("questions") or Path(__file__).parent.parent / "questions").absolute(),
        sign_in=sign_in,
        hosts=_names(given.get("hosts", "")) or LOCAL_HOSTS,
        behind_proxy=_truth("QUIZ_BEHIND_PROXY", given.get("behind_proxy", "")),
        instructors=_names(given.get("instructors", "")),
        instructor_claim=_claim(given.get("instructor_claim", "")),
        must_be_approved=_truth("QUIZ_MUST_BE_APPROVED", given.get("must_be_approved", "")),
        approval_months=_months(given.get("approval_months", "")),
    )


def default_database_url() -> str:
    """Name the SQLite file of a laptop."""
    return f"sqlite:///{platformdirs.user_data_path('rootlet') / 'quiz.db'}"


def _absolute(address: str) -> str:
    """Give the address of a SQLite file from the root: the server runs in a folder of its own."""
    path = address.removeprefix(_FILE)
    if not address.startswith(_FILE) or not path or path.startswith((":", "file:")) or Path(path).is_absolute():
        return address
    return f"{_FILE}{Path(path).absolute()}"


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in text.split(",") if name.strip())


def _claim(text: str) -> tuple[str, str] | None:
    if not text:
        return None
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (name and equals and value):
        raise SettingsProblem(f"QUIZ_INSTRUCTOR_CLAIM is {text!r}. Write claim=value, such as groups=teachers.")
    return name, value


def _months(text: str) -> int:
    if not text.isascii() or not (text or "0").isdigit() or len(text) > 3:
        raise SettingsProblem(f"QUIZ_APPROVAL_MONTHS is {text!r}. Write a number of months, or 0 for never.")
    return int(text or 0)


def _truth(name: str, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise SettingsProblem(f"{name} is {text!r}. Write yes or no.")
