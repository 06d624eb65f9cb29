"use strict";
// Everything from documents and models goes in by textContent: never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
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

function answerNodes(a) {
  const nodes = [make("pre", a.error || a.text || "(nothing)"), make("p", a.explanation, "note")];
  for (const [id, supported] of a.passages) {
    const said = supported === null ? "" : supported ? " (cited: contains the answer)" : " (cited: does not say it)";
    nodes.push(fold("Source: " + data.passages[id].source + said, make("pre", data.passages[id].text)));
  }
  if (a.prompt.length) {
    const messages = a.prompt.flatMap((m) => [make("p", m.role, "note"), make("pre", m.content)]);
    nodes.push(fold("Prompt, " + a.tokens[0] + " tokens in, " + a.tokens[1] + " out (passages as above)", ...messages));
  }
  return nodes;
}
function reference(q) {
  const said = q.answerable ? "Reference: " + (q.references.join(" / ") || "see its checks") : "Unanswerable on purpose: declining is right";
  return make("p", said + (q.left ? ". Not compared: " + q.left : ""), "note");
}
function showQuestion(q, focus) {
  const nodes = [reference(q)];
  for (const a of q.answers) {
    if (focus && a.approach !== focus) continue;
    const graded = a.marks.includes("graded") ? " (graded by a person)" : "";
    nodes.push(make("h3", a.approach + ": " + outcome(a) + graded), ...answerNodes(a));
  }
  open(q.question, ...nodes);
}
function rowNode([q, a]) {
  const box = make("details", undefined, "row");
  const head = make("summary");
  head.append(make("span", outcome(a), "word " + (a.outcome || "unscored")), " " + q.question);
  box.append(head);
  box.addEventListener("toggle", () => {
    if (box.open && box.childElementCount === 1) box.append(reference(q), ...answerNodes(a));
  });
  return box;
}
function showRows(title, [approach, whole, part]) {
  const rows = [];
  for (const q of data.questions)
    for (const a of q.answers)
      if (a.approach === approach && whole.every((m) => a.marks.includes(m))) rows.push([q, a]);
  const counts = (row) => part.every((m) => row[1].marks.includes(m));
  const hits = rows.filter(counts);
  const nodes = [make("p", part.length ? hits.length + " of " + rows.length + " answers" : rows.length + " answers", "note")];
  nodes.push(...hits.map(rowNode));
  const rest = rows.filter((row) => !counts(row));
  if (rest.length) nodes.push(fold("The other " + rest.length, ...rest.map(rowNode)));
  open(title, ...nodes);
}
for (const button of document.querySelectorAll("button.opens"))
  button.addEventListener("click", () => {
    showRows(button.getAttribute("aria-label").split("; show the answers")[0], JSON.parse(button.dataset.rows));
  });

// ---- every question ----
const some = (q, ...outcomes) => q.answers.some((a) => outcomes.includes(a.outcome));
const filters = {
  all: () => true,
  differ: (q) => new Set(q.answers.map((a) => a.outcome)).size > 1,
  "any wrong": (q) => some(q, "incorrect", "abstained"),
  "confidently wrong": (q) => some(q, "incorrect"),
  abstained: (q) => some(q, "abstained"),
  stale: (q) => q.stale,
  "needs review": (q) => q.left.startsWith("needs review"),
  "left out": (q) => q.left !== "",
  graded: (q) => q.answers.some((a) => a.marks.includes("graded")),
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
