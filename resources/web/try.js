// The page to try the service on: a table, a task, the answer as a table.

import {
  ask, copyText, element, language, make, number, pause, Refusal, say, useKeyField, useTexts,
} from "/assets/site.js";
import { parse, write } from "/assets/tsv.js";

const texts = {
  skip: ["К задаче", "Skip to the task"],
  operator: ["Оператору", "Operator"],
  yourTask: ["Ваша задача", "Your task"],
  table: ["Таблица", "Table"],
  sample: ["Вставить пример", "Use a sample"],
  clear: ["Очистить", "Clear"],
  tablePlaceholder: [
    "Скопируйте ячейки в таблице и вставьте сюда", "Copy cells in a spreadsheet and paste them here"],
  noTable: ["Без таблицы: ответ составится по одной задаче.", "No table: the answer is made of the task alone."],
  tableSize: ["Строк: {rows}, столбцов: {columns}.", "Rows: {rows}, columns: {columns}."],
  question: ["Что сделать", "What to do"],
  taskPlaceholder: ["Например: посчитай сумму по каждому товару", "For example: add up the sums for each product"],
  taskHint: ["Ctrl+Enter отправляет задачу.", "Ctrl+Enter submits the task."],
  taskMissing: ["Напишите, что сделать с таблицей.", "Say what to do with the table."],
  presets: ["Готовые задачи", "Ready-made tasks"],
  more: ["Дополнительно", "More"],
  anyCategory: ["определить автоматически", "let the service find out"],
  inputRange: ["Диапазон таблицы", "Where the table lies"],
  outputRange: ["Куда поместить ответ", "Where the answer goes"],
  keyHint: ["Введите ключ в разделе «Дополнительно».", "Enter a key under “More”."],
  submit: ["Отправить", "Submit"],
  cancel: ["Отменить", "Cancel"],
  answer: ["Ответ", "Answer"],
  answerTable: ["Таблица ответа", "The answer's table"],
  progress: ["Ход выполнения", "Progress"],
  idle: ["Здесь появится ответ.", "The answer will be shown here."],
  sending: ["Отправляем…", "Submitting…"],
  position: ["{message}. Перед вами в очереди: {count}.", "{message}. Ahead of you in the queue: {count}."],
  estimate: ["Осталось около {seconds} с.", "About {seconds} s left."],
  done: ["Готово за {seconds} с.", "Done in {seconds} s."],
  cancelled: ["Задача отменена.", "The task was cancelled."],
  failed: ["Задача не выполнена.", "The task failed."],
  warnings: ["Проверьте перед использованием:", "Check before you rely on it:"],
  resultSize: ["Строк: {rows}", "Rows: {rows}"],
  resultShown: ["Показаны первые {shown} строк из {rows}", "The first {shown} rows of {rows} are shown"],
  placed: ["место: {range}", "goes to {range}"],
  copy: ["Скопировать для таблицы", "Copy for a spreadsheet"],
  facts: ["Модель {model} ({provider}), токенов: {tokens}.", "Model {model} ({provider}), tokens: {tokens}."],
};

const sampleTable = "Товар\tМесяц\tСумма\nЧай\tянварь\t1 200\nКофе\tянварь\t850,5\nЧай\tфевраль\t1 430\nКофе\tфевраль\t910";
const shownRows = 1000;
/** How often a status that could not be had is asked for again, with a second in between. */
const patience = 10;

const [form, table, task, status, progress] = ["form", "table", "task", "status", "progress"].map(element);
let running = null;
let answer = [];

useTexts(texts, () => {
  document.title = language === "ru" ? "GigaOffice AI — попробовать" : "GigaOffice AI — try it";
  describeTable();
  if (!running && answer.length === 0) status.textContent = say("idle");
});
useKeyField(element("key"), showPresets);
showPresets();

table.addEventListener("input", describeTable);
element("sample").addEventListener("click", () => fill(sampleTable));
element("clear").addEventListener("click", () => fill(""));
element("cancel").addEventListener("click", cancel);
element("copy").addEventListener("click", copy);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    submit();
  }
});

function fill(text) {
  table.value = text;
  describeTable();
  table.focus();
}

function describeTable() {
  const rows = parse(table.value);
  element("table-hint").textContent = rows.length === 0
    ? say("noTable")
    : say("tableSize", { rows: number(rows.length), columns: number(Math.max(...rows.map((row) => row.length))) });
}

/** The presets as buttons; without them the page works all the same. */
async function showPresets() {
  let presets = [];
  try {
    presets = (await ask("GET", "/api/prompts/presets")).body.prompts;
  } catch {
    return;
  }
  const categories = new Map(presets.map((preset) => [preset.category_name, preset.category_display_name]));
  const select = element("category");
  const chosen = select.value;
  select.replaceChildren(select.firstElementChild, ...[...categories].map(([name, title]) =>
    make("option", { value: name }, title)));
  select.value = categories.has(chosen) ? chosen : "";
  element("presets").querySelector("ul").replaceChildren(...presets.map((preset) => {
    const button = make("button", { type: "button", title: preset.template }, preset.name);
    button.addEventListener("click", () => {
      task.value = preset.template;
      select.value = preset.category_name;
      task.focus();
      task.setSelectionRange(0, 0);
      task.scrollTop = 0;
    });
    return make("li", {}, button);
  }));
  element("presets").hidden = presets.length === 0;
}

