"""Questions about one attribute of one thing: a table cell or a `key: value` line."""

import re
from collections.abc import Callable

from assistant.finetuning.extractors.quantities import measure
from assistant.finetuning.text import word_set
from assistant.finetuning.wording.clauses import DETERMINERS, PREPOSITIONS
from assistant.finetuning.wording.verbs import AUXILIARIES, NOUN_TOO, PARTICIPLES, VERBS

_PRICE = re.compile(r"\b(?:price|cost|fee|charge)\b", re.IGNORECASE)
_LONG = re.compile(
    r"\b(?:time|warranty|life|duration|period|interval|retention|delay|notice|validity|term)\b"
)
_PERSON = re.compile(
    r"^(?:owner|manager|contact|author|lead|head|director|responsible|officer)(?: person)?$"
)
_ASKING = re.compile(r"^(?:what|who|whom|whose|when|where|which|why|how)\b")
_PLURAL = re.compile(r"(?:[a-z -]*[^su]s|(?:[a-z -]+ )?(?:people|staff))")
_AFTER_HEAD = re.compile(r" (?:per|in|of|with|to|for|without|between|by|on|at|from)\b")
_EMPTY_HEADS = word_set(
    """also and but else etc if no not or other others same see so then there this that those these
    yes it todo"""
)
_ASIDE = re.compile(
    r"(?:see(?: also| above| below)?|note(?:s|d)?(?: that| well)?|n\.? ?b\.?|tips?|hints?|warnings?"
    r"|caution|attention|important|remember|for example|examples?|e\.? ?g\.?|i\.? ?e\.?|remarks?"
    r"|p\.? ?s\.?|todo|figure|fig|table|source|sources)\.?"
)
_QUALITIES = word_set(
    """correct wrong right better worse best worst good bad open closed true false new old likely
    first last next"""
)
_ADJECTIVE = re.compile(r"(?:able|ible|ed|ful|proof|free|ready|safe)$")
_MEANING = frozenset({"meaning", "definition", "explanation"})
_WEAK_ENDS = PREPOSITIONS | {"every", "each", "most", "least"}
_CONSTANT: dict[str, tuple[str, ...]] = {
    "mass": ("How much does {s} weigh?", "How heavy is {s}?", "What is the weight of {s}?"),
    "weight": ("How much does {s} weigh?", "How heavy is {s}?", "What is the mass of {s}?"),
    "name": ("What is the name of {s}?", "What is {s} called?", "Which name does {s} have?"),
    "note": ("What note is there on {s}?", "What should one know about {s}?"),
    "notes": ("What note is there on {s}?", "What should one know about {s}?"),
    "fits": ("What does {s} fit?", "Which product is {s} for?"),
    "description": ("What is {s}?", "How is {s} described?", "What kind of thing is {s}?"),
    "entry": ("What is given for {s}?", "What does the entry for {s} say?", "What goes with {s}?"),
    "colour": ("What colour is {s}?", "Which colour does {s} have?"),
    "color": ("What color is {s}?", "Which color does {s} have?"),
    "location": ("Where is {s}?", "What is the location of {s}?"),
    "place": ("Where is {s}?", "In which place is {s}?"),
    "address": ("What is the address of {s}?", "At which address is {s}?"),
}
"""Attributes that English asks for in words of their own."""


def says_nothing(label: str) -> bool:
    """Whether a column or key asks for nothing by itself: `why`, `by`, `then`, `n`, `7`."""
    words = re.findall(r"[^\W_]+", label.lower())
    if len(words) > 1:
        return False
    word = words[0] if words else ""
    year = re.fullmatch(r"(?:19|20)\d\d", word)
    asks = _ASKING.fullmatch(word) is not None and word != "who"
    bare = len(word) < 2 or (word.isdigit() and not year)
    return asks or bare or word in _EMPTY_HEADS | PREPOSITIONS | DETERMINERS


def is_aside(key: str) -> bool:
    """Whether `key: ...` only opens a remark: `Note`, `See also`, `Example`."""
    return _ASIDE.fullmatch(key.strip().lower()) is not None


def lower_label(label: str) -> str:
    """A column name as it stands in mid-sentence; acronyms, codes and names in it stay."""
    head, *tail = label.split() or [""]
    kept = any(c.isupper() or c.isdigit() for c in head[1:]) or len(head) == 1
    return " ".join([head if kept else head.lower(), *tail])


