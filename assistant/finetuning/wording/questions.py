"""Questions about a value in a sentence, made by moving the sentence's own words."""

import re
from dataclasses import replace

from assistant.finetuning.extractors.dates import is_clock
from assistant.finetuning.wording.clauses import PREPOSITIONS, Clause, lower_first, parse_clause
from assistant.finetuning.wording.marked import HOLE, SUBCLAUSE, Marked, Slot, finish, inverted
from assistant.finetuning.wording.quantities import quantity_questions
from assistant.finetuning.wording.readings import readings
from assistant.finetuning.wording.verbs import AUXILIARIES, BE, VERBS

_TAIL = re.compile(
    r"\b(?P<preposition>for|within|after|in|at|by|on|since|until|from|to|of|every|before|with"
    r"|through|as)?\s*(?:the\s)?(?P<hedge>about|approximately|around|roughly|exactly|only|up to"
    r"|at least|at most|no more than|no later than|not more than|more than|less than|fewer than"
    r"|over|under|nearly|almost)?\s*$"
)
_PART_OF_MORE = re.compile(r"(?:\b(?:a|an|the|than|and|or|between)|[-/(±])\s*$")
_BEGINS_PHRASE = PREPOSITIONS | {"when", "if", "once"}
MAX_CORE_WORDS = 9


def value_questions(
    marked: Marked,
    kind: str,
    *,
    person: bool = False,
    names: frozenset[str] = frozenset(),
    antecedent: str = "",
) -> tuple[str, ...]:
    """Questions whose answer is the marked value; none when the sentence is not plain enough.

    Args:
        marked: the sentence and where the value stands in it.
        kind: the fact's kind (`number`, `date`, `code`, `email`, `name`).
        person: whether a name is a person's.
        names: words that keep their capital letter.
        antecedent: what a leading `it` stands for.

    Returns:
        Up to three questions, most natural first, without the value in them.
    """
    if kind in {"name", "code", "email"} and (found := _about_subject(marked, kind, person, names)):
        return found
    leads = marked.before.strip().lower() in PREPOSITIONS
    text = marked.before + HOLE + (marked.after if leads else SUBCLAUSE.sub("", marked.after))
    for clause in readings(text, names, antecedent):
        if HOLE in clause.lead:
            made = _about_lead(clause) if kind == "date" else []
        else:
            slot = _slot(clause, marked.value)
            made = _about_slot(slot, kind, person) if slot is not None else []
        if made:
            return tuple(finish(question) for question in made)
    return ()


def _about_slot(slot: Slot, kind: str, person: bool) -> list[str]:
    if kind == "number":
        return quantity_questions(slot)
    if kind == "date":
        return _date(slot)
    if kind == "email":
        return [_ask(slot, f"{slot.preposition} which address")]
    return _thing(slot, kind, person)


def _slot(clause: Clause, value: str) -> Slot | None:
    """Where the value stands behind the verb; None when it is only part of a larger phrase."""
    if HOLE not in clause.rest:
        return None
    before, after = clause.rest.split(HOLE, 1)
    clause, before = _second_verb(clause, before)
    tail = _TAIL.search(before)
    preposition, hedge = (tail["preposition"] or "", tail["hedge"] or "") if tail else ("", "")
    core = (before[: tail.start()] if tail else before).strip()
    if _PART_OF_MORE.search(before) and not hedge.endswith("than"):
        return None
    if after[:1] in {"'", "’", "-", "/"}:
        return None
    if "," in core or ":" in core or "(" in core or len(core.split()) > MAX_CORE_WORDS:
        return None
    after = after.strip()
    if after and after.split()[0].lower() not in _BEGINS_PHRASE:
        after = ""
    return Slot(clause, value, preposition, hedge, core, after)


def _second_verb(clause: Clause, before: str) -> tuple[Clause, str]:
    """`costs 5 EUR and covers [50 devices]`: the verb nearest to the value asks the question."""
    match = re.search(r"^.*,?\b(?:and|but) (?P<verb>[a-z]+)(?P<rest>\s.*)?$", before, re.DOTALL)
    form = VERBS.get(match["verb"]) if match else None
    if match is None or (form is None and match["verb"] not in AUXILIARIES):
        return clause, before
    rest = match["rest"] or ""
    if match["verb"] in AUXILIARIES - {"has", "have", "had", "do", "does", "did"} or form is None:
        return replace(clause, auxiliary=match["verb"], verb="", finite=match["verb"]), rest
    if form.auxiliary == "do" and clause.auxiliary in AUXILIARIES and not clause.verb:
        return replace(clause, verb=form.base), rest
    return replace(clause, auxiliary=form.auxiliary, verb=form.base, finite=match["verb"]), rest


