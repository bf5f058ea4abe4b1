"""Commands on the bank: words for people, JSON for programs, and exit status 1 where something is wrong."""

import json
from pathlib import Path

from cli.running import Execute, Run, said
from makers import on_sqlite, question, write_bank

from quizlib.bank.writing import question_schema, write_question


def spoil(folder: Path) -> None:
    (folder / "pond" / "frog.yaml").write_text("kind: riddle\n", encoding="utf-8")


def test_a_check_of_a_sound_bank_counts_its_questions(run: Run, folder: Path):
    for result in (run("bank", "check", "--json"), run("bank", "check", folder, "--json")):
        report = json.loads(said(result))
        assert {"metrics", "warnings", "by_idea", "waived"} < report.keys()
        assert {
            name: report[name] for name in ("questions", "families", "instances", "cases", "by_topic", "errors")
        } == {
            "questions": 4,
            "families": 0,
            "instances": 0,
            "cases": 0,
            "by_topic": {"pond": 3, "meadow": 1},
            "errors": [],
        }


def test_a_check_in_words_ends_with_a_count(run: Run):
    lines = said(run("bank", "check")).splitlines()

    assert lines[-1].startswith("4 questions (pond 3, meadow 1). 0 to fix, ")
    assert "cases                                  0   at least 8   missed" in lines


def test_a_check_of_a_bad_bank_tells_every_problem_and_ends_with_1(run: Run, folder: Path):
    spoil(folder)
    report = json.loads(said(run("bank", "check", folder, "--json"), status=1))

    assert report["questions"] == 3
    assert {one["where"] for one in report["errors"]} == {"questions/pond/frog.yaml:1, kind"}
    assert all(set(one) == {"where", "what", "fix"} for one in report["errors"])
    assert "questions/pond/frog.yaml:1, kind: " in said(run("bank", "check", folder), status=1)


@on_sqlite
def test_a_check_of_a_folder_needs_no_database(run: Run, folder: Path, file: Path):
    said(run("bank", "check", folder))

    assert not file.exists()


def test_a_check_of_no_folder_ends_with_1(run: Run, tmp_path: Path):
    assert "There is no such folder" in said(run("bank", "check", tmp_path / "gone"), status=1)


def test_sync_takes_files_once(run: Run):
    first, second = (json.loads(said(run("bank", "sync", "--json"))) for _ in range(2))

    assert sorted(first["taken"]) == ["frog", "heron", "mole", "newt"]
    assert (second["taken"], second["unchanged"], second["problems"]) == ([], 4, [])


def test_sync_in_words_names_what_is_gone_and_withdraws_it_on_request(run: Run, folder: Path):
    run("bank", "sync")
    (folder / "meadow" / "mole.yaml").unlink()

    assert "mole: its file is gone" in said(run("bank", "sync"))
    assert "1 withdrawn" in said(run("bank", "sync", "--retire-missing"))


def test_sync_of_a_bad_file_takes_the_others_and_ends_with_1(run: Run, folder: Path):
    spoil(folder)
    report = json.loads(said(run("bank", "sync", "--json"), status=1))

    assert sorted(report["taken"]) == ["heron", "mole", "newt"]
    assert [one["where"] for one in report["problems"]]


def test_a_conflict_ends_sync_and_check_with_1(run: Run, folder: Path, execute: Execute):
    run("bank", "sync")
    execute("UPDATE questions SET file_hash = 'older' WHERE id = 'frog'")
    write_question(folder, question("frog", takeaway="Frogs leap."))

    assert json.loads(said(run("bank", "sync", "--json"), status=1))["conflicts"] == ["frog"]
    assert "questions/pond/frog.yaml: Both the file and the database" in said(run("bank", "check"), status=1)


def test_pull_writes_every_question(run: Run, folder: Path, tmp_path: Path):
    run("bank", "sync")
    report = json.loads(said(run("bank", "pull", tmp_path / "copy", "--json")))

    assert len(report["written"]) == 4 + len(("topics.yaml", "sources.yaml", "misconceptions.yaml"))
    assert (report["unchanged"], report["drafts"], report["retired"], report["left_out"]) == (0, 0, 0, [])
    assert (tmp_path / "copy" / "pond" / "frog.yaml").read_text() == (folder / "pond" / "frog.yaml").read_text()


def test_pull_into_the_own_folder_writes_only_what_differs(run: Run, folder: Path):
    run("bank", "sync")

    assert "0 files written" in said(run("bank", "pull", folder))
    (folder / "pond" / "frog.yaml").unlink()
    assert "1 files written" in said(run("bank", "pull", folder))


def test_pull_of_what_cannot_be_written_ends_with_1(run: Run, folder: Path, execute: Execute):
    run("bank", "sync")
    spoil(folder)
    report = json.loads(said(run("bank", "pull", folder, "--json"), status=1))

    assert [one["where"] for one in report["left_out"]] == ["questions/pond/frog.yaml"]
    assert "Its file cannot be read" in said(run("bank", "pull", folder), status=1)


def test_schema_prints_the_schema(run: Run):
    assert json.loads(said(run("bank", "schema"))) == question_schema()


def test_a_bank_may_be_written_and_read_again_by_commands_alone(run: Run, tmp_path: Path):
    copy = write_bank(tmp_path / "copy", [])
    run("bank", "sync")
    run("bank", "pull", copy)

    assert json.loads(said(run("bank", "check", copy, "--json")))["by_topic"] == {"pond": 3, "meadow": 1}
