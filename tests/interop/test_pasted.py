"""Questions as teachers paste them become fields; what was guessed is said, and no word is lost."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizlib.bank.files import read_bank
from quizlib.interop.pasted import MOST, Pasted, read_pasted
from quizlib.interop.pasted.lines import LABELS, cleaned
from quizlib.kinds import content_of

FROGS = [{"text": "toad"}, {"text": "frog", "correct": True}, {"text": "newt"}]


def read(text: str) -> dict[str, Any]:
    return read_pasted(text).content


def key(text: str) -> list[str]:
    """Give the texts of the options that are right."""
    return [option["text"] for option in read(text)["options"] if option.get("correct")]


def texts(text: str) -> list[str]:
    return [option["text"] for option in read(text).get("options", [])]


# options and keys, as people write them

WAYS = {
    "letters and a line for the key": "Which jumps?\nA. toad\nB. frog\nC. newt\nAnswer: B",
    "Aiken": "Which jumps?\nA. toad\nB. frog\nC. newt\nANSWER: B",
    "Aiken with brackets": "Which jumps?\nA) toad\nB) frog\nC) newt\nANSWER: B\n",
    "small letters": "Which jumps?\na) toad\nb) frog\nc) newt\nanswer: b",
    "letters in brackets": "Which jumps?\n(a) toad\n(b) frog\n(c) newt\nKey: (b)",
    "letters and dashes": "Which jumps?\na - toad\nb - frog\nc - newt\nCorrect answer: b",
    "letters and colons": "Which jumps?\nA: toad\nB: frog\nC: newt\nCorrect Answer: B",
    "no blank behind the bracket": "Which jumps?\nA)toad\nB)frog\nC)newt\nAns: B",
    "the word option": "Which jumps?\nOption A: toad\nOption B: frog\nOption C: newt\nCorrect option: Option B",
    "numbers": "Which jumps?\n1. toad\n2. frog\n3. newt\nAnswer: 2",
    "numbers in brackets": "Which jumps?\n1) toad\n2) frog\n3) newt\nAnswer: 2)",
    "a numbered question and numbers": "12. Which jumps?\n1. toad\n2. frog\n3. newt\nAnswer: 2",
    "bullets": "Which jumps?\n- toad\n- frog\n- newt\nAnswer: frog",
    "round bullets from a text program": "Which jumps?\n•\ttoad\n•\tfrog\n•\tnewt\nAnswer: frog",
    "bullets that are stars": "Which jumps?\n* toad\n* frog\n* newt\nAnswer: frog",
    "checkboxes": "Which jumps?\n[ ] toad\n[x] frog\n[ ] newt",
    "checkboxes of a list": "Which jumps?\n- [ ] toad\n- [X] frog\n- [ ] newt",
    "boxes": "Which jumps?\n☐ A. toad\n☑ B. frog\n☐ C. newt",
    "a star before": "Which jumps?\nA. toad\n*B. frog\nC. newt",
    "a star and a blank before": "Which jumps?\nA. toad\n* B. frog\nC. newt",
    "a star behind the letter": "Which jumps?\nA. toad\nB. *frog\nC. newt",
    "a star at the end": "Which jumps?\nA. toad\nB. frog*\nC. newt",
    "a star and a blank at the end": "Which jumps?\nA. toad\nB. frog *\nC. newt",
    "bold text": "Which jumps?\nA. toad\nB. **frog**\nC. newt",
    "a bold line": "Which jumps?\nA. toad\n**B. frog**\nC. newt",
    "bold letters and a star": "Which jumps?\n**A.** toad\n**B.** frog *\n**C.** newt",
    "bold letters and a bold key": "**Which jumps?**\n**A)** toad\n**B)** frog\n**C)** newt\n\n**Answer:** **B)** frog",
    "the word correct": "Which jumps?\nA. toad\nB. frog (correct)\nC. newt",
    "the words correct answer": "Which jumps?\nA. toad\nB. frog [Correct answer]\nC. newt (incorrect)",
    "a tick": "Which jumps?\nA. toad\nB. frog ✓\nC. newt",
    "a tick before": "Which jumps?\nA. toad\n✅ B. frog\nC. newt",
    "ticks and crosses": "Which jumps?\n✗ toad\n✓ frog\n✗ newt",
    "an arrow": "Which jumps?\nA. toad\nB. frog <-- correct\nC. newt",
    "one a line": "Which jumps?\n\ntoad\nfrog\nnewt\n\nAnswer: frog",
    "one a line and a star": "Which jumps?\ntoad\n*frog\nnewt",
    "one a line and a star behind": "Which jumps?\n\ntoad\nfrog*\nnewt",
    "one a line below a label": "Q: Which jumps?\n\ntoad\nfrog\nnewt\nAnswer: frog",
    "two stars at the end": "Which jumps?\nA. toad\nB. frog **\nC. newt",
    "two in a row, two rows": "Which jumps?\n(A) toad    (B) frog\n(C) newt\nAns: (B)",
    "one a paragraph": "Which jumps?\n\ntoad\n\nfrog\n\nnewt\n\nAnswer: frog",
    "options with blank lines": "Which jumps?\n\nA. toad\n\nB. frog\n\nC. newt\n\nAnswer: B",
    "all on one line": "Which jumps? A) toad B) frog C) newt\nAnswer: B",
    "options on one line": "Which jumps?\na. toad b. frog c. newt\nAnswer: b",
    "two on a line": "Which jumps?\nA. toad\tB. frog\nC. newt\nAnswer: B",
    "the key in words": "Which jumps?\nA. toad\nB. frog\nC. newt\nAnswer: B. frog",
    "the key as text": "Which jumps?\nA. toad\nB. frog\nC. newt\nAnswer: Frog.",
    "the key in quotes": "Which jumps?\nA. toad\nB. frog\nC. newt\nAnswer: “B”",
    "the key as a sentence": "Which jumps?\nA. toad\nB. frog\nC. newt\nThe correct answer is B.",
    "the key without a colon": "Which jumps?\nA. toad\nB. frog\nC. newt\nAnswer B",
    "the key on the next line": "Which jumps?\nA. toad\nB. frog\nC. newt\nAnswer:\nB",
    "the key first": "Answer: B\nWhich jumps?\nA. toad\nB. frog\nC. newt",
    "a heading above the options": "Question: Which jumps?\nOptions:\nA. toad\nB. frog\nC. newt\nAnswer: B",
    "answers as a heading": "Which jumps?\nAnswers:\nA. toad\nB. frog\nC. newt\nKey: B",
    "numbered with a word": "Question 3: Which jumps?\nA. toad\nB. frog\nC. newt\nAnswer: B",
    "numbered on its own line": "Question 3\n\nWhich jumps?\n\nA. toad\nB. frog\nC. newt\nAnswer: B",
    "numbered short": "Q3. Which jumps?\nA. toad\nB. frog\nC. newt\nAnswer: B",
    "numbered": "3) Which jumps?\nA. toad\nB. frog\nC. newt\nAnswer: B",
    "a heading of Markdown": "### Question 3\nWhich jumps?\n\n- A. toad\n- B. frog\n- C. newt\n\nAnswer: B",
    "Windows line ends": "Which jumps?\r\nA. toad\r\nB. frog\r\nC. newt\r\nAnswer: B\r\n",
    "blanks that do not break": "\u00a0Which\u00a0jumps?\nA.\u00a0toad\nB.\u00a0frog\nC.\u00a0newt\nAnswer:\u00a0B",
    "what cannot be seen": "\ufeffWhich jumps?\nA. to\u00adad\nB. frog\u200b\nC. newt\nAnswer: B",
    "indented": "  Which jumps?\n    A. toad\n    B. frog\n    C. newt\n  Answer: B",
    "a question on two lines": "Which\njumps?\nA. toad\nB. frog\nC. newt\nAnswer: B",
}  # fmt: skip


@pytest.mark.parametrize("text", WAYS.values(), ids=WAYS)
def test_every_way_to_write_options_and_key_is_read(text: str):
    content = read(text)

    assert content == {"kind": "choice", "stem": "Which jumps?", "options": FROGS}


def test_a_way_that_is_plain_needs_no_remark():
    guessed = {name for name, text in WAYS.items() if read_pasted(text).remarks}

    assert guessed == {"ticks and crosses", *(name for name in WAYS if name.startswith("one a"))}


# several right, true or false


@pytest.mark.parametrize(
    "text",
    [
        "Which are tailless?\nA. frog\nB. newt\nC. toad\nD. mole\nAnswer: A, C",
        "Which are tailless?\nA. frog\nB. newt\nC. toad\nD. mole\nAnswers: A and C",
        "Which are tailless?\nA. frog\nB. newt\nC. toad\nD. mole\nANSWER: AC",
        "Which are tailless?\nA. frog\nB. newt\nC. toad\nD. mole\nKey: a/c",
        "Which are tailless?\nA. frog\nB. newt\nC. toad\nD. mole\nCorrect answers: A; C",
        "Which are tailless?\n*A. frog\nB. newt\n*C. toad\nD. mole",
        "Which are tailless?\n[x] frog\n[ ] newt\n[x] toad\n[ ] mole",
        "Which are tailless?\n- frog\n- newt\n- toad\n- mole\nAnswer: frog; toad",
    ],
)
def test_several_keys_let_several_be_chosen(text: str):
    assert key(text) == ["frog", "toad"]
    assert read(text)["choose"] == "several"


@pytest.mark.parametrize("said", ["True", "T", "true.", "TRUE"])
def test_true_or_false_is_a_choice_of_two_in_fixed_order(said: str):
    assert read(f"A frog jumps.\nAnswer: {said}") == {
        "kind": "choice",
        "stem": "A frog jumps.",
        "options": [{"text": "True", "correct": True}, {"text": "False"}],
        "order": "fixed",
    }


def test_true_or_false_with_options_of_its_own():
    for text in ("A toad jumps.\nA. True\nB. False\nAnswer: B", "A toad jumps.\nTrue\nFalse\nAnswer: False"):
        assert key(text) == ["False"]
        assert read(text)["order"] == "fixed"


def test_what_follows_true_or_false_explains():
    assert read("A toad jumps.\nAnswer: False, it walks.")["explanation"] == "it walks."


# reasons, explanations, sources


def test_a_line_below_the_last_option_only_is_the_explanation():
    pasted = read_pasted("Which jumps?\nA. toad\n*B. frog\n      Frogs have legs.")

    assert pasted.content["explanation"] == "Frogs have legs."
    assert pasted.remarks == ("The text behind the options was taken as the explanation.",)


def test_labels_become_fields():
    pasted = read_pasted(
        """7. Which root passes behind the L4-L5 disc on its way to the foramen below?
