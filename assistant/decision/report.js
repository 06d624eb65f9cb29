"use strict";
// Everything from documents and models goes in by textContent: never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
// Names of marks stand once, in a list; rows hold their places in it.
// Asked in the run, or beside it: by the forgetting check, by the learning curve.
const measured = { run: data.questions, ...data.beside };
for (const q of Object.values(measured).flat())
  for (const one of [q, ...q.answers]) one.marks = new Set(one.marks.map((i) => data.marks[i]));
const make = (tag, text, name) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (name) node.className = name;
  return node;
};
const fold = (summary, ...inside) => {
  const box = make("details");
  box.append(make("summary", summary), ...inside);
  return box;
};
const words = { correct: "right", incorrect: "wrong", abstained: "declined" };
const outcome = (a) => words[a && a.outcome] || "not scored";

// ---- the answers behind a number ----
const dialog = document.getElementById("detail");
const inside = dialog.querySelector(".body");
function open(title, ...nodes) {
  document.getElementById("detail-title").textContent = title;
  inside.replaceChildren(...nodes);
  dialog.showModal();
  inside.scrollTop = 0;
}
dialog.querySelector(".close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

const passages = (a) => a.passages.map(([number, place]) => [number, data.passages[place]]);
const citation = (a, number) => a.citations.find(([n]) => n === number);
function source([number, passage], cited) {
  const said = !cited ? "" : cited[1] ? " (cited: contains the answer)" : " (cited: does not say it)";
  return fold("Source: " + passage.source + said, make("pre", passage.text));
}
function prompt(a, spent) {
  const messages = a.prompt.flatMap(([role, text]) => [make("p", role, "note"), make("pre", data.texts[text])]);
  return fold("Prompt" + spent + (a.passages.length ? " (passages as above)" : ""), ...messages);
}
function answerNodes(a) {
  const nodes = [make("pre", a.error || a.text || "(nothing)")];
  if (a.explanation) nodes.push(make("p", a.explanation, "note"));
  if (a.seconds !== undefined) nodes.push(make("p", "Asked alone on a warm model: " + a.seconds + " s", "note"));
  for (const found of passages(a)) nodes.push(source(found, citation(a, found[0])));
  if (a.prompt.length) {
    const spent = a.tokens ? ", " + a.tokens[0] + " tokens in, " + a.tokens[1] + " out" : "";
    nodes.push(prompt(a, spent));
  }
  return nodes;
}
function reference(q) {
  const said = q.answerable ? "Reference: " + (q.references.join(" / ") || "see its checks") : "Unanswerable on purpose: declining is right";
  const was = q.was.length ? ". Before the documents changed: " + q.was.join(" / ") : "";
  return make("p", said + was + (q.left ? ". Not compared: " + q.left : ""), "note");
}
function everyAnswer(q, focus) {
  const nodes = [];
  for (const a of q.answers) {
    if (focus && a.approach !== focus) continue;
    const graded = a.marks.has("graded") ? " (graded by a person)" : "";
    nodes.push(make("h3", a.approach + ": " + outcome(a) + graded), ...answerNodes(a));
  }
  return nodes;
}
function showQuestion(q, focus) {
  open(q.question, reference(q), ...everyAnswer(q, focus));
}
// A row that is filled when it is first opened.
function row(fill, ...head) {
  const box = make("details", undefined, "row");
  const summary = make("summary");
  summary.append(...head);
  box.append(summary);
  box.addEventListener("toggle", () => {
    if (box.open && box.childElementCount === 1) box.append(...fill());
  });
  return box;
}
const word = (a) => make("span", outcome(a), "word " + (a.outcome || "unscored"));
const who = (rows, a) => (rows.approach ? "" : a.approach + ": ");
const drawAnswer = (rows) => ([q, a]) => row(() => [reference(q), ...answerNodes(a)], word(a), " " + who(rows, a) + q.question);
// How surprised each model is by given words: a text, or the right answer beside its passage.
const nats = (a) => make("span", a.loss.toFixed(2) + " nats a token", "word");
const short = (text) => text.length > 90 ? text.slice(0, 87) + "..." : text;
function lossNodes(q) {
  const told = q.answers.map((a) => a.approach + " " + a.loss.toFixed(2)).join(", ") + " nats a token on these words:";
  const words = make("pre", q.references.length ? q.references[0] : q.question);
  const first = q.answers[0], shown = passages(first).map((found) => source(found));
  return [make("p", told, "note"), words, ...shown, ...(first.prompt.length ? [prompt(first, "")] : [])];
}
const drawQuestion = ([q]) => row(() => [reference(q), ...everyAnswer(q)], q.question);

// ---- what each unit of a number is made of ----
const merged = (...sets) => new Set(sets.flatMap((s) => [...s]));
function* answers(rows) {
  for (const q of measured[rows.measure])
    for (const a of q.answers)
      if (!rows.approach || a.approach === rows.approach) yield [q, a];
}
const every = (rows) => (x) => rows.whole.every((m) => x.marks.has(m));
const isPart = (rows) => (x) => rows.part.every((m) => x.marks.has(m));
function grouped(rows, key) {
  const groups = new Map();
  const members = (rows.approach ? units.answers : units.questions)(rows).filter(every(rows));
  for (const one of members) {
    const name = one.question[key];
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(one);
  }
  return [...groups.values()].map((found) => {
    const title = found[0].question.question + (found.length > 1 ? " (and " + (found.length - 1) + " more)" : "");
    return { marks: merged(...found.map((x) => x.marks)), draw: () => row(() => found.map((x) => x.draw()), title) };
  });
}
const units = {
  answers: (rows) => [...answers(rows)].map(([q, a]) => ({
    question: q, marks: merged(q.marks, a.marks), draw: () => drawAnswer(rows)([q, a]),
  })),
  questions: (rows) => measured[rows.measure].map((q) => {
    const own = rows.approach && q.answers.find((a) => a.approach === rows.approach);
    return { question: q, marks: merged(q.marks, own ? own.marks : []), draw: () => drawQuestion([q]) };
  }),
  citations: (rows) => [...answers(rows)].flatMap(([q, a]) => a.citations.map((cited) => {
    const [number, holds, written] = cited;
    const shown = passages(a).find(([n]) => n === number);
    const marks = merged(a.marks, written ? ["written by the model"] : [], holds ? ["says it"] : []);
    const cites = shown ? source(shown, cited) : make("p", "There is no passage " + number + ".", "note");
    cites.open = true;
    return { marks, draw: () => row(() => [cites, reference(q), ...answerNodes(a)], word(a), " [" + number + "] " + q.question) };
  })),
  facts: (rows) => grouped(rows, "fact"),
  clusters: (rows) => grouped(rows, "cluster"),
  texts: (rows) => [...answers(rows)].map(([q, a]) => ({
    marks: merged(q.marks, a.marks), draw: () => row(() => lossNodes(q), nats(a), " " + who(rows, a) + short(q.question)),
  })),
  files: () => data.files.map((name) => ({ marks: new Set(), draw: () => make("p", name, "row") })),
};
function showRows(title, [approach, whole, part, unit, measure]) {
  const rows = { approach, whole, part, unit, measure };
  const found = units[unit](rows).filter(every(rows));
  const hits = found.filter(isPart(rows)), rest = found.filter((x) => !isPart(rows)(x));
  const count = part.length ? hits.length + " of " + found.length : String(found.length);
  const one = found.length === 1 ? unit.replace(/s$/, "") : unit;
  const nodes = [make("p", count + " " + one, "note"), ...hits.map((x) => x.draw())];
  if (rest.length) {
    const others = fold("The other " + rest.length, ...rest.map((x) => x.draw()));
    others.className = "rest";
    others.open = !hits.length;
    nodes.push(others);
  }
  open(title, ...nodes);
}
for (const button of document.querySelectorAll("button.opens"))
  button.addEventListener("click", () => {
    showRows(button.getAttribute("aria-label").split("; show the ")[0], JSON.parse(button.dataset.rows));
  });

// ---- every question ----
const some = (q, ...outcomes) => q.answers.some((a) => outcomes.includes(a.outcome));
const filters = {
  all: () => true,
  differ: (q) => new Set(q.answers.map((a) => a.outcome)).size > 1,
  "any wrong": (q) => some(q, "incorrect", "abstained"),
  "confidently wrong": (q) => some(q, "incorrect"),
  abstained: (q) => some(q, "abstained"),
  stale: (q) => q.marks.has("stale"),
  "needs review": (q) => q.marks.has("needs review"),
  "left out": (q) => q.marks.has("left out"),
  graded: (q) => q.answers.some((a) => a.marks.has("graded")),
};
const matrix = document.querySelector(".matrix tbody");
function draw(name) {
  const found = data.questions.filter(filters[name]);
  matrix.replaceChildren(...found.map((q) => {
    const row = make("tr");
    const head = make("th");
    head.scope = "row";
    const all = make("button", q.question);
    all.type = "button";
    all.addEventListener("click", () => showQuestion(q));
    head.append(all);
    row.append(head);
    for (const approach of data.approaches) {
      const a = q.answers.find((x) => x.approach === approach);
      const cell = make("td");
      if (a) {
        const one = make("button", outcome(a), a.outcome || "unscored");
        one.type = "button";
        one.addEventListener("click", () => showQuestion(q, approach));
        cell.append(one);
      }
      row.append(cell);
    }
    return row;
  }));
  document.getElementById("shown").textContent = found.length + " of " + data.questions.length + " questions";
  for (const b of document.querySelectorAll(".filters button"))
    b.setAttribute("aria-pressed", String(b.dataset.name === name));
}
for (const name of Object.keys(filters)) {
  const b = make("button", name + " (" + data.questions.filter(filters[name]).length + ")");
  b.type = "button";
  b.dataset.name = name;
  b.addEventListener("click", () => draw(name));
  document.querySelector(".filters").append(b);
}
draw("all");

// ---- cost lines ----
const chart = document.getElementById("cost-chart");
const number = (x, digits = 0) => x.toLocaleString("en", { maximumFractionDigits: digits });
const round = (x) => x < 1 ? x.toLocaleString("en", { maximumSignificantDigits: 2 }) : number(x, x < 100 ? 2 : 0);
function redraw() {
  const value = (id) => Number(document.getElementById(id).value);
  const say = (id, text) => { document.getElementById(id).textContent = text; };
  const volume = Math.round(10 ** value("volume"));
  const tokens = 2 ** value("tokens"), machines = 2 ** value("machines");
  const lines = data.costs.map((c) => ({ name: c.name, correct: c.correct, fixed: (c.hosting + c.refresh) * machines, slope: c.answer * tokens }));
  say("volume-said", number(volume));
  say("tokens-said", "x" + number(tokens, 2));
  say("machines-said", "x" + number(machines, 2));
  const told = lines.map((c) => {
    const cost = c.fixed + c.slope * volume;
    return c.name + " " + round(cost) + (c.correct ? " (" + round(cost / (volume * c.correct)) + " per correct answer)" : "");
  });
  say("cost-said", "A month, " + data.currency + ": " + told.join("; "));
  const most = Math.max(4 * volume, 1), top = Math.max(...lines.map((c) => c.fixed + c.slope * most)) || 1;
  const y = (cost) => 250 - (cost / top) * 230;
  const placed = [];
  const order = lines.map((c, i) => [c.fixed + c.slope * most, i]).sort((a, b) => a[0] - b[0]);
  for (const [end, i] of order) {
    const line = chart.querySelector('[data-line="' + i + '"]'), name = chart.querySelector('[data-name="' + i + '"]');
    line.setAttribute("y1", y(lines[i].fixed));
    line.setAttribute("y2", y(end));
    const at = Math.min(y(end) + 4, ...placed.map((p) => p - 16));
    placed.push(at);
    name.setAttribute("y", at);
  }
  for (const part of [0, 0.5, 1]) {
    chart.querySelector('[data-cost="' + part + '"]').textContent = round(top * part);
    chart.querySelector('[data-volume="' + part + '"]').textContent = number(most * part);
  }
  chart.querySelector("[data-chosen]").textContent = "volume " + number(volume);
  chart.setAttribute("aria-label", told.join("; ") + " " + data.currency + " a month");
}
if (chart) {
  for (const id of ["volume", "tokens", "machines"]) document.getElementById(id).addEventListener("input", redraw);
  redraw();
}
