"""A part of the real bank in which every question is a choice, for stories that press letters."""

import shutil
from pathlib import Path

from driving.server import ROOT


def only_choices(folder: Path) -> Path:
    """Copy the real questions that are choices, and what they point to; give the folder."""
    folder.mkdir(parents=True)
    for file in (ROOT / "questions").glob("*.yaml"):
        shutil.copy(file, folder)
    for file in (ROOT / "questions").glob("*/*.yaml"):
        if "\nkind: choice\n" in f"\n{file.read_text(encoding='utf-8')}":
            (folder / file.parent.name).mkdir(exist_ok=True)
            shutil.copy(file, folder / file.parent.name)
    return folder