A. L3
B. L4
C. L5
D. S1
Correct answer: C
Rationale: The L5 root is the traversing root.

It leaves one level lower.
Take-home message: L4-L5 hits L5.
Reference: Gray's Anatomy, 42nd edition, 2020.
Level: Apply
Topic: nerve roots
Difficulty: easy"""
    )

    assert pasted.content["explanation"] == "The L5 root is the traversing root.\n\nIt leaves one level lower."
    assert pasted.content["takeaway"] == "L4-L5 hits L5."
    assert pasted.content["level"] == "apply"
    assert pasted.remarks == (
        "Not taken over: Topic: nerve roots",
        "Not taken over: Difficulty: easy",
        "Choose its source: Gray's Anatomy, 42nd edition, 2020.",
    )


@pytest.mark.parametrize("word", ["Why", "Feedback", "Reason", "Rationale"])
def test_a_reason_under_each_option(word: str):
    text = f"Which jumps?\nA. toad\n{word}: It walks.\n*B. frog\n{word}: It has long\nlegs.\nC. newt\nWhy: It swims."

    assert [option["why"] for option in read(text)["options"]] == ["It walks.", "It has long legs.", "It swims."]
    assert "explanation" not in read(text)


def test_a_reason_on_the_line_of_the_option():
    text = "Which jumps?\nA. toad (Why: It walks.)\n*B. frog Feedback: It has legs.\nC. newt – Reason: It swims."

    assert texts(text) == ["toad", "frog", "newt"]
    assert [option["why"] for option in read(text)["options"]] == ["It walks.", "It has legs.", "It swims."]


def test_an_indented_line_is_the_reason():
    pasted = read_pasted("Which jumps?\nA. toad\n    It walks.\nB. frog *\n    - It has legs.\nC. newt\n    It swims.")

    assert [option["why"] for option in pasted.content["options"]] == ["It walks.", "It has legs.", "It swims."]
    assert pasted.remarks == ("What stands below an option was taken as its reason.",)


def test_a_reason_behind_the_last_option_is_the_explanation():
    assert read("Which jumps?\nA. toad\n*B. frog\nFeedback: Frogs have legs.")["explanation"] == "Frogs have legs."


def test_reasons_by_letter_below_the_key():
    content = read(
        """Which jumps?
