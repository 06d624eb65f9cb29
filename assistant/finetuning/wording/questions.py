"""Questions about a value in a sentence, made by moving the sentence's own words."""

import re
from dataclasses import dataclass, replace

from assistant.finetuning.extractors.dates import is_clock
from assistant.finetuning.extractors.names import is_person
from assistant.finetuning.extractors.quantities import measure
from assistant.finetuning.text import plain, word_set
from assistant.finetuning.wording.clauses import PREPOSITIONS, Clause, lower_first, parse_clause
from assistant.finetuning.wording.verbs import AUXILIARIES, BE, VERBS

_HEDGES = r"(?:about|approximately|around|roughly|exactly|only|up to|at least|at most|no more than|no less than|no later than|not more than|more than|less than|fewer than|over|under|nearly|almost)"
_TAIL = re.compile(
    rf"\b(?P<prep>for|within|after|in|at|by|on|since|until|from|to|of|every|before|with|through|as)?\s*(?:the\s)?(?P<hedge>{_HEDGES})?\s*$"
)
_CUT = re.compile(
    r"\s*(?:[,;:](?=\s|$)|[–—(]|\s-\s|\b(?:and|but|so|while|whereas|or|because|unless|which|who)\b).*$",
    re.DOTALL,
)
_LINKING = word_set(
    "take last run cost weigh measure hold keep store need have allow support accept"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in plain text, cut at the value: `before + value + after`."""

    before: str
    value: str
    after: str

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> "Marked":
        """Cuts a raw sentence at `text[start:end]` and cleans the three pieces."""
        before, after = plain(text[:start] + "\uffff")[:-1], plain("\uffff" + text[end:])[1:]
        return cls(before, plain(text[start:end]), after)

    @property
    def sentence(self) -> str:
        """The whole sentence again, in plain text."""
        return self.before + self.value + self.after


def value_questions(
    marked: Marked, kind: str, names: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Questions whose answer is the marked value; none when the sentence is not plain enough.

    Args:
        marked: the sentence and where the value stands in it.
        kind: the fact's kind (`number`, `date`, `code`, `email`, `name`, ...).
        names: words that keep their capital letter.

    Returns:
        Up to three questions, most natural first, without the value in them.
    """
    if leads := _about_subject(marked, kind):
        return leads
    clause = parse_clause(marked.before + "\uffff" + _CUT.sub("", marked.after), names)
    if clause is None:
        return ()
    if "\uffff" in clause.lead:
        return _about_lead(clause, kind)
    if "\uffff" not in clause.rest:
        return ()
    before, after = clause.rest.split("\uffff", 1)
    clause, before = _second_verb(clause, before)
    return tuple(_finish(q) for q in _about_rest(clause, marked.value, kind, before, after) if q)


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


def _finish(question: str) -> str:
    question = re.sub(r"\s+([,.?])", r"\1", " ".join(question.split())).strip(" ,;:-–")
    return question[:1].upper() + question[1:] + "?"


def _about_subject(marked: Marked, kind: str) -> tuple[str, ...]:
    """`Ada Byron leads the team.` -> `Who leads the team?`"""
    if kind not in {"name", "code", "email"}:
        return ()
    if noun := re.fullmatch(
        r"(?:(?:The|An?|If an?)\s)?(?!The|An?\b)([^\W\d_]+(?:\s[a-z]+)?)\s", marked.before
    ):
        return _which(noun[1], marked)
    if marked.before.strip('"“ ') not in {"", "The"}:
        return ()
    person = kind == "name" and is_person(marked.value, marked.before, marked.after)
    after = marked.after.rstrip(".! ")
    clause = parse_clause(f"Xx{after}") if after.startswith(" ") else None
    if clause is None or clause.subject not in {"Xx", "xx"} or clause.lead:
        return ()
    rest = _CUT.sub("", clause.rest) if "," in clause.rest else clause.rest
    if len(rest.split()) < 2 and clause.finite in BE:
        return ()
    if kind == "code" and clause.finite in {"means", "shows", "indicates", "stands", "is", "was"}:
        return (
            _finish(f"Which code {clause.finite} {rest}"),
            _finish(f"What {clause.finite} {rest}"),
        )
    return (
        _finish(
            f"{'Who' if person else 'What' if kind != 'name' else 'Who or what'} {clause.finite} {rest}"
        ),
    )


def _which(noun: str, marked: Marked) -> tuple[str, ...]:
    """`Error E-104 means that the lamp is weak` -> `Which error means that the lamp is weak?`"""
    if noun.split()[-1].lower() in PREPOSITIONS | set(VERBS):
        return ()
    clause = parse_clause(f"Xx{marked.after.rstrip('.! ')}") if marked.after[:1] == " " else None
    if clause is None or clause.lead or clause.subject.lower() != "xx":
        return ()
    rest = _CUT.sub("", clause.rest) if "," in clause.rest else clause.rest
    if len(rest.split()) < 2:
        return ()
    return (_finish(f"Which {lower_first(noun)} {clause.finite} {rest}"),)


def _about_lead(clause: Clause, kind: str) -> tuple[str, ...]:
    """`On 3 May 2020, the plant opened.` -> `When did the plant open?`"""
    match = re.match(
        r"(on|in|since|until|by|from|before|after|at)\s\uffff$", clause.lead, re.IGNORECASE
    )
    if match is None or kind != "date":
        return ()
    word = match[1].lower()
    opening = "When" if word in {"on", "in", "at"} else f"{word} when"
    rest = _CUT.sub("", clause.rest) if "," in clause.rest else clause.rest
    return (_finish(_inverted(opening, clause, rest)),)


def _inverted(opening: str, clause: Clause, *rest: str) -> str:
    """Question order: `How long` + `must` + subject + verb + rest."""
    return " ".join([opening, clause.auxiliary, clause.subject, clause.verb, *rest])


def _about_rest(clause: Clause, value: str, kind: str, before: str, after: str) -> list[str]:
    tail = _TAIL.search(before)
    prep, hedge = (tail["prep"] or "", tail["hedge"] or "") if tail else ("", "")
    core = before[: tail.start()].strip() if tail else before.strip()
    after = after.strip()
    if after and after.split()[0].lower() not in PREPOSITIONS | {"when", "if", "once"}:
        after = ""
    if (
        re.search(r"(?:\b(?:a|an|the|than|and|or|between|from)|[-/(])\s*$", before)
        and prep != "from"
    ):
        return []  # the value is part of a larger phrase: "a 12-month warranty", "more than 5"
    limit = {
        "up to": "at most",
        "at most": "at most",
        "no more than": "at most",
        "not more than": "at most",
        "at least": "at least",
    }.get(hedge, "")
    if kind == "number":
        return _quantity(clause, value, prep, limit, core, after)
    if kind == "date":
        return _date(clause, value, prep, core, after)
    if kind == "email":
        opening = f"{prep} which address" if prep else "Which e-mail address"
        return [_inverted(opening, clause, core, after)]
    return _thing(clause, value, kind, prep, core, after, before)


def _quantity(
    clause: Clause, value: str, prep: str, limit: str, core: str, after: str
) -> list[str]:
    found = measure(value)
    plain_link = not core and not prep
    if clause.auxiliary in BE and plain_link and not clause.verb:
        return _quantity_is(clause, found.sort, found.unit, after)
    opening = {
        "money": "How much",
        "duration": "How long",
        "temperature": "What temperature",
        "percent": "What percentage",
        "count": f"How many {found.unit}",
        "measure": "How much",
        "bare": "How many",
    }[found.sort]
    if limit:
        after = f"{after} {limit}"
    if prep in {"every"}:
        return [_inverted("How often", clause, core, after.replace(limit, ""))]
    if prep == "from" and re.search(r"\d\D*(?:to|-|–)", value):
        range_of = "temperature range" if found.sort == "temperature" else "range"
        return [_inverted(f"in what {range_of}", clause, core, after)]
    if prep in {"of", "to", "as", "through", "from"} or (
        found.sort in {"bare", "measure"} and prep
    ):
        return []
    unit = found.unit if found.sort in {"duration", "count"} and found.unit else ""
    if prep:
        counted = (
            f"how many {unit}"
            if unit
            else {
                "money": "what price",
                "temperature": "what temperature",
                "percent": "what percentage",
            }.get(found.sort, "how much")
        )
        fronted = _inverted(f"{prep} {counted}", clause, core, after)
        if found.sort == "duration" and prep == "for":
            return [_inverted("How long", clause, core, after), fronted]
        if found.sort == "duration" and prep in {"within", "after", "in"}:
            soon = "How soon" if prep in {"within", "in"} else "After how long"
            return [fronted, _inverted(soon, clause, core, after)]
        return [fronted]
    if core and clause.verb not in _LINKING and core.split()[-1] not in {"be", "last", "take"}:
        return []
    questions = [_inverted(opening, clause, core, after)]
    if found.sort == "duration" and unit:
        questions.append(_inverted(f"How many {unit}", clause, core, after))
    if found.sort == "measure" and found.unit:
        questions = (
            [_inverted(f"How many {found.unit}", clause, core, after)]
            if len(found.unit) > 3
            else questions
        )
    return questions


def _quantity_is(clause: Clause, sort: str, unit: str, after: str) -> list[str]:
    """`The limit is 60 requests per minute` -> `What is the limit per minute?`"""
    subject, finite = clause.subject, clause.auxiliary
    wh = [f"What {finite} {subject} {after}"]
    if sort == "money":
        wh.append(f"How much {finite} {subject} {after}")
    elif sort == "duration" and not after:
        wh.append(f"How long {finite} {subject}")
    elif sort == "temperature" and not after:
        wh.append(f"What temperature {finite} {subject}")
    return wh


def _date(clause: Clause, value: str, prep: str, core: str, after: str) -> list[str]:
    if clause.auxiliary in BE and not clause.verb and not core and not prep:
        return [
            f"What {clause.auxiliary} {clause.subject} {after}",
            f"When {clause.auxiliary} {clause.subject} {after}",
        ]
    if prep in {"on", "in", "at", "by", "since", "until", "from", "before", "after"}:
        clock = is_clock(value)
        ranged = re.search(r"\bto\b|\D[-–]|\d\s?[-–]\s?\d+:", value) is not None
        opening = "When" if prep in {"on", "in", "at"} or ranged else f"{prep} when"
        made = [_inverted(opening, clause, core, after)]
        if ranged:
            return made
        if prep in {"on", "in"} and not clock:
            exact = "On what date" if re.match(r"\d{1,2}\D", value) else "In what year"
            if exact == "On what date" or value.isdigit():
                made.append(_inverted(exact, clause, core, after))
        if clock:
            made.append(
                _inverted(f"{'at' if prep == 'on' else prep} what time", clause, core, after)
            )
        return made
    return []


def _thing(
    clause: Clause, value: str, kind: str, prep: str, core: str, after: str, before: str
) -> list[str]:
    """Codes and names."""
    if before.rstrip().endswith(" the") and kind == "name":
        return []
    person = kind == "name" and is_person(value, f"{clause.subject} {before}", after)
    wh = "Who" if person else "What"
    if clause.auxiliary in BE and not clause.verb and not core and not prep:
        return [f"{wh} {clause.auxiliary} {clause.subject} {after}"]
    if prep == "by" and kind == "name":
        return [_inverted("Who", clause, core, after, "by")]
    if prep in {"in", "at", "from", "to"} and kind == "name" and not person:
        where = {"from": "From where", "to": "Where", "in": "Where", "at": "Where"}[prep]
        return [_inverted(where, clause, core, after)]
    if prep in {"to", "with", "for", "from", "of", "on"} and person:
        return [_inverted(f"{prep} whom", clause, core, after)]
    if not core and not prep and clause.verb:
        return [
            _inverted("Whom" if person else "What" if kind == "name" else "What", clause, after)
        ]
    return []
