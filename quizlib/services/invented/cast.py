"""Who is in the invented class: sixty names out of many places, and what each of them is like."""

from dataclasses import dataclass, replace
from random import Random

NAMES = (
    "Aino Lehtovaara",
    "Amara Nwosu",
    "Anouk de Wit",
    "Arjun Balakrishnan",
    "Ayşe Korkmazer",
    "Beatriz Salgado",
    "Bence Halmos",
    "Chiara Montefusco",
    "Chidi Anyaegbu",
    "Dalia Haddadin",
    "Daniel Ferreira Lobo",
    "Dmytro Sokolenko",
    "Eilidh Drummond-Reid",
    "Elif Tanrıverdi",
    "Emeka Udeh",
    "Farah Zamani",
    "Femke Postma",
    "Finn Aagaard",
    "Gabriela Nowicka",
    "Giorgos Mavridis",
    "Hana Vlčková",
    "Haruto Ishibashi",
    "Hoa Trinh",
    "Ibrahim Touray",
    "Inés Calderón",
    "Isla Penrose",
    "Jakub Wrzosek",
    "Jasmine Tan Hui",
    "João Valadares",
    "Jonas Lindqvist",
    "Kaveh Rostami",
    "Keira O'Dwyer",
    "Kofi Asamoah",
    "Kwame Boadu",
    "Laila Tazi",
    "Leilani Kahale",
    "Liam Corrigan",
    "Linh Pham",
    "Lucía Arriaga",
    "Lukas Brandstetter",
    "Maja Kovačić",
    "Malik Sesay",
    "Mei Qiu",
    "Milica Radovanović",
    "Min-jun Seo",
    "Miriam Rosental",
    "Nadia Haidari",
    "Nicolás Urrutia",
    "Nokuthula Mabaso",
    "Olga Hrytsenko",
    "Oskar Nyström",
    "Priya Venkatraman",
    "Rafael Quintero",
    "Rūta Kalniņa",
    "Sana Siddiqui",
    "Siobhán Keane",
    "Tariq Mansour",
    "Thandiwe Dube",
    "Yara Khoury",
    "Yusuf Warsame",
)
# of everybody, how many begin to slip behind after the middle of the term, give up for good, and have extra time
SLIP, STOP, SLOW = 0.1, 0.07, 0.05
_HOURS = {20.0: 5, 17.0: 2, 22.2: 2, 12.5: 1}


@dataclass(frozen=True)
class Student:
    """What one invented student is like.

    `ability` at the beginning and `gain` by practice are in logits, as in `answering`. `diligence` is the chance to do
    an assignment, `own` how many quizzes a week are begun beside them, `hour` the time of day of most of them. `pace`
    multiplies times, `nerve` is added to how sure they feel. `slips` and `stops` are shares of the term, 1 is never.
    """

    name: str
    ability: float
    gain: float
    diligence: float
    own: float
    hour: float
    pace: float
    nerve: float
    slips: float = 1.0
    stops: float = 1.0
    asks_confidence: bool = False
    shares_practice: bool = False
    extra_time: float = 1.0


def students(number: int, rng: Random) -> list[Student]:
    """Give as many students, in the order of their names; some of them slip behind, give up, or have extra time."""
    found = [_student(name, rng) for name in NAMES[:number]]
    order = rng.sample(range(len(found)), len(found))
    slip, stop, slow = (round(share * len(found)) for share in (SLIP, STOP, SLOW))
    for rank, place in enumerate(order):
        if rank < slip:
            found[place] = replace(found[place], slips=rng.uniform(0.55, 0.65), ability=rng.gauss(0.6, 0.3))
        elif rank < slip + stop:
            found[place] = replace(found[place], stops=rng.uniform(0.3, 0.6))
        elif rank < slip + stop + slow:
            found[place] = replace(found[place], extra_time=rng.choice((1.25, 1.5)))
        elif rank % 9 == 0:
            found[place] = replace(found[place], shares_practice=True)
    return found


def _student(name: str, rng: Random) -> Student:
    return Student(
        name=name,
        ability=rng.gauss(0, 0.8),
        gain=max(0.05, rng.gauss(0.35, 0.15)),
        diligence=min(0.99, rng.gauss(0.93, 0.06)),
        own=rng.gammavariate(2.2, 0.7),
        hour=rng.choices(list(_HOURS), list(_HOURS.values()))[0] + rng.gauss(0, 0.5),
        pace=rng.lognormvariate(0, 0.25),
        nerve=rng.gauss(0.08, 0.12),
        asks_confidence=rng.random() < 0.6,
    )
