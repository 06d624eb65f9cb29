"""Questions about one attribute of one thing: a table cell or a `key: value` line."""

import re

from assistant.finetuning.extractors.quantities import measure

_PRICE = re.compile(r"\b(?:price|cost|fee|charge|rate)\b", re.IGNORECASE)
_MASS = re.compile(r"^(?:mass|weight)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"^(?:location|place|city|site|address|region|headquarters|office)$", re.IGNORECASE
)
_PERSON = re.compile(
    r"\b(?:owner|manager|contact|author|lead|head|director|responsible|officer|name)\b",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"\b(?:time|warranty|life|duration|period|interval|retention|delay|notice|validity|term)\b",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"^(?:date|released?|valid (?:from|until)|start|end|founded|opened|issued|from|until|deadline|due)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(r"^(?:what|who|when|where|which|how)\b", re.IGNORECASE)
_PLURAL = re.compile(
    r"^[A-Za-z -]+(?:[^s]s|people|staff|data)(?: (?:per|in|of|with|kept|included|to|for)\b.*)?$"
)


def lower_label(label: str) -> str:
    """A column name as it stands in mid-sentence: acronyms and codes keep their capitals."""
    return " ".join(
        word
        if word[1:] != word[1:].lower() or any(c.isdigit() for c in word) or len(word) == 1
        else word.lower()
        for word in label.split()
    )


def attribute_questions(subject: str, attribute: str, value: str, noun: str = "") -> list[str]:
    """Ways to ask for an attribute, most natural first.

    Args:
        subject: the thing, as it should stand in the question (`the GW-31`).
        attribute: the column name or key, without its unit.
        value: the answer, which decides between `how much`, `how long`, `when` ...
        noun: what the thing is (`kit`), empty when unknown.
    """
    label = lower_label(attribute).strip(" :?")
    sort = measure(value).sort if re.search(r"\d", value) else ""
    named = f"the {noun} {subject}" if noun and not subject.lower().startswith("the ") else subject
    if value.lower() in {"yes", "no"}:
        return _yes_or_no(subject, named, label)
    if _ASKING.match(label):
        return [f"For {subject}, {label}?", f"{_upper(label)} in the case of {named}?"]
    if label in {"meaning", "description", "definition", "explanation"}:
        return [f"What does {subject} mean?", f"What is {named}?", f"How is {subject} described?"]
    questions = [f"What is the {label} of {subject}?"]
    if _PLURAL.match(attribute) and sort in {"bare", "count"}:
        questions = [
            f"How many {label} does {subject} have?",
            f"What number of {label} applies to {subject}?",
        ]
    elif _PLURAL.match(attribute):
        questions = [f"What are the {label} of {subject}?", f"Which {label} does {subject} have?"]
    elif _PRICE.search(attribute) or sort == "money":
        questions += _price(subject, named, label)
    elif _MASS.match(attribute):
        questions += [f"How much does {subject} weigh?", f"How heavy is {named}?"]
    elif sort == "duration" or (_LONG.search(attribute) and sort):
        questions.append(f"How long is the {label} of {subject}?")
    elif _PERSON.search(attribute) and value[:1].isupper() and not sort:
        questions.append(f"Who is the {label} of {subject}?")
    elif _PLACE.match(attribute):
        questions.append(f"Where is {subject}?")
    elif _DATE_LABEL.match(attribute) and sort:
        questions = [
            f"What is the {label} date of {subject}?" if label != "date" else questions[0],
            f"For {subject}, what is the {label}?",
        ]
    questions.append(f"Which {label} does {named} have?")
    questions.append(f"What {label} is given for {subject}?")
    return questions


def _price(subject: str, named: str, label: str) -> list[str]:
    if re.fullmatch(r"(?:list |unit )?(?:price|cost)", label):
        return [f"How much does {subject} cost?", f"What does {named} cost?"]
    return [f"How much is the {label} of {subject}?", f"What is the {label} for {named}?"]


def _yes_or_no(subject: str, named: str, label: str) -> list[str]:
    if re.match(r"[A-Z]{1,4}-?\d", label):
        return [f"Does {named} work with the {label}?", f"Is {subject} suitable for the {label}?"]
    return [f"Does {named} include {label}?", f"Is there {label} with {subject}?"]


def reverse_question(noun: str, attribute: str, answer: str) -> str:
    """Asks for the row by its cell: `Which kit has the analyte Nitrate as N?`."""
    label = lower_label(attribute)
    return f"Which {noun or 'one'} has the {label} {answer}?"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
