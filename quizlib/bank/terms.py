"""Read the terms that must never be taken for one another misspelt."""

from pathlib import Path

from quizlib.bank.catalogue import LARGEST
from quizlib.bank.yaml_text import read_text, read_yaml
from quizlib.errors import ContentProblems, Problem
from quizlib.kinds.short_text import normal


def read_terms(folder: Path) -> tuple[list[str], list[Problem]]:
    """Read terms.yaml, a list of words; a prefix ends in a hyphen. A folder without the file has no terms."""
    path, where = folder / "terms.yaml", f"{folder.name}/terms.yaml"
    if not (path.is_symlink() or path.exists()):
        return [], []
    try:
        located = read_yaml(read_text(path, where, folder, LARGEST), where)
    except ContentProblems as found:
        return [], found.problems
    if not isinstance(located.data, list):
        return [], [
            Problem(f"{where}:1", "The file is not a list.", "Write each term on a line of its own, after `- `.")
        ]
    terms: dict[str, str] = {}
    problems = []
    for place, term in enumerate(located.data):
        line = f"{where}:{located.line((place,))}"
        if not isinstance(term, str) or not normal(term):
            problems.append(Problem(line, "The term is not a word.", "Write one term a line, or take the line out."))
        elif normal(term) in terms:
            what = f"The term {term} counts as {terms[normal(term)]}, which stands here already."
            problems.append(Problem(line, what, "Keep one of them."))
        else:
            terms[normal(term)] = term
    return list(terms.values()), problems
