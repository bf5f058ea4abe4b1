"""Measure the app against an empty Streamlit app with the same settings, in turn, and print a table of ratios.

`python -m tests.bench` measures everything; names of sections behind it measure only those.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import authoring, classes, exporting, history, pages, people, rescoring, services, sizes

SECTIONS = {
    "pages": pages.main,
    "class": pages.a_class,
    "processes": pages.two_processes,
    "people": people.main,
    "authoring": authoring.main,
    "history": history.main,
    "classes": classes.main,
    "services": services.main,
    "rescoring": rescoring.main,
    "exporting": exporting.main,
    "sizes": sizes.main,
    "steps": sizes.ten_million_steps,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        started = time.perf_counter()
        print(f"\n{name}", flush=True)
        SECTIONS[name]()
        print(f"({time.perf_counter() - started:.0f} s)", flush=True)