A. toad
B. frog
C. newt
Answer: B
Explanation:
Legs decide.
A. Incorrect. It walks.
B. Correct. It has
long legs.
C. Incorrect. It swims."""
    )

    assert content["explanation"] == "Legs decide."
    assert [option["why"] for option in content["options"]] == [
        "Incorrect. It walks.",
        "Correct. It has long legs.",
        "Incorrect. It swims.",
    ]


def test_as_a_chat_program_writes_it():
    pasted = read_pasted(
        """**Question 1**

A 45-year-old gardener has numbness over the lateral foot.

**Which nerve root is most likely compressed?**

A) L4
B) L5
C) **S1**
D) S2

✅ **Correct Answer: C) S1**

**Explanation:**
The lateral foot is the S1 dermatome.

**Reference:** ISNCSCI 2019

---

**Question 2**

Which muscle lifts the foot?

A) Soleus
B) Tibialis anterior"""
    )

    assert pasted.content == {
        "kind": "choice",
        "vignette": "A 45-year-old gardener has numbness over the lateral foot.",
        "stem": "Which nerve root is most likely compressed?",
        "options": [{"text": "L4"}, {"text": "L5"}, {"text": "S1", "correct": True}, {"text": "S2"}],
        "explanation": "The lateral foot is the S1 dermatome.",
    }
    assert pasted.remarks[0] == "Choose its source: ISNCSCI 2019"
    assert "Which muscle lifts the foot?" in pasted.rest


def test_text_behind_the_options_is_the_explanation_and_that_is_said():
    pasted = read_pasted("Which jumps?\nA. toad\n*B. frog\n\nFrogs have long legs.\nToads do not.")

    assert pasted.content["explanation"] == "Frogs have long legs. Toads do not."
    assert pasted.remarks == ("The text behind the options was taken as the explanation.",)


def test_what_stands_beside_the_key_explains():
    assert read("Which?\nA. toad\nB. frog\nAnswer: B - it has legs")["explanation"] == "it has legs"
    assert read("Which?\nA. toad\nB. frog\nAnswer: B (see chapter 4)")["explanation"] == "(see chapter 4)"


def test_the_paragraphs_above_the_question_line_are_the_vignette():
    text = (
        "A man of 40 limps.\nHe fell.\n\nHis foot drops.\n\nWhich nerve is it?\n(Choose one.)\n\nA. sural\n*B. fibular"
    )
    content = read(text)

    assert content["vignette"] == "A man of 40 limps. He fell.\n\nHis foot drops."
    assert content["stem"] == "Which nerve is it? (Choose one.)"
    assert read("Case: A man limps.\n\nWhich nerve?\nA. sural\n*B. fibular")["vignette"] == "A man limps."


def test_a_list_in_the_question_keeps_its_lines():
    text = "Which of these jump?\n1. frogs\n2. toads\n3. newts\nA. 1 only\nB. 1 and 2\nC. all\nAnswer: A"

    assert read(text)["stem"] == "Which of these jump?\n1. frogs\n2. toads\n3. newts"
    assert key(text) == ["1 only"]


def test_an_option_that_wraps_is_joined():
    assert texts("Which?\nA. the nerve that\nlifts the foot\nB. the nerve\n   that bends it\nAnswer: A") == [
        "the nerve that lifts the foot",
        "the nerve that bends it",
    ]


BANK = read_bank(Path(__file__).parents[2] / "questions").questions.values()


@pytest.mark.parametrize("divider", [".", ")"])
def test_every_choice_of_the_bank_written_as_teachers_do_is_read_as_it_is(divider: str):
    for question in BANK:
        content = content_of(question)
        if content["kind"] != "choice":
            continue
        lettered = list(zip("ABCDEFGHI", content["options"], strict=False))
        written = [content.get("vignette", ""), "", content["stem"]]
        written += [f"{letter}{divider} {one['text']}\n   Why: {one['why']}" for letter, one in lettered]
        written += ["ANSWER: " + ", ".join(letter for letter, one in lettered if one.get("correct"))]
        written += [f"Explanation: {content['explanation']}", f"Takeaway: {content['takeaway']}"]

        pasted = read_pasted("\n".join(written))

        fields = ("kind", "choose", "vignette", "stem", "explanation", "takeaway")
        said = {name: content[name] for name in fields if name in content}
        said["options"] = [{n: one[n] for n in ("text", "correct", "why") if n in one} for _, one in lettered]
        assert (without_lines(pasted.content), pasted.remarks, pasted.rest) == (without_lines(said), (), "")


def without_lines(content: dict[str, Any]) -> dict[str, Any]:
    """Give a content in which no text tells how its lines are broken."""
    return json.loads(json.dumps(content).replace("\\n", " "))


# what only looks like a mark


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Which lies lower?\nA. Kidney (right)\nB. Kidney (left)\nAnswer: A", ["Kidney (right)", "Kidney (left)"]),
        ("What dose?\nA. 1.5 mg\nB. 2.5 mg\nAnswer: A", ["1.5 mg", "2.5 mg"]),
        ("Which vitamin?\nA. vitamin B. complex\nB. vitamin C\nAnswer: A", ["vitamin B. complex", "vitamin C"]),
        ("Which?\nA. *all* frogs\nB. no frogs\nAnswer: B", ["*all* frogs", "no frogs"]),
        ("Which test?\nA. Lasègue: raise the leg\nB. Bragard: bend the foot\nAnswer: A",
         ["Lasègue: raise the leg", "Bragard: bend the foot"]),
        ("How much?\nA. -5 °C\nB. +5 °C\nAnswer: A", ["-5 °C", "+5 °C"]),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_mark_stays(text: str, options: list[str]):
    assert texts(text) == options


def test_an_article_is_no_letter():
    assert read("What forms the lateral cord?\nAnswer: A branch of C5") == {
        "kind": "short_text",
        "stem": "What forms the lateral cord?",
        "answers": ["A branch of C5"],
    }
    assert read("A. B. Smith limps.\nWhich nerve?\nA. sural\nB. fibular\nAnswer: B")["options"][1]["correct"]


# what is not clear is said


def test_no_key_is_said():
    assert read_pasted("Which?\nA. toad\nB. frog").remarks == ("No option is marked as right. Mark it.",)


def test_a_key_that_is_none_of_the_options_is_said():
    pasted = read_pasted("Which?\nA. toad\nB. frog\nAnswer: E")

    assert pasted.remarks == ("The answer is none of the options: E", "No option is marked as right. Mark it.")


def test_a_key_of_pairs_marks_nothing():
    pasted = read_pasted("Match:\n1. Frog - a. jumps\n2. Toad - b. walks\nAnswer: 1-a, 2-b")

    assert pasted.remarks[0] == "The answer is none of the options: 1-a, 2-b"
    assert not any("correct" in option for option in pasted.content["options"])


def test_a_sign_and_a_key_that_differ_are_said():
    pasted = read_pasted("Which?\n*A. toad\nB. frog\nAnswer: B")

    assert [option.get("correct", False) for option in pasted.content["options"]] == [False, True]
    assert "differ" in pasted.remarks[0]


def test_every_option_bold_marks_none():
    assert read_pasted("Which?\nA. **toad**\nB. **frog**").content["options"] == [{"text": "toad"}, {"text": "frog"}]


def test_a_question_alone_is_kept_and_said():
    pasted = read_pasted("Which of them jumps?")

    assert pasted.content == {"kind": "choice", "stem": "Which of them jumps?"}
    assert pasted.remarks == ("Neither options nor an answer were found. Write them.",)


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff"])
def test_no_text_is_said(text: str):
    assert read_pasted(text) == Pasted({}, ("There is no text. Paste a question with its options.",), "")


def test_ten_options_are_all_taken():
    text = "Which?\n" + "\n".join(f"{letter}. frog {letter}" for letter in "ABCDEFGHIJ") + "\nAnswer: J"

    assert len(texts(text)) == 10
    assert key(text) == ["frog J"]


# answers in writing


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("axillary nerve", ["axillary nerve"]),
        ("axillary nerve; axillary; circumflex nerve", ["axillary nerve", "axillary", "circumflex nerve"]),
        ("“Axillary nerve.”", ["Axillary nerve"]),
        ("C5/C6", ["C5/C6"]),
        ("L5", ["L5"]),
        ("C5, C6", ["C5, C6"]),
    ],
)
def test_an_answer_without_options_is_to_be_written(said: str, answers: list[str]):
    text = f"Which nerve supplies deltoid?\nAnswer: {said}\nExplanation: It winds round the neck of the humerus."

    assert read(text) == {
        "kind": "short_text",
        "stem": "Which nerve supplies deltoid?",
        "answers": answers,
        "explanation": "It winds round the neck of the humerus.",
    }


def test_a_reason_for_a_written_answer_is_its_own():
    assert read("Who jumps?\nAnswer: frog\nWhy: It has legs.")["why"] == "It has legs."


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("8", {"answer": 8}),
        ("2.5 cm", {"answer": 2.5, "unit": "cm"}),
        ("2,5cm", {"answer": 2.5, "unit": "cm"}),
        ("-3", {"answer": -3}),
        ("1,200 ml", {"answer": 1200, "unit": "ml"}),
        ("31 pairs", {"answer": 31, "unit": "pairs"}),
        ("37 °C", {"answer": 37, "unit": "°C"}),
        ("40%", {"answer": 40, "unit": "%"}),
        ("5 ± 0.5 m/s", {"answer": 5, "tolerance": 0.5, "unit": "m/s"}),
        ("40-60 m/s", {"low": 40, "high": 60, "unit": "m/s"}),
        ("40 to 60", {"low": 40, "high": 60}),
    ],
)
def test_a_number_alone_is_a_number(said: str, fields: dict[str, Any]):
    assert read(f"How many?\nAnswer: {said}") == {"kind": "numeric", "stem": "How many?", **fields}


@pytest.mark.parametrize("said", ["60-40", "8 pairs of nerves", "C8", "12 or 13", "1.2.3", "S2-S4"])
def test_what_is_more_than_a_number_is_a_text(said: str):
    assert read(f"How many?\nAnswer: {said}")["answers"] == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Complete it.\n\nThe [[frog]] jumps and the [[toad;a toad]] walks.",
        "Complete it.\n\nThe {frog} jumps and the {toad|a toad} walks.",
    ],
)
def test_gaps_that_hold_their_answers(text: str):
    assert read(text) == {
        "kind": "cloze",
        "stem": "Complete it.",
        "text": "The {a} jumps and the {b} walks.",
        "gaps": {"a": {"answers": ["frog"]}, "b": {"answers": ["toad", "a toad"]}},
    }


@pytest.mark.parametrize("said", ["frog; toad", "frog, toad", "1) frog; 2) toad"])
def test_blanks_with_as_many_answers_are_gaps(said: str):
    pasted = read_pasted(f"The ____ jumps and the _____ walks.\nAnswer: {said}")

    assert pasted.content["text"] == "The {a} jumps and the {b} walks."
    assert pasted.content["gaps"] == {"a": {"answers": ["frog"]}, "b": {"answers": ["toad"]}}
    assert pasted.remarks == ("The question line is a guess. Say what is to be filled in.",)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("The ____ jumps.\nAnswer: frog", ["frog"]),
        ("The ____ jumps and the ____ walks.\nAnswer: frog", ["frog"]),
        ("The {x} jumps.\nAnswer: frog", ["frog"]),
    ],
)
def test_gaps_that_are_not_plain_stay_text(text: str, answers: list[str]):
    content = read(text)

    assert content["kind"] == "short_text"
    assert content["answers"] == answers
    assert content["stem"] == text.split("\n")[0]


# two questions

FIRST = {
    "letters": "Which jumps?\nA. toad\n*B. frog",
    "key": "Which jumps?\nA. toad\nB. frog\nANSWER: B",
    "explained": "Which jumps?\nA. toad\nB. frog\nAnswer: B\nExplanation: It has legs.",
    "numbered": "1. Which jumps?\nA. toad\nB. frog\nAnswer: B",
    "bullets": "1. Which jumps?\n- toad\n- *frog",
}
SECOND = "Which swims?\nA. newt\nB. mole\nANSWER: A"


PLAIN, NUMBERED = ["\n\n", "\n\n\n", "\n\n---\n\n", "\n\nQuestion 2: "], ["\n\n2. ", "\n2) "]
TWO = [
    pytest.param(first, between, id=f"{name} and {between!r}")
    for name, first in FIRST.items()
    for between in PLAIN[2 if name == "bullets" else 0 :] + (NUMBERED if first.startswith("1") else [])
]


@pytest.mark.parametrize(("first", "between"), TWO)
def test_of_two_questions_the_first_is_taken_and_the_rest_kept(first: str, between: str):
    pasted = read_pasted(first + between + SECOND)

    assert pasted.content["stem"] == "Which jumps?"
    assert [option["text"] for option in pasted.content["options"]] == ["toad", "frog"]
    assert read(pasted.rest)["stem"] == "Which swims?"
    assert pasted.remarks[-1] == (
        f"This is the first question only; {len(pasted.rest)} characters behind it were left."
    )


def test_aiken_without_blank_lines_is_taken_question_by_question():
    pasted = read_pasted("Which jumps?\nA. toad\nB. frog\nANSWER: B\n" + SECOND)

    assert (key("Which jumps?\nA. toad\nB. frog\nANSWER: B"), pasted.rest) == (["frog"], SECOND)


def test_a_key_on_the_next_line_belongs_to_its_question():
    pasted = read_pasted("1. Who jumps?\nAnswer:\nfrog\n\nWho walks?\nAnswer:\ntoad")

    assert pasted.content == {"kind": "short_text", "stem": "Who jumps?", "answers": ["frog"]}
    assert read(pasted.rest) == {"kind": "short_text", "stem": "Who walks?", "answers": ["toad"]}


def test_two_written_answers_are_two_questions():
    for divider in ("\n\n2. ", "\n\n"):
        pasted = read_pasted(f"1. Who jumps?\nAnswer: frog{divider}Who walks?\nAnswer: toad")

        assert pasted.content == {"kind": "short_text", "stem": "Who jumps?", "answers": ["frog"]}
        assert read(pasted.rest)["answers"] == ["toad"]


def test_a_whole_sheet_is_read_one_after_the_other():
    sheet = "\n\n".join(
        f"{n}. Who jumps {n} times?\nA. toad {n}\nB. frog {n}\nC. newt\nAnswer: B" for n in range(1, 21)
    )
    stems = []
    while sheet:
        content, _, sheet = read_pasted(sheet)
        stems.append(content["stem"])

    assert stems == [f"Who jumps {n} times?" for n in range(1, 21)]


def test_a_numbered_explanation_is_no_second_question():
    pasted = read_pasted("Which?\nA. toad\nB. frog\nAnswer: B\nExplanation: Two facts.\n1. It has legs.\n2. It jumps.")

    assert pasted.rest == ""
    assert pasted.content["explanation"] == "Two facts.\n1. It has legs.\n2. It jumps."


# any text

WORD = re.compile(r"[^\W\d_]{2,}")
OTHER_MARKS = "option incorrect wrong not right true false is are of no nr and or one the choice to about approximately"
MARKS = {word for text in (*LABELS, OTHER_MARKS) for word in WORD.findall(text)}
lines = st.sampled_from(
    ["Which frog jumps?", "A. toad", "B. frog", "*C. newt", "d) heron", "(e) mole", "- pond", "* meadow", "[x] reed",
     "[ ] moss", "1. spawn", "2. tadpole", "Answer: B", "ANSWER: frog", "Key: A, C", "Answer: 12 mm", "Answer: True",
     "Explanation: legs decide", "Why: because legs", "    legs matter", "Reference: Brehm", "", "", "Question 2: Who?",
     "---", "✓ lily", "rush (correct)", "**sedge**", "A) algae B) duckweed C) fern", "The [[pike]] swims {fast}",
     "The ____ and ____ swim", "Level: apply", "Topic: pond", "Take-home: jump", "wrapped words", "Answer:",
     "Case: a gardener limps", "True", "False", "Tags: water", "Options:", "**Answer: B**", "perch   ", "\tbream"]
)  # fmt: skip
sheets = st.lists(lines, max_size=25).map("\n".join)
anything = st.text(max_size=400) | st.text(alphabet="aAbB12.()[]*-•✓:;_{} \n\t", max_size=200) | sheets


def kept(pasted: Pasted) -> str:
    """Give all that came of a text."""

    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for one in value.values() for text in texts(one)]
        return [text for one in value for text in texts(one)] if isinstance(value, list) else [str(value)]

    return " ".join([*texts(pasted.content), *pasted.remarks, pasted.rest])


@settings(max_examples=600, deadline=None)
@given(sheets | st.lists(st.text(alphabet="abcde .:)*-\n[]x", max_size=60) | lines, max_size=8).map("\n".join))
@example("Answer: B\nAnswer: C frog")
def test_no_word_is_lost(text: str):
    pasted = read_pasted(text)
    found = {word.lower() for word in WORD.findall(kept(pasted))}

    assert {word.lower() for word in WORD.findall(text)} - MARKS <= found


@settings(max_examples=500, deadline=None)
@given(anything)
def test_any_text_is_read(text: str):
    pasted = read_pasted(text)

    assert all(remark[-1:] and remark[0].isupper() for remark in pasted.remarks)
    assert not pasted.content or pasted.content["kind"] in ("choice", "short_text", "numeric", "cloze")
    assert pasted.content or pasted.remarks
    for option in pasted.content.get("options", []):
        assert option.keys() <= {"text", "correct", "why"}


@settings(max_examples=500, deadline=None)
@given(anything)
def test_what_is_left_becomes_shorter(text: str):
    rest = read_pasted(text).rest

    assert not rest or len(rest) < len(cleaned(text))


@pytest.mark.parametrize(
    "piece",
    ["A. frog ", "*", "A) ", "(", " ", "\t", "\n", "✓", "Answer: ", "frog ", "[[a]]", "____ ", "A.\n", "1.\n", "a", "{",
     "Why: ", "**", "Answer: B\n", "- frog\n", "\u00a0", "[ ] ", "Answer: A, B, ", "2. frog\n\n", "_",
     "A. frog\nB. toad\n"],
)  # fmt: skip
def test_twenty_thousand_characters_of_anything_take_no_second(piece: str):
    text = "Which?\n" + (piece * 20_000)[:20_000]
    start = time.perf_counter()

    read_pasted(text)

    assert time.perf_counter() - start < 1


def test_more_than_a_question_can_be_is_refused_and_kept():
    text = "frog " * (MOST // 5 + 1)

    assert read_pasted(text) == Pasted(
        {}, ("The text has more than 200,000 characters. Paste one question at a time.",), text
    )
