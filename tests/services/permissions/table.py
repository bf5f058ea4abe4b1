"""Every public function of the services: who may call it, or why nobody is asked who they are."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from drawn import encoded
from makers import NOON, question
from services.permissions.world import (
    ERASED,
    FORMER,
    GUEST,
    INSTRUCTOR,
    NOBODY,
    OTHER_INSTRUCTOR,
    PASSWORD,
    STUDENT,
    WHO,
    World,
    attempt,
    disagree,
    open_complaint,
    terms,
)

from quizlib.errors import NothingMatches
from quizlib.model.attempt import Plan
from quizlib.model.authoring import About, Draft, Judgement
from quizlib.model.person import TextSize, User
from quizlib.services import bank, permissions
from quizlib.services.analysis import assigned, questions
from quizlib.services.authoring import (
    bulk,
    conflicts,
    drafts,
    meeting,
    pictures,
    reviewing,
    saving,
    shelf,
    sources,
    statistics,
    topics,
    versions,
)
from quizlib.services.authoring.meeting import Way
from quizlib.services.authoring.shelf import Search
from quizlib.services.classes import assignments, classes, roster
from quizlib.services.corrections import complaints, notices, rescoring
from quizlib.services.exporting import answers, grade_books, prepared
from quizlib.services.exporting.answers import AnswerFilter
from quizlib.services.history import (
    attention,
    insights,
    mine,
    mix_ups,
    repeating,
    scores,
    showing,
    shown,
    students,
)
from quizlib.services.history.taken import Wanted
from quizlib.services.people import accounts, people, privacy, signing_in
from quizlib.services.quizzes import choosing, exam, home, results, sharing, sheets, study
from quizlib.services.quizzes.choosing import Choice


def if_any(begin: Callable[[User], Any], actor: User) -> None:
    """Begin what only somebody with mistakes can."""
    with suppress(NothingMatches):
        begin(actor)


class Row(NamedTuple):
    """How a function is called, and who may."""

    call: Callable[[World, User], Any]
    may: frozenset[str]


# It reads, or ends, only what is the actor's own: whom no database knows has nothing.
ANYBODY = frozenset(WHO)
# It makes or changes something that is the actor's own, which must be somebody's.
PERSON = ANYBODY - {NOBODY, ERASED}
MEMBER = frozenset({STUDENT, GUEST, FORMER, INSTRUCTOR})
LEARNER = frozenset({STUDENT, GUEST})
# The quizzes in the world are this student's, and nobody else's.
ITS_STUDENT = frozenset({STUDENT})
ITS_INSTRUCTOR = frozenset({INSTRUCTOR})
ANY_INSTRUCTOR = frozenset({INSTRUCTOR, GUEST, OTHER_INSTRUCTOR})
MIXED = Choice(plan=Plan.MIXED, number=2)
A_DRAFT = Draft(
    id=1, user_id=1, question_id=None, version_id=None, topic="pond", content={"kind": "choice"}, seq=0, changed_at=NOON
)

ASKED = {
    "accounts.change_password": Row(lambda _, a: accounts.change_password(a, PASSWORD, "under the old willow"), PERSON),
    "accounts.reset_student": Row(lambda w, a: accounts.reset_student(a, w.group, w.student), ITS_INSTRUCTOR),
    "assignments.begin": Row(lambda w, a: assignments.begin(a, w.unbegun), LEARNER),
    "assignments.change": Row(lambda w, a: assignments.change(a, w.begun, terms("Who leaps")), ITS_INSTRUCTOR),
    "assignments.end_now": Row(lambda w, a: assignments.end_now(a, w.begun), ITS_INSTRUCTOR),
    "assignments.for_student": Row(lambda _, a: assignments.for_student(a), ANYBODY),
    "assignments.give": Row(lambda w, a: assignments.give(a, w.group, terms()), ITS_INSTRUCTOR),
    "assignments.given": Row(lambda w, a: assignments.given(a, w.begun), ITS_INSTRUCTOR),
    "answers.class_answers": Row(lambda w, a: answers.class_answers(a, w.group, AnswerFilter(), "csv"), ITS_INSTRUCTOR),
    "answers.mine": Row(lambda _, a: answers.mine(a, "csv"), PERSON),
    "assigned.of": Row(lambda w, a: assigned.of(a, w.begun), ITS_INSTRUCTOR),
    "assignments.report": Row(lambda w, a: assignments.report(a, w.begun), ITS_INSTRUCTOR),
    "assignments.tell": Row(lambda w, a: assignments.tell(a, w.begun), ITS_INSTRUCTOR),
    "assignments.withdraw": Row(lambda w, a: assignments.withdraw(a, w.begun), ITS_INSTRUCTOR),
    "attention.needed": Row(lambda w, a: attention.needed(a, w.group), ITS_INSTRUCTOR),
    "bulk.add_tag": Row(lambda _, a: bulk.add_tag(a, ["frog"], "loud"), ANY_INSTRUCTOR),
    "bulk.ask": Row(lambda _, a: bulk.ask(a, ["frog"]), ANY_INSTRUCTOR),
    "bulk.export": Row(lambda _, a: bulk.export(a, ["frog"]), ANY_INSTRUCTOR),
    "bulk.move": Row(lambda _, a: bulk.move(a, ["frog"], "meadow"), ANY_INSTRUCTOR),
    "bulk.remove_tag": Row(lambda _, a: bulk.remove_tag(a, ["frog"], "loud"), ANY_INSTRUCTOR),
    "bulk.retire": Row(lambda _, a: bulk.retire(a, ["frog"]), ANY_INSTRUCTOR),
    "choosing.match": Row(lambda _, a: choosing.match(a, MIXED), ANYBODY),
    "choosing.remembered": Row(lambda _, a: choosing.remembered(a), ANYBODY),
    "choosing.start": Row(lambda _, a: choosing.start(a, MIXED), PERSON),
    "choosing.what_empties": Row(lambda _, a: choosing.what_empties(a, MIXED), ANYBODY),
    "classes.close": Row(lambda w, a: classes.close(a, w.group), ITS_INSTRUCTOR),
    "classes.join": Row(lambda w, a: classes.join(a, w.code), PERSON),
    "classes.leave": Row(lambda w, a: classes.leave(a, w.group), MEMBER),
    "classes.make": Row(lambda _, a: classes.make(a, "Toads 101"), ANY_INSTRUCTOR),
    "classes.make_instructor": Row(lambda w, a: classes.make_instructor(a, w.group, w.colleague), ITS_INSTRUCTOR),
    "classes.mine": Row(lambda _, a: classes.mine(a), ANYBODY),
    "classes.new_code": Row(lambda w, a: classes.new_code(a, w.group), ITS_INSTRUCTOR),
    "classes.practice": Row(lambda w, a: classes.practice(a, w.group), ITS_INSTRUCTOR),
    "classes.taught": Row(lambda w, a: classes.taught(a, w.group), ITS_INSTRUCTOR),
    "classes.remove": Row(lambda w, a: classes.remove(a, w.group, w.student), ITS_INSTRUCTOR),
    "classes.rename": Row(lambda w, a: classes.rename(a, w.group, "Toads 101"), ITS_INSTRUCTOR),
    "classes.set_extra_time": Row(lambda w, a: classes.set_extra_time(a, w.group, w.student, 1.5), ITS_INSTRUCTOR),
    "classes.share_practice": Row(lambda w, a: classes.share_practice(a, w.group, True), MEMBER),
    "classes.view": Row(lambda w, a: classes.view(a, w.group), ITS_INSTRUCTOR),
    "complaints.answer": Row(lambda w, a: complaints.answer(a, open_complaint(w), "So it is."), ANY_INSTRUCTOR),
    "complaints.complain": Row(lambda w, a: complaints.complain(a, *w.told, About.TYPO), ITS_STUDENT),
    "complaints.of_question": Row(lambda _, a: complaints.of_question(a, "frog"), ANY_INSTRUCTOR),
    "complaints.open_count": Row(lambda _, a: complaints.open_count(a), ANY_INSTRUCTOR),
    "complaints.queue": Row(lambda _, a: complaints.queue(a), ANY_INSTRUCTOR),
    "conflicts.of_question": Row(lambda _, a: conflicts.of_question(a, "mole"), ANY_INSTRUCTOR | {NOBODY, ERASED}),
    # and the next one finds a conflict again
    "conflicts.settle": Row(lambda _, a: disagree(conflicts.settle(a, "mole", "database")), ANY_INSTRUCTOR),
    "conflicts.unsettled": Row(lambda _, a: conflicts.unsettled(a), ANY_INSTRUCTOR | {NOBODY, ERASED}),
    "drafts.begin": Row(lambda _, a: drafts.begin(a), ANY_INSTRUCTOR),
    "drafts.discard": Row(lambda w, a: drafts.discard(a, w.draft), ITS_INSTRUCTOR),
    "drafts.duplicate": Row(lambda _, a: drafts.duplicate(a, "frog"), ANY_INSTRUCTOR),
    "drafts.edit": Row(lambda _, a: drafts.edit(a, "frog"), ANY_INSTRUCTOR),
    "drafts.from_text": Row(lambda _, a: drafts.from_text(a, "Who jumps?\n*A. frog\nB. toad"), ANY_INSTRUCTOR),
    "drafts.keep": Row(lambda w, a: drafts.keep(a, w.draft, 0, topic="pond", content={}), ITS_INSTRUCTOR),
    "drafts.mine": Row(lambda _, a: drafts.mine(a), ANY_INSTRUCTOR),
    "drafts.read": Row(lambda w, a: drafts.read(a, w.draft), ITS_INSTRUCTOR),
    "drafts.retype": Row(lambda w, a: drafts.retype(a, w.unwritten, 0, "numeric"), ITS_INSTRUCTOR),
    "exam.go_to": Row(lambda w, a: exam.go_to(a, *w.exam, 2), ITS_STUDENT),
    "exam.save": Row(lambda w, a: exam.save(a, *w.exam, [0], seen=0), ITS_STUDENT),
    "grade_books.grade_book": Row(lambda w, a: grade_books.grade_book(a, w.group, "moodle"), ITS_INSTRUCTOR),
    "home.home": Row(lambda _, a: home.home(a), ANYBODY),
    "insights.active": Row(lambda _, a: insights.active(a, Wanted()), ANYBODY),
    "insights.judgement": Row(lambda _, a: insights.judgement(a, Wanted()), ANYBODY),
    "insights.pace": Row(lambda _, a: insights.pace(a, Wanted()), ANYBODY),
    "mine.history": Row(lambda _, a: mine.history(a), ANYBODY),
    "mix_ups.of_class": Row(lambda w, a: mix_ups.of_class(a, w.group, AnswerFilter()), ITS_INSTRUCTOR),
    "notices.mine": Row(lambda _, a: notices.mine(a), ANYBODY),
    "notices.put_away": Row(lambda _, a: notices.put_away(a, [1]), ANYBODY),
    "people.rename": Row(lambda _, a: people.rename(a, "Somebody else"), PERSON),
    "people.set_time_zone": Row(lambda _, a: people.set_time_zone(a, "Asia/Kathmandu"), PERSON),
    "people.settle": Row(
        lambda _, a: people.settle(a, asks_confidence=True, shows_keys=False, text_size=TextSize.LARGE), PERSON
    ),
    "meeting.go_on": Row(lambda w, a: meeting.go_on(a, w.draft, 0, Way.MINE), ITS_INSTRUCTOR),
    "meeting.meeting": Row(lambda w, a: meeting.meeting(a, w.draft), ITS_INSTRUCTOR),
    # it looks at the roles that it is given, and reads nothing
    "permissions.require_instructor": Row(
        lambda _, a: permissions.require_instructor(a), ANY_INSTRUCTOR | {NOBODY, ERASED}
    ),
    "pictures.read": Row(lambda w, a: pictures.read(a, w.picture), PERSON),
    "pictures.take": Row(lambda _, a: pictures.take(a, encoded("JPEG")), ANY_INSTRUCTOR),
    "prepared.fetch": Row(lambda w, a: prepared.fetch(a, w.file), ITS_STUDENT),
    "privacy.download": Row(lambda _, a: privacy.download(a), PERSON),
    "privacy.erase": Row(lambda _, a: privacy.erase(a, a.name), PERSON),
    "repeating.repeat": Row(lambda w, a: repeating.repeat(a, w.told.quiz), ITS_STUDENT),
    "repeating.repeat_open_mistakes": Row(lambda _, a: if_any(repeating.repeat_open_mistakes, a), ANYBODY),
    "repeating.repeat_red_flags": Row(lambda _, a: if_any(repeating.repeat_red_flags, a), ANYBODY),
    "rescoring.foresee": Row(lambda _, a: rescoring.foresee(a, question("heron")), ANY_INSTRUCTOR),
    "rescoring.history": Row(lambda _, a: rescoring.history(a, "heron"), ANY_INSTRUCTOR),
    "rescoring.preview": Row(lambda w, a: rescoring.preview(a, "heron", w.corrected), ANY_INSTRUCTOR),
    "rescoring.rescore": Row(lambda w, a: rescoring.rescore(a, "heron", w.corrected, "So it is."), ANY_INSTRUCTOR),
    "rescoring.undo": Row(lambda w, a: rescoring.undo(a, w.marking, "It is not so."), ANY_INSTRUCTOR),
    "results.repeat_mistakes": Row(lambda w, a: results.repeat_mistakes(a, w.practice.quiz), ITS_STUDENT),
    "results.result": Row(lambda w, a: results.result(a, w.practice.quiz), ITS_STUDENT),
    "reviewing.drop_proposal": Row(lambda w, a: reviewing.drop_proposal(a, "newt", w.proposed), ANY_INSTRUCTOR),
    "reviewing.judge": Row(lambda w, a: reviewing.judge(a, w.version, Judgement.APPROVE), ANY_INSTRUCTOR),
    "reviewing.publish": Row(lambda _, a: reviewing.publish(a, "frog"), ANY_INSTRUCTOR),
    "reviewing.retire": Row(lambda _, a: reviewing.retire(a, "frog"), ANY_INSTRUCTOR),
    "saving.check": Row(lambda _, a: saving.check(a, A_DRAFT), ANY_INSTRUCTOR | {NOBODY, ERASED}),
    "saving.save": Row(lambda w, a: saving.save(a, w.draft, 0, "as it was", publish=True), ITS_INSTRUCTOR),
    "topics.add": Row(lambda _, a: topics.add(a, f"Frogs of {a.name}"), ANY_INSTRUCTOR),
    "topics.all_topics": Row(lambda _, a: topics.all_topics(a), ANY_INSTRUCTOR | {NOBODY, ERASED}),
    "topics.change": Row(lambda _, a: topics.change(a, "pond", f"Pond of {a.name}"), ANY_INSTRUCTOR),
    "topics.order": Row(lambda _, a: topics.order(a, list(bank.catalogue().topics)[::-1]), ANY_INSTRUCTOR),
    "topics.remove": Row(lambda _, a: topics.remove(a, topics.add(a, f"Toads of {a.name}")), ANY_INSTRUCTOR),
    "versions.opened": Row(lambda _, a: versions.opened(a, "frog"), ANY_INSTRUCTOR),
    "versions.restore": Row(lambda w, a: versions.restore(a, "frog", w.version, w.version), ANY_INSTRUCTOR),
    "roster.preview": Row(
        lambda w, a: roster.preview(a, w.group, b"name,username\nSwen Swan,swen\n", "list.csv"), ITS_INSTRUCTOR
    ),
    "roster.take_in": Row(lambda w, a: roster.take_in(a, w.group, w.preview), ITS_INSTRUCTOR),
    "scores.of_class": Row(lambda w, a: scores.of_class(a, w.group), ITS_INSTRUCTOR),
    "sharing.code_of": Row(lambda w, a: sharing.code_of(a, w.practice.quiz), ITS_STUDENT),
    "sharing.start_from_code": Row(lambda w, a: sharing.start_from_code(a, w.share_code or ""), PERSON),
    "sheets.own": Row(lambda w, a: sheets.own(a, attempt(w.practice.quiz)), ITS_STUDENT),
    "shelf.find": Row(lambda _, a: shelf.find(a, Search(text="frog")), ANY_INSTRUCTOR),
    "showing.reveal": Row(lambda w, a: showing.reveal(a, w.begun, 1), ITS_INSTRUCTOR),
    "showing.shown": Row(lambda w, a: showing.shown(a, w.begun), ITS_INSTRUCTOR),
    "shown.as_file": Row(lambda w, a: shown.as_file(a, w.group, AnswerFilter(), "scores"), ITS_INSTRUCTOR),
    "signing_in.places": Row(lambda _, a: signing_in.places(a), ANYBODY),
    "signing_in.sign_out_everywhere": Row(lambda _, a: signing_in.sign_out_everywhere(a), ANYBODY),
    "sources.add": Row(lambda _, a: sources.add(a, f"{a.name}. Of frogs."), ANY_INSTRUCTOR),
    "sources.change": Row(lambda _, a: sources.change(a, "Brehm64", f"{a.name}. Of toads."), ANY_INSTRUCTOR),
    "sources.missing": Row(lambda _, a: sources.missing(a), ANY_INSTRUCTOR | {NOBODY, ERASED}),
    "sources.remove": Row(lambda _, a: sources.remove(a, sources.add(a, f"{a.name}. Of newts.")), ANY_INSTRUCTOR),
    "sources.search": Row(lambda _, a: sources.search(a, "frog"), ANY_INSTRUCTOR | {NOBODY, ERASED}),
    "questions.of": Row(lambda _, a: questions.of(a, "frog"), ANY_INSTRUCTOR),
    "statistics.state": Row(lambda _, a: statistics.state(a), ANY_INSTRUCTOR),
    "students.history": Row(lambda w, a: students.history(a, w.group, w.student), ITS_INSTRUCTOR),
    "study.answer": Row(lambda w, a: study.answer(a, *w.practice, [0], seen=0), ITS_STUDENT),
    "study.finish": Row(lambda w, a: study.finish(a, w.exam.quiz), ITS_STUDENT),
    "study.flag": Row(lambda w, a: study.flag(a, *w.exam, True), ITS_STUDENT),
    "study.go_on": Row(lambda w, a: study.go_on(a, *w.practice), ITS_STUDENT),
    "study.sheet": Row(lambda w, a: study.sheet(a, w.exam.quiz), ITS_STUDENT),
    "study.skip": Row(lambda w, a: study.skip(a, *w.practice), ITS_STUDENT),
    "study.start": Row(lambda _, a: study.start(a), PERSON),
    "study.start_fixed": Row(lambda _, a: study.start_fixed(a, ["mole"]), PERSON),
    "study.start_like": Row(lambda w, a: study.start_like(a, w.practice.quiz), ITS_STUDENT),
}

# What a page or a route may call before it knows who is here, and why.
OPEN = {
    "It finds out who is here, or forgets it; a token or a password is what is asked.": {
        "signing_in.sign_in",
        "signing_in.sign_out",
        "signing_in.sign_out_provider",
        "signing_in.who",
        "signing_in.who_by_provider",
    },
    "A one-time link or the code of a class lets in whoever has it.": {
        "accounts.invited",
        "accounts.register",
        "accounts.use_link",
        "classes.name_for_code",
    },
    "Without sign-in there is one person, who has every role.": {"people.local_person"},
    "It tells nothing about anybody: the topics of the bank, what a process does by itself.": {
        "app.current",
        "app.healthy",
        "bank.catalogue",
        "reviewing.approval_shown",
        "pictures.sizes",
        "processes.give_sign",
        "processes.leave",
        "prepared.forget_old",
        "signing_in.forget_tries",
    },
    "It reckons with what it is given, and reads and writes nothing.": {
        "accounts.good_sign_in_name",
        "answering.ability",
        "answering.answer",
        "answering.remembered",
        "answering.traits",
        "answers.called",
        "cast.students",
        "permissions.require_real",
        "schedule.sessions",
        "term.kept_until",
        "term.term",
        "accounts.plain_code",
        "meeting.compared",
        "drafts.said",
        "meeting.joined",
        "saving.as_checked",
        "reviewing.wait_words",
        "drafts.form_of",
        "saving.gives_other_marks",
        "saving.in_its_case",
        "app.random_seed",
        "bulk.good_tag",
        "app.utc_now",
        "ends.ends_at",
        "passwords.hash_password",
        "passwords.is_outdated",
        "signing_in.sign_of",
        "passwords.matches",
        "passwords.require_good",
        "pictures.shown_by",
        "people.good_name",
        "people.tidy_name",
        "responses.as_csv",
        "results.shares",
        "roster.links_as_csv",
        "marking.fitting",
        "attention.slips",
        "in_class.count",
        "in_class.scores_of",
        "in_class.without_attempt",
        "mistakes.put_right",
        "scores.plain",
        "scores.topic_shares",
        "taken.chosen",
        "sheets.as_told",
        "sheets.first_open_part",
        "sheets.next_open",
        "figures.as_told",
        "figures.figures_from",
        "figures.scores_from",
        "prepared.told_in_words",
        "responses.marked_by",
        "responses.told_in_words",
        "responses.responses_of",
        "sheets.part_follows",
        "sheets.position_of",
        "signing_in.hash_of",
        "signing_in.plain_name",
        "texts.plain",
        "texts.rules",
        "texts.text_of",
        "texts.title_of",
    },
}

# For whoever has a shell on the server: no page and no route calls it.
CONSOLE = {
    "accounts.add_person",
    "accounts.everybody",
    "accounts.find",
    "accounts.first_link",
    "accounts.reset",
    "accounts.set_roles",
    "app.open_app",
    "app.open_for_upkeep",
    "app.use",
    "bank.check",
    "bank.conflicts",
    "bank.sync",
    "commands.scores",
    "loading.load",
    "everything.everything",
    "maintenance.backup",
    "maintenance.copy",
    "maintenance.find_damage",
    "maintenance.rebuild_caches",
    "maintenance.restore",
    "maintenance.upgrade",
    "pulling.pull",
    "removing.remove",
    "responses.analyse",
}

# A part of other services, which ask: it takes their app or their transaction, and no page or route calls it.
WITHIN = {
    "in_class.close_run_out",
    "in_class.read",
    "listing.listed",
    "mistakes.find",
    "taken.read",
    "taken.run_out",
    "bank.conflicting",
    "drafts.editable",
    "drafts.others_now",
    "drafts.own",
    "reviewing.approval",
    "reviewing.due_again",
    "reviewing.may_be_asked",
    "reviewing.set_status",
    "saving.new_id",
    "saving.store_version",
    "telling_apart.keep_apart",
    "telling_apart.tell_others_apart",
    "accounts.new_link",
    "accounts.open_class",
    "choosing.draw",
    "drawing.begin",
    "drawing.items_of",
    "permissions.assignment_given",
    "permissions.assignment_taught",
    "permissions.class_taught",
    "permissions.member_of",
    "permissions.require_person",
    "permissions.require_successor",
    "pictures.set_changed_aside",
    "pictures.take_in",
    "pictures.write_out",
    "prepared.prepare",
    "processes.require_nobody",
    "rows.rows_of",
    "ends.move_ends",
    "ends.set_ends",
    "marking.mark",
    "marking.sweep",
    "sheets.close",
    "sheets.key_of",
    "sheets.overdue",
    "sheets.shown",
    "sheets.standing",
    "sheets.tells",
    "sheets.told",
    "signing_in.open_sign_in",
    "questions.analyse",
    "statistics.refresh",
    "texts.catch_up",
    "texts.note",
    "study.change",
    "terms.require_sound",
}
