"""A new user's own folder: reindex, score without an adapter, verdict; time and memory of each step.

    python tests/benchmarks/own_folder.py [--files 300] [--questions 40] [--keep FOLDER] [--write-only]

Makes a folder of mixed files (Markdown, text, HTML, PDF, DOCX, CSV; about one in twenty broken, empty,
encrypted or binary) about an invented harbour authority and questions about it, then runs the real
commands, each in a process of its own. The bar: all of it within 15 minutes on two cores.
"""

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = "import sys; from assistant.cli import main; sys.argv[0] = 'assistant'; main()"
PLACES = [
    "Kvarnholm",
    "Lissmar",
    "Orrefjord",
    "Tunnskär",
    "Vassholmen",
    "Ådal",
    "Brännö",
    "Skarvik",
]
THINGS = [
    "crane",
    "pilot boat",
    "slipway",
    "fuel jetty",
    "lock gate",
    "cold store",
    "tug",
    "beacon",
]
PEOPLE = ["Ines Halvorsen", "Milo Brandt", "Saga Öhrn", "Tariq Nouri", "Wanda Krol", "Ebbe Lindh"]
MONTHS = ["January", "March", "April", "June", "September", "November"]
FORMATS = ["md", "txt", "html", "pdf", "docx", "csv", "md", "md", "txt", "html"]


