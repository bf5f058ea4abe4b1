"""A part of the real bank in which every question is a choice, for stories that press letters."""

import shutil
from collections import Counter
from pathlib import Path

from driving.server import ROOT

# enough for a quiz of any topic, and few enough for a server to start quickly
OF_A_TOPIC = 15


def only_choices(folder: Path) -> Path:
    """Copy the first real questions of each topic that are choices, and what they point to; give the folder."""
    folder.mkdir(parents=True)
    for file in (ROOT / "questions").glob("*.yaml"):
        shutil.copy(file, folder)
    copied: Counter[str] = Counter()
    for file in sorted((ROOT / "questions").glob("*/*.yaml")):
        topic = file.parent.name
        if copied[topic] < OF_A_TOPIC and "\nkind: choice\n" in f"\n{file.read_text(encoding='utf-8')}":
            (folder / topic).mkdir(exist_ok=True)
            shutil.copy(file, folder / topic)
            copied[topic] += 1
    return folder
