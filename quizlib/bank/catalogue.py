"""Read topics, sources and mix-ups."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from quizlib.bank.telling import told
from quizlib.bank.yaml_text import Located, read_text, read_yaml
from quizlib.errors import ContentProblems, Problem
from quizlib.model.catalogue import Catalogue

LARGEST = 4 * 1024 * 1024
# what lies beside the topics; terms.yaml is read in bank/terms.py
CATALOGUE_FILES = ("topics.yaml", "sources.yaml", "misconceptions.yaml", "ideas.yaml", "terms.yaml")
SOURCES = ("documents", "references", "rows")


def read_catalogue(folder: Path) -> tuple[Catalogue, list[Problem]]:
    """Read topics, sources, misconceptions and, where there are any, ideas; an unsound file is told and left empty."""
    problems: list[Problem] = []
    sound: dict[str, Any] = {}
    files = {name: _read(folder, f"{name}.yaml", problems) for name in ("topics", "sources", "misconceptions")}
    topics, sources, misconceptions = (located.data for located in files.values())
    # a bank need not say what it wants to teach
    files["ideas"] = _read(folder, "ideas.yaml", problems) if (folder / "ideas.yaml").exists() else Located({})
    named = {key: {**value, "id": key} if isinstance(value, dict) else value for key, value in topics.items()}
    contents = {
        "topics": {"topics": named},
        "sources": {part: sources[part] for part in SOURCES if part in sources},
        "misconceptions": {"misconceptions": misconceptions},
        "ideas": {"ideas": files["ideas"].data},
    }
    at = f"{folder.name}/sources.yaml"
    for part in sources:
        if part not in SOURCES:
            place = f"{at}:{files['sources'].line((part,))}, {part}"
            problems.append(Problem(place, "There is no such part.", f"Known are: {', '.join(SOURCES)}."))
    for name, content in contents.items():
        try:
            Catalogue.model_validate(content)
        except ValidationError as error:
            within = () if name == "sources" else (name,)
            problems += told(
                error, f"{folder.name}/{name}.yaml", files[name], within, "its neighbours show the fields."
            )
        else:
            sound |= content
    catalogue = Catalogue.model_validate(sound)
    for key, row in catalogue.rows.items():
        for i, cited in enumerate(row.cites):
            if cited not in catalogue.references:
                place = f"{at}:{files['sources'].line(('rows', key, 'cites', i))}, rows.{key}"
                problems.append(Problem(place, f"There is no reference {cited}.", "Add it under `references:`."))
    return catalogue, problems


def _read(folder: Path, name: str, problems: list[Problem]) -> Located:
    """Read a file of fields; one that cannot be read is told and has none."""
    path, where = folder / name, f"{folder.name}/{name}"
    if not (path.is_symlink() or path.exists()):
        problems.append(Problem(where, "The file is missing.", "Restore it; questions point to it."))
        return Located({})
    try:
        located = read_yaml(read_text(path, where, folder, LARGEST), where)
    except ContentProblems as found:
        problems += found.problems
        return Located({})
    if not isinstance(located.data, dict):
        problems.append(Problem(f"{where}:1", "The file holds no fields.", "Write `name: value` lines."))
        return Located({})
    return located