def attribute_questions(subject: str, attribute: str, value: str, noun: str = "") -> list[str]:
    """Ways to ask for an attribute, most natural first; none for one that `says_nothing`.

    Args:
        subject: the thing, as it should stand in the question (`the GW-31`).
        attribute: the column name or key, without its unit.
        value: the answer, which decides between `how much`, `how long`, `when` ...
        noun: what the thing is (`kit`), empty when unknown.
    """
    label = lower_label(attribute).strip(" :?")
    if says_nothing(label):
        return []
    sort = measure(value).sort if re.search(r"\d", value) else ""
    plain = noun in {"", "person"} or subject.lower().startswith("the ")
    named = subject if plain else f"the {noun} {subject}"
    if value.lower() in {"yes", "no"}:
        return _yes_or_no(subject, named, label)
    if label in _CONSTANT:
        forms = _CONSTANT[label]
        return [
            *(form.format(s=subject) for form in forms),
            f"What is given as {label} for {named}?",
        ]
    if label in _MEANING:
        return [
            f"What does {subject} mean?",
            f"What is {named}?",
            f"How is {subject} described?",
            f"What does {named} stand for?",
        ]
    if _ASKING.match(label):
        return [f"For {subject}, {label}?", f"{_upper(label)} in the case of {named}?"]
    if not is_noun_phrase(label):
        return [
            f'What is stated under "{attribute}" for {subject}?',
            f"{_upper(subject)}, {label}?",
            f'What does the entry "{attribute}" say for {named}?',
        ]
    return _noun_phrase(subject, named, label, value, sort)


def is_noun_phrase(label: str) -> bool:
    """Whether `the <label> of X` reads well.

    Not `joined`, `replace every`, `5 to 30 kg`, `look at first`, `no passages`, `a changed page`,
    `confidently wrong`, `readings kept` or `mass, empty`.
    """
    words = label.split()
    if not words or len(words) > 4 or words[0][0].isdigit() or "," in label or says_nothing(label):
        return False
    last, first = words[-1].lower(), words[0].lower()
    form = VERBS.get(first)
    verbal = first in PARTICIPLES or (form is not None and not form.ambiguous)
    if first in DETERMINERS | PREPOSITIONS - {"off", "inside", "outside"} or last in _QUALITIES:
        return False
    if any(word in PARTICIPLES - NOUN_TOO for word in words[1:]):
        return False
    return last not in _WEAK_ENDS and not (verbal and len(words) < 3) and last[0].isalnum()


def _noun_phrase(subject: str, named: str, label: str, value: str, sort: str) -> list[str]:
    if _PLURAL.fullmatch(_AFTER_HEAD.split(label)[0]):
        if sort in {"bare", "count"}:
            return [
                f"How many {label} does {subject} have?",
                f"What is the number of {label} for {named}?",
                f"How many {label} are there for {subject}?",
            ]
        return [
            f"What are the {label} of {subject}?",
            f"Which {label} does {named} have?",
            f"What {label} are given for {subject}?",
        ]
    questions = [f"What is the {label} of {subject}?"]
    if _PRICE.search(label) or sort == "money":
        questions += _price(subject, named, label)
    elif sort == "duration" or (_LONG.search(label) and sort):
        questions.append(f"How long is the {label} of {subject}?")
    elif _PERSON.match(label) and value[:1].isupper() and not sort:
        questions = [f"Who is the {label} of {subject}?", f"Who is named as {label} for {named}?"]
    questions.append(f"Which {label} does {named} have?")
    questions.append(f"What {label} is given for {subject}?")
    return questions


def _price(subject: str, named: str, label: str) -> list[str]:
    if re.fullmatch(r"(?:list |unit )?(?:price|cost)", label):
        return [f"How much does {subject} cost?", f"What does {named} cost?"]
    return [f"How much is the {label} of {subject}?", f"What is the {label} for {named}?"]


def _yes_or_no(subject: str, named: str, label: str) -> list[str]:
    words, first = label.split(), subject.lower().split()
    doing = VERBS.get(first[0])
    if len(first) > 1 and (first[-1] in PARTICIPLES or (doing and doing.base == first[0])):
        asks_whether = f"{_upper(subject)}, {label}: yes or no?"  # `Disk encrypted`, `See readings`
        return [asks_whether, f'Is it "yes" or "no" for {subject} under "{label}"?']
    if words[0].lower() in AUXILIARIES and len(words) > 1:
        does, rest = _upper(words[0].lower()), " ".join(words[1:])
        return [f"{does} {subject} {rest}?", f"{_upper(subject)}, {label}: yes or no?"]
    if re.match(r"[A-Z]{1,4}-?\d", label):
        asked: list[Callable[[str], str]] = [
            lambda s: f"Does {s} work with the {label}?",
            lambda s: f"Is {s} suitable for the {label}?",
        ]
    elif _ADJECTIVE.search(label):
        asked = [lambda s: f"Is {s} {label}?", lambda s: f"Would you say that {s} is {label}?"]
    else:
        asked = [lambda s: f"Does {s} have {label}?", lambda s: f"Is {label} part of {s}?"]
    return [asked[0](subject), asked[1](named), f"{_upper(subject)}, {label}: yes or no?"]


def reverse_question(noun: str, attribute: str, answer: str) -> str:
    """Asks for the row by its cell: `Which kit has Nitrate as N as its analyte?`."""
    label, thing = lower_label(attribute).strip(" :?"), noun or "one"
    who = "Who" if noun == "person" else f"Which {thing}"
    if label in _MEANING:
        return f"Which {thing} means: {answer}?"
    if _ASKING.match(label) or not is_noun_phrase(label):
        return f'For which {thing} is "{answer}" given under "{attribute}"?'
    return f"{who} has {answer} as {'the' if who == 'Who' else 'its'} {label}?"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
