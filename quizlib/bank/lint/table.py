"""The rules by name: one flaw, one function, one name."""

from quizlib.bank.lint import asking, options, telling
from quizlib.bank.lint.flaw import Rule

RULES: dict[str, Rule] = {
    "longest-key": options.longest_key,
    "clang": options.clang,
    "absolute-wrong": options.absolute_wrong,
    "hedged-key": options.hedged_key,
    "of-the-above": options.of_the_above,
    "vague-frequency": options.vague_frequency,
    "overlapping-ranges": options.overlapping_ranges,
    "unordered-numbers": options.unordered_numbers,
    "opposites": options.opposites,
    "convergence": options.convergence,
    "negative-stem": asking.negative_stem,
    "unfocused-stem": asking.unfocused_stem,
    "article-cue": asking.article_cue,
    "abbreviation": asking.abbreviation,
    "long-stem": asking.long_stem,
    "refers-to-option": telling.refers_to_option,
    "short-why": telling.short_why,
    "explanation-length": telling.explanation_length,
    "hard-reading": telling.hard_reading,
}
