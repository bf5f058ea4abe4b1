"""Words, as rules count and compare them."""

import re


def listed(text: str) -> frozenset[str]:
    """Give the words of a list."""
    return frozenset(text.split())


_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*|\d+(?:\.\d+)?")
# words that carry no idea of their own, for telling what two texts share
_EMPTY = listed(
    """
    about above after again against along also among another answer applies apply because been before below best
    between both called cause caused causes come comes could does doing done during each either explain explains
    find finding findings first following from gives have having here into just kind least less likely made make
    makes many might more most much must near next only option other over part past patient people person rather
    right same should show shown shows since some such than that their them then there these they this those through
    under until upon used very what when where which while whose will with within without would year years your
    """
)
_ENDINGS = ("ations", "ation", "ingly", "ings", "ing", "ies", "ied", "edly", "ed", "es", "s", "ly", "al", "ic", "y")
_SYLLABLE = re.compile(r"[aeiouy]+")


def words(text: str) -> list[str]:
    """Give the words of a text in lower case."""
    return _WORD.findall(text.lower())


def stem(word: str) -> str:
    """Cut a word's ending off, so that simple inflections become one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def content_words(text: str) -> set[str]:
    """Give the stems of the words that carry an idea: four letters or more."""
    return {stem(word) for word in words(text) if len(word) >= 4 and word not in _EMPTY and not word[0].isdigit()}


def sentences(text: str) -> list[str]:
    """Cut a text into sentences."""
    return [one for one in re.split(r"(?<=[.!?:;])\s+", text.strip()) if words(one)]


def reading_grade(text: str) -> float:
    """Give the school grade that a text needs (Kincaid, Research Branch Report 8-75, US Navy 1975)."""
    said = words(text)
    if not said:
        return 0.0
    syllables = sum(max(1, len(_SYLLABLE.findall(word.removesuffix("e")))) for word in said)
    return 0.39 * len(said) / max(1, len(sentences(text))) + 11.8 * syllables / len(said) - 15.59