// The job

async function submit() {
  if (running) return;
  clearAnswer();
  if (task.value.trim() === "") {
    showError(new Refusal(0, say("taskMissing")));
    task.focus();
    return;
  }
  running = { id: null, stop: new AbortController() };
  setBusy(true);
  status.textContent = say("sending");
  try {
    await follow(running);
  } catch (error) {
    if (error.name !== "AbortError") showError(error);
    status.textContent = say(error.name === "AbortError" ? "cancelled" : "failed");
  }
  running = null;
  setBusy(false);
}

/** What is asked; the key makes a second sending of the same click harmless. */
async function follow(job) {
  const { signal } = job.stop;
  const rows = parse(table.value);
  const accepted = await ask("POST", "/api/ai/process", {
    signal,
    headers: { "Idempotency-Key": randomName() },
    body: {
      query_text: task.value,
      input_data: rows.length > 0 ? rows : null,
      category: element("category").value || null,
      input_range: element("input-range").value.trim() || null,
      output_range: element("output-range").value.trim() || null,
    },
  });
  job.id = accepted.body.request_id;
  await untilEnded(job.id, signal);
  showResult((await ask("GET", `/api/ai/result/${job.id}`, { signal })).body);
}

async function untilEnded(id, signal) {
  for (let misses = 0; ;) {
    try {
      const { body } = await ask("GET", `/api/ai/status/${id}`, { signal, headers: { Prefer: "wait=2" } });
      misses = 0;
      showStatus(body);
      if (body.progress === 100) return;
    } catch (error) {
      const mayPass = error instanceof Refusal && (error.status === 0 || error.status >= 500);
      misses += 1;
      if (!mayPass || misses > patience) throw error;
      status.textContent = error.message;
      await pause(1000, signal);
    }
  }
}

async function cancel() {
  if (!running) return;
  const { id, stop } = running;
  element("cancel").disabled = true;
  try {
    if (id) await ask("DELETE", `/api/ai/requests/${id}`);
    else stop.abort();
  } catch (error) {
    // A job that has ended meanwhile shows its result.
    if (error.status !== 409) showError(error);
  }
}

function randomName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Showing

function setBusy(isBusy) {
  element("submit").disabled = isBusy;
  element("cancel").disabled = !isBusy;
  progress.hidden = !isBusy;
  progress.removeAttribute("value");
  form.setAttribute("aria-busy", String(isBusy));
}

function clearAnswer() {
  answer = [];
  for (const id of ["error", "warnings", "message", "result", "facts"]) element(id).hidden = true;
}

function showStatus(job) {
  const parts = [job.queue_position === null
    ? `${job.message}.`
    : say("position", { message: job.message, count: number(job.queue_position) })];
  if (job.estimated_time !== null) parts.push(say("estimate", { seconds: number(Math.ceil(job.estimated_time)) }));
  const words = parts.join(" ");
  if (status.textContent !== words) status.textContent = words;
}

function showError(error) {
  const box = element("error");
  box.replaceChildren(make("strong", {}, error.message));
  const faults = (error.faults ?? []).slice(0, 10);
  if (faults.length > 0) {
    box.append(make("ul", {}, ...faults.map((fault) =>
      make("li", {}, make("code", {}, fault.loc.slice(1).join(".")), ` — ${fault.msg}`))));
  }
  box.hidden = false;
}

function showResult(result) {
  if (!result.success) {
    if (result.status === "failed") showError(new Refusal(200, result.message));
    status.textContent = say(result.status === "failed" ? "failed" : "cancelled");
    return;
  }
  status.textContent = say("done", { seconds: number(result.processing_time, 1) });
  if (result.warnings) {
    element("warnings").replaceChildren(make("strong", {}, say("warnings")),
      make("ul", {}, ...result.warnings.map((warning) => make("li", {}, warning.message))));
    element("warnings").hidden = false;
  }
  if (result.message) {
    element("message").textContent = result.message;
    element("message").hidden = false;
  }
  if (result.result) showTable(result.result, result.output_range);
  element("facts").textContent = say("facts", {
    model: result.model, provider: result.provider, tokens: number(result.tokens_used) });
  element("facts").hidden = false;
}

function showTable(rows, range) {
  answer = rows;
  const [head, ...rest] = rows.slice(0, shownRows);
  const body = make("tbody", {}, ...rest.map((row) => make("tr", {}, ...row.map(cell))));
  const grid = make("table", {}, body);
  if (head) grid.prepend(make("thead", {}, make("tr", {}, ...head.map((title) =>
    make("th", { scope: "col" }, title === null ? "" : String(title))))));
  element("result").querySelector(".scroll").replaceChildren(grid);
  const size = rows.length > shownRows
    ? say("resultShown", { shown: number(shownRows), rows: number(rows.length) })
    : say("resultSize", { rows: number(rows.length) });
  element("result-size").textContent = range ? `${size}, ${say("placed", { range })}` : size;
  element("result").hidden = false;
}

function cell(value) {
  if (typeof value === "number") return make("td", { class: "number" }, number(value, 10));
  const text = value === null ? "" : String(value);
  return make("td", { class: text.startsWith("=") ? "formula" : null }, text);
}

async function copy() {
  const isCopied = await copyText(write(answer, language === "ru"), element("copy"));
  status.textContent = say(isCopied ? "copied" : "notCopied");
}