def _ask(slot: Slot, opening: str) -> str:
    return inverted(opening, slot.clause, slot.core, slot.after)


def _about_subject(
    marked: Marked, kind: str, person: bool, names: frozenset[str]
) -> tuple[str, ...]:
    """`Ada Byron leads the team.` -> `Who leads the team?`; `Error E-1 ...` -> `Which error`."""
    noun = re.fullmatch(
        r"(?:(?:The|An?|If an?)\s)?(?!(?:The|An?)\b)([^\W\d_]+(?:\s[a-z]+)?)\s", marked.before
    )
    if marked.after[:1] != " " or (not noun and marked.before.strip('"“ ') not in {"", "The"}):
        return ()
    if noun and (noun[1].split()[-1].lower() in PREPOSITIONS | set(VERBS) or kind == "name"):
        return ()
    clause = parse_clause(f"Xx{marked.after.rstrip('.! ')}")
    if clause is None or clause.lead or clause.subject.lower() != "xx":
        return ()
    rest = SUBCLAUSE.sub("", clause.rest) if "," in clause.rest else clause.rest
    if len(rest.split()) < 2:
        return ()
    if noun:
        opening = f"which {lower_first(noun[1], names)}"
    elif kind == "name":
        opening = "who" if person else "what"
    else:
        opening = "what" if re.match(r"(?:the )?[A-Z]{2,}", marked.value) is None else "which one"
        if clause.finite in {"means", "shows", "indicates", "is", "was", "are"}:
            opening = "what"
    return (finish(f"{opening} {clause.finite} {rest}"),)


def _about_lead(clause: Clause) -> list[str]:
    """`On 3 May 2020, the plant opened.` -> `When did the plant open?`."""
    match = re.match(
        rf"(on|in|since|until|by|from|before|after|at)\s{HOLE}$", clause.lead, re.IGNORECASE
    )
    if match is None:
        return []
    word = match[1].lower()
    opening = "when" if word in {"on", "in", "at"} else f"{word} when"
    rest = SUBCLAUSE.sub("", clause.rest) if "," in clause.rest else clause.rest
    return [inverted(opening, clause, rest)]


def _date(slot: Slot) -> list[str]:
    word, value, clause = slot.preposition, slot.value, slot.clause
    if clause.auxiliary in BE and not (clause.verb or slot.core or word):
        asked = f"{clause.auxiliary} {clause.subject} {slot.after}"
        return [f"what {asked}", f"when {asked}"]
    if word not in {"on", "in", "at", "by", "since", "until", "from", "before", "after"}:
        return []
    ranged = re.search(r"\bto\b|\D[-–]|\d\s?[-–]\s?\d+:", value) is not None
    if ranged or word in {"on", "in", "at"}:
        questions = [_ask(slot, "when")]
    else:
        questions = [_ask(slot, f"{word} when")]
    if ranged:
        return questions
    if is_clock(value):
        questions.append(_ask(slot, f"{'at' if word == 'on' else word} what time"))
    elif word == "on" and re.match(r"\d{1,2}\D", value):
        questions.append(_ask(slot, "on what date"))
    elif word == "in" and value.isdigit():
        questions.append(_ask(slot, "in what year"))
    return questions


def _thing(slot: Slot, kind: str, person: bool) -> list[str]:
    """Codes and names."""
    word, clause = slot.preposition, slot.clause
    who = "who" if person else "what"
    if clause.auxiliary in BE and not (clause.verb or slot.core or word):
        return [f"{who} {clause.auxiliary} {clause.subject} {slot.after}"]
    if word == "by" and kind == "name":
        many = len(slot.value.split()) > 1
        return [f"{_ask(slot, 'who' if person or many else 'what')} by"]
    if word in {"in", "at", "from"} and kind == "name" and not person:
        return [_ask(slot, "from where" if word == "from" else "where")]
    if word in {"to", "with", "for", "from", "of", "on"} and person:
        return [_ask(slot, f"{word} whom")]
    if not slot.core and not word and clause.verb:
        return [inverted("whom" if person else "what", clause, slot.after)]
    return []
