"use strict";
// Everything from documents and models goes in by textContent: never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const make = (tag, text, name) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (name) node.className = name;
  return node;
};
const dialog = document.getElementById("detail");
function show(question, focus) {
  const body = dialog.querySelector(".body");
  body.replaceChildren(make("h2", question.question));
  body.append(make("p", question.answerable
    ? "Reference: " + (question.references.join(" / ") || "see checks") : "Unanswerable on purpose", "note"));
  for (const a of question.answers) {
    if (focus && a.approach !== focus) continue;
    body.append(make("h3", a.approach + ": " + (a.outcome || "not scored") + (a.graded ? " (graded)" : "")));
    body.append(make("pre", a.error || a.text || "(nothing)"));
    body.append(make("p", a.explanation, "note"));
    for (const id of a.passages) {
      const box = make("details");
      box.append(make("summary", data.passages[id].source), make("pre", data.passages[id].text));
      body.append(box);
    }
    if (a.prompt.length) {
      const box = make("details");
      box.append(make("summary", "Prompt (passages as above)"));
      for (const m of a.prompt) box.append(make("p", m.role, "note"), make("pre", m.content));
      body.append(box);
    }
  }
  dialog.showModal();
}
dialog.querySelector(".close").addEventListener("click", () => dialog.close());
const tests = {
  all: () => true,
  differ: (q) => new Set(q.answers.map((a) => a.outcome)).size > 1,
  "any wrong": (q) => q.answers.some((a) => a.outcome === "incorrect" || a.outcome === "abstained"),
  "confidently wrong": (q) => q.answers.some((a) => a.outcome === "incorrect"),
  abstained: (q) => q.answers.some((a) => a.outcome === "abstained"),
  "left out": (q) => !q.counted,
  graded: (q) => q.answers.some((a) => a.graded),
};
const body = document.querySelector(".matrix tbody");
const count = document.getElementById("shown");
const letters = { correct: "right", incorrect: "wrong", abstained: "declined" };
function draw(name) {
  const rows = data.questions.filter(tests[name]);
  body.replaceChildren(...rows.map((q) => {
    const row = make("tr");
    const cell = make("td");
    const open = make("button", q.question);
    open.addEventListener("click", () => show(q));
    cell.append(open);
    row.append(cell);
    for (const name of data.approaches) {
      const a = q.answers.find((x) => x.approach === name);
      const outcome = a ? a.outcome || "unscored" : "unscored";
      const td = make("td");
      const b = make("button", letters[outcome] || "not scored", outcome);
      if (a) b.addEventListener("click", () => show(q, name));
      td.append(b);
      row.append(td);
    }
    return row;
  }));
  count.textContent = rows.length + " of " + data.questions.length + " questions";
  for (const b of document.querySelectorAll(".filters button"))
    b.setAttribute("aria-pressed", String(b.dataset.name === name));
}
for (const name of Object.keys(tests)) {
  const b = make("button", name);
  b.dataset.name = name;
  b.addEventListener("click", () => draw(name));
  document.querySelector(".filters").append(b);
}
draw("all");
const slider = document.getElementById("volume");
if (slider) {
  const update = () => {
    const volume = Math.round(Math.pow(10, Number(slider.value)));
    document.getElementById("volume-said").textContent = volume.toLocaleString("en") + " questions a month";
    document.getElementById("cost-said").textContent = data.costs
      .map((c) => c.name + " " + (c.fixed + c.per_answer * volume).toLocaleString("en", { maximumFractionDigits: 0 }))
      .join(", ") + " " + data.currency;
  };
  slider.addEventListener("input", update);
  update();
}
