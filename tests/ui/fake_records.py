"""The documents, questions and answers of the fake workspace."""

from assistant.schema import (
    Answer,
    Chunk,
    Citation,
    Message,
    Outcome,
    Passage,
    Question,
    Score,
    WrongKind,
)

HOSTILE = (
    "<script>document.title='owned'</script> <img src=x onerror=alert(1)> "
    "![img](http://tracker.example/x.png) [link](javascript:alert(1)) www.evil.example "
    "http://evil.example/a?b=1 mail@evil.example $\\frac{1}{2}$ $$x^2$$ :smile: :material/home: "
    ":red[red] :blue-background[x] :red-badge[y] **bold** _it_ `code` ~~gone~~ -> -- <-> "
    "&lt;b&gt; &#60;\n# heading\n- item\n1. item\n> quote\n    indented\n| a | b |\n|---|---|\n"
    "| 1 | 2 |\n---\n```\nfence\n```\n[x]: http://evil.example\n[^1]: note"
)

MANUAL = Chunk(
    "c-manual",
    "products/qx-4410-manual.pdf",
    "QX-4410 benchtop photometer: user manual",
    ("Technical data",),
    "The QX-4410 measures at 8 wavelengths with an accuracy of ±0.003 Abs.\n"
    "Warm-up time: 4 min at room temperature, 9 min below 15 °C.\n"
    "Memory: 2,000 results. Protection: IP42. Supply: 12 V, 1.5 A.",
    0,
    180,
    14,
)
TWIN = Chunk(
    "c-twin",
    "products/qx-4420-manual.pdf",
    "QX-4420 carousel photometer: user manual",
    ("Technical data",),
    "The QX-4420 measures five cuvettes at 12 wavelengths.\nWarm-up time: 7 min.\n"
    "Memory: 10,000 results. Protection: IP44.",
    0,
    120,
    11,
)
CHECKS = Chunk(
    "c-checks",
    "support/daily-checks.md",
    "Daily checks for photometers",
    ("Before the first sample",),
    "Switch the instrument on and let the lamp settle until the green light stops blinking. "
    "Then run a blank with deionised water. If E-112 appears, clean the cuvette.",
    0,
    170,
)
CHUNKS = (MANUAL, TWIN, CHECKS)

QUESTIONS = (
    Question(
        "q-1",
        "How long does the QX-4410 need to warm up?",
        references=("4 min",),
        sources=("products/qx-4410-manual.pdf#Technical data",),
        kind="number",
    ),
    Question(
        "q-2",
        "Which protection class does the QX-4420 have?",
        references=("IP44",),
        sources=("products/qx-4420-manual.pdf",),
        kind="code",
    ),
    Question("q-3", "Who repairs probes in Lisbon?", answerable=False, kind="unanswerable"),
    Question(
        "q-4",
        'Sort this ticket into one category: "Since this morning nobody on our site can log in to '
        'Skerrybase, the page says our token has expired."',
        references=("cloud-access",),
        kind="behaviour",
    ),
    *(
        Question(f"q-{n}", f"What does error code E-{n} mean?", references=("x",), kind="code")
        for n in range(104, 122)
    ),
)

NEAREST = tuple(Passage(n, c, 0.1) for n, c in enumerate((MANUAL, TWIN), 1))
SHOWN = tuple(Passage(n, c, round(0.033 - n / 1000, 4)) for n, c in enumerate(CHUNKS, 1))
TEXTS = {
    "prompt": "About 15 minutes, as for most benchtop photometers.",
    "rag": "4 min at room temperature, and 9 min below 15 °C.",
    "finetuned": "7 min",
    "hybrid": "4 min",
}
OUTCOMES = {
    "prompt": Score(
        Outcome.INCORRECT,
        "expected 4 min; the answer says 15 minutes",
        WrongKind.WRONG_VALUE,
        exact_match=0.0,
        f1=0.0,
    ),
    "rag": Score(Outcome.CORRECT, "contains 4 min", exact_match=0.0, f1=0.36),
    "finetuned": Score(
        Outcome.INCORRECT,
        "expected 4 min; 7 min belongs to the QX-4420",
        WrongKind.NEAR_TWIN,
        exact_match=0.0,
        f1=0.5,
    ),
    "hybrid": Score(Outcome.CORRECT, "equals 4 min", exact_match=1.0, f1=1.0),
}


def answer_to(question, approach):
    """The answer of one approach; every question but the first is declined."""
    reads = approach in ("rag", "hybrid")
    known = question.id in ("q-1", "free")
    text = TEXTS[approach] if known else "I don't know."
    cited = (Citation(1, MANUAL.id, True),) if reads and known else ()
    if approach == "rag" and known:
        cited += (Citation(2, TWIN.id, False, written_by_model=True),)
    prompt = f"Question: {question.question}"
    if reads:
        prompt += "".join(f"\n\n[{p.number}] {p.chunk.header}\n{p.chunk.text}" for p in SHOWN)
    return Answer(
        question_id=question.id,
        approach=approach,
        text=text,
        passages=SHOWN if reads else (),
        dropped_passages=2 if approach == "hybrid" else 0,
        nearest=() if reads else NEAREST,
        citations=cited,
        prompt_tokens=412 if reads else 38,
        completion_tokens=len(text.split()),
        finish="stop",
        model="embedded",
        adapter="a-20261120-2" if approach in ("finetuned", "hybrid") else None,
        index="i-20261121-1",
        prompt_hash="9f2c41d07ab3",
        messages=(Message("user", prompt),),
    )