class Unit:
    """One thing in one place, with values that are its own."""

    def __init__(self, number: int) -> None:
        chance = random.Random(number)
        self.code = f"{'KLOTVAB'[number % 7]}-{1000 + number * 7}"
        self.name = f"{THINGS[number % len(THINGS)]} {self.code}"
        self.place = PLACES[(number // len(THINGS)) % len(PLACES)]
        self.owner = PEOPLE[number % len(PEOPLE)]
        self.load = f"{chance.randint(12, 980)} tonnes"
        self.interval = f"{chance.randint(2, 90)} days"
        self.fee = f"EUR {chance.randint(20, 4000)}"
        self.built = f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(1988, 2024)}"

    def sections(self) -> list[tuple[str, str]]:
        """(heading, text), some of it about nothing in particular, as in life."""
        return [
            (
                "Purpose",
                f"The {self.name} stands at {self.place} and serves vessels of every flag. It was "
                f"taken into use on {self.built}. Questions about it go to {self.owner}, who also "
                "keeps the log in which every use is written with the hour and the weather.",
            ),
            (
                "Limits",
                f"The largest permitted load of the {self.name} is {self.load}. In wind above force "
                "seven it is not used at all, whatever the master of the vessel says. Nobody walks "
                "under a hanging load, and nobody asks another person to do so.",
            ),
            (
                "Inspection",
                f"The {self.name} is inspected every {self.interval}. The inspector signs twice, once "
                "before and once after, because in the past the second look was the one forgotten. "
                "Faults are painted yellow and reported on the same day.",
            ),
            (
                "Charges",
                f"Use of the {self.name} costs {self.fee} for each call. Rescue vessels and the "
                "training ship pay nothing. Invoices are sent at the end of the month.",
            ),
        ]

    def questions(self) -> list[tuple[str, str, str]]:
        """(question, reference, heading)."""
        return [
            (f"What is the largest permitted load of the {self.name}?", self.load, "Limits"),
            (f"How often is {self.code} inspected?", f"every {self.interval}", "Inspection"),
            (f"What does a call at the {self.name} cost?", self.fee, "Charges"),
            (f"When was the {self.name} taken into use?", self.built, "Purpose"),
        ]


def as_bytes(unit: Unit, form: str) -> bytes:
    """The unit's page in one format."""
    title = f"{unit.name[0].upper()}{unit.name[1:]}, {unit.place}"
    parts = unit.sections()
    if form == "md":
        return (f"# {title}\n\n" + "\n\n".join(f"## {h}\n\n{t}" for h, t in parts)).encode()
    if form == "txt":
        return (f"{title}\n\n" + "\n\n".join(f"{h}\n{t}" for h, t in parts)).encode()
    if form == "html":
        body = "".join(f"<h2>{h}</h2><p>{t}</p>" for h, t in parts)
        return f"<html><title>{title}</title><body><h1>{title}</h1>{body}</body></html>".encode()
    if form == "csv":
        rows = [("Name", "Place", "Largest load", "Inspected every", "Charge", "In use since")]
        rows += [(unit.name, unit.place, unit.load, unit.interval, unit.fee, unit.built)]
        return "\n".join(",".join(row) for row in rows).encode()
    return _pdf(title, parts) if form == "pdf" else _docx(title, parts)


def _pdf(title: str, parts: list[tuple[str, str]]) -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    stream, styles = io.BytesIO(), getSampleStyleSheet()
    flow = [Paragraph(title, styles["Title"])]
    for heading, text in parts:
        flow += [Paragraph(heading, styles["Heading2"]), Paragraph(text, styles["BodyText"])]
    SimpleDocTemplate(stream, title=title, invariant=1).build(flow)
    return stream.getvalue()


def _docx(title: str, parts: list[tuple[str, str]]) -> bytes:
    import docx

    document, stream = docx.Document(), io.BytesIO()
    document.add_heading(title, 0)
    for heading, text in parts:
        document.add_heading(heading, 1)
        document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def _broken(number: int) -> tuple[str, bytes]:
    """(file name, bytes) of a file that cannot be read, one of six kinds."""
    from pypdf import PdfWriter

    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(stream)
    return [
        (f"empty{number}.md", b""),
        (f"locked{number}.pdf", stream.getvalue()),
        (f"torn{number}.docx", b"PK\x03\x04 cut off"),
        (f"noise{number}.txt", bytes(random.Random(number).randbytes(5000))),
        (f"scan{number}.pdf", b"%PDF-1.4\n" + b"\x00" * 400),
        (f"photo{number}.jpg", b"\xff\xd8\xff" + b"\x00" * 900),
    ][number % 6]


def write_folder(base: Path, files: int, questions: int) -> None:
    """The same files and questions every time."""
    documents, gold = base / "harbour" / "documents", []
    for number in range(files):
        if number % 20 == 19:
            name, data = _broken(number)
        else:
            unit, form = Unit(number), FORMATS[number % len(FORMATS)]
            name, data = f"{unit.place.lower()}/{unit.code.lower()}.{form}", as_bytes(unit, form)
            asked = unit.questions()
            question, reference, heading = asked[number % len(asked)]
            source = f"{name}#{heading}" if form in ("md", "html", "docx") else name
            gold.append((number, question, reference, source))
        path = documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    chance = random.Random(0)
    answerable = chance.sample(gold, min(len(gold), round(questions * 0.85)))
    rows = [
        {"id": f"q{n:04d}", "question": q, "references": [r], "sources": [s]}
        for n, q, r, s in sorted(answerable)
    ]
    rows += [
        {"id": f"u{n:04d}", "question": f"Which colour is the {Unit(n).name}?", "answerable": False}
        for n in range(questions - len(rows))
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (base / "questions.jsonl").write_text(text, encoding="utf-8")


def run(name: str, base: Path, *arguments: str) -> float:
    """One command; prints its seconds, its peak memory and the end of what it says."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ASSISTANT_HOME": str(base)}
    log = base / f"{name}.log"
    began = time.monotonic()
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", START, *arguments], cwd=base, env=environment,
            stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    code = os.waitstatus_to_exitcode(status)
    print(
        f"{name:10} {seconds:7.1f} s  (processor {usage.ru_utime + usage.ru_stime:6.1f} s, "
        f"peak {usage.ru_maxrss / 1024:,.0f} MB, exit {code})",
        flush=True,
    )
    if code:
        print(log.read_text()[-2000:])
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="Use and keep this folder.")
    parser.add_argument("--write-only", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = (options.keep or Path(temporary)).resolve()
        base.mkdir(parents=True, exist_ok=True)
        write_folder(base, options.files, options.questions)
        if options.write_only:
            return
        corpus, questions = str(base / "harbour"), str(base / "questions.jsonl")
        total = run("reindex", base, "reindex", "--corpus", corpus)
        total += run("check", base, "questions", "check", questions, "--corpus", corpus)
        total += run("score", base, "score", questions, "--corpus", corpus)
        total += run("recommend", base, "recommend", "--corpus", corpus)
        total += run("unchanged", base, "reindex", "--corpus", corpus)
        print(f"{'together':10} {total:7.1f} s  ({total / 60:.1f} of 15 minutes)")
        print((base / "reindex.log").read_text()[-1500:])
        print((base / "recommend.log").read_text())


if __name__ == "__main__":
    main()
