// The operators' page: what happens, and jobs. The other sections have files of their own.

import { ask, element, language, make, moment, number, pause, say, useKeyField, useTexts } from "/assets/site.js";
import { keyTexts, startKeys } from "/assets/keys.js";
import { letterTexts, startLetters } from "/assets/letters.js";
import { plot } from "/assets/plot.js";
import { processTexts, queueRows, readQueue, startLog } from "/assets/process.js";
import { startPrompts } from "/assets/prompts.js";

const texts = {
  ...keyTexts,
  ...letterTexts,
  ...processTexts,
  skip: ["К задачам", "Skip to the jobs"],
  title: ["GigaOffice AI: оператору", "GigaOffice AI: operators"],
  overview: ["Обзор", "Overview"],
  jobs: ["Задачи", "Jobs"],
  prompts: ["Промпты", "Prompts"],
  tryIt: ["Попробовать", "Try it"],
  gateTitle: ["Нужен ключ администратора", "The administrator's key is needed"],
  keyHint: ["Введите ключ", "Enter the key"],
  enter: ["Войти", "Enter"],
  updated: ["Обновлено в {time}", "As of {time}"],
  throughput: ["Завершено в минуту", "Ended per minute"],
  latency: ["Время выполнения, с", "Time of a job, s"],
  depth: ["Очередь и выполнение, пока открыта страница", "Queue and running, while this page is open"],
  now: ["сейчас", "now"],
  secondsAgo: ["{count} с назад", "{count} s ago"],
  minutesAgo: ["{count} мин назад", "{count} min ago"],
  done: ["готово", "done"],
  failed: ["ошибки", "failed"],
  cancelled: ["отменено", "cancelled"],
  median: ["медиана", "median"],
  p95: ["95 %", "95 %"],
  wait: ["ожидание", "wait"],
  waiting: ["ждут", "waiting"],
  running: ["выполняются", "running"],
  tileWaiting: ["ждут в очереди", "wait in the queue"],
  tileRunning: ["выполняются, мест {slots}", "run, of {slots} slots"],
  tileOldest: ["ждёт самая старая", "the oldest waits"],
  tileEnded: ["завершено за {minutes} мин", "ended in {minutes} min"],
  tileFailed: ["из них с ошибкой", "of them failed"],
  tileHealth: ["состояние", "health"],
  atLeast: ["не меньше {count}", "at least {count}"],
  byCategory: ["Очередь по категориям", "Queue by category"],
  byClient: ["Очередь по клиентам", "Queue by client"],
  byError: ["Ошибки по видам", "Errors by class"],
  byWorker: ["Обработчики", "Workers"],
  byModel: ["Места у моделей", "Slots of models"],
  byComponent: ["Зависимости", "Dependencies"],
  unknown: ["ещё не определена", "not known yet"],
  nothing: ["пусто", "nothing"],
  jobsOfSlots: ["{jobs} из {slots}", "{jobs} of {slots}"],
  jobID: ["Номер задачи", "Job's id"],
  jobState: ["Состояние", "State"],
  anyState: ["любое", "any"],
  client: ["Клиент", "Client"],
  find: ["Найти", "Find"],
  older: ["Показать более ранние", "Show older ones"],
  found: ["Найдено: {count}. Просмотрено не больше {examined} последних.", "Found: {count}, among the {examined} youngest at most."],
  job: ["Задача", "Job"],
  created: ["Создана", "Created"],
  tries: ["Попытки", "Tries"],
  query: ["Задача или ошибка", "Task or error"],
  open: ["Открыть", "Open"],
  retry: ["Повторить", "Run again"],
  cancelJob: ["Отменить", "Cancel"],
  close: ["Закрыть", "Close"],
  doneNow: ["Сделано.", "Done."],
  kind: ["Что", "What"],
  presets: ["Готовые задачи", "Ready-made tasks"],
  categories: ["Категории", "Categories"],
  new: ["Создать", "New"],
  save: ["Сохранить", "Save"],
  hide: ["Скрыть от клиентов", "Hide from clients"],
  show: ["Показать клиентам", "Show to clients"],
  remove: ["Удалить", "Delete"],
  sure: ["Точно удалить?", "Delete, really?"],
  versions: ["Версии", "Versions"],
  restore: ["Вернуть", "Restore"],
  version: ["№ {number}, {time}: {action}, {author}", "No. {number}, {time}: {action}, {author}"],
  newItem: ["Новый", "New"],
  saved: ["Сохранено, версия {version}.", "Saved, version {version}."],
  removed: ["Удалено.", "Deleted."],
  name: ["Название", "Name"],
  systemName: ["Имя (a-z, 0-9, _)", "Name (a-z, 0-9, _)"],
  template: ["Текст задачи", "The task's text"],
  description: ["Пояснение", "Description"],
  displayName: ["Показываемое название", "Title"],
  order: ["Порядок", "Order"],
  uses: ["Использований", "Uses"],
};

const states = ["queued", "processing", "completed", "failed", "cancelled"];
/** Milliseconds between two looks, and how many of them the live plot keeps. */
const interval = 3000;
const kept = 200;
/** Kafka is asked at every so manyth look. */
const queueEvery = 5;
const live = { waiting: [], running: [] };
let shownJobs = [];
let lastOverview = null;
let lastHealth = null;
let lastQueue = { queue: null, fault: null };
let looks = 0;
let lookAgain = new AbortController();
/** The parts of the page with files of their own: `load` fetches what they show, `show` writes it anew. */
const sections = [];

useTexts(texts, () => {
  document.title = language === "ru" ? "GigaOffice AI — оператору" : "GigaOffice AI — operators";
  element("job-state").replaceChildren(
    make("option", { value: "" }, say("anyState")), ...states.map((state) => make("option", { value: state }, state)));
  if (lastOverview) show();
  if (shownJobs.length > 0) showJobs();
  for (const section of sections) section.show?.();
});
useKeyField(element("key"));
sections.push(startPrompts(), startKeys(), startLetters(), startLog());
element("gate").addEventListener("submit", (event) => {
  event.preventDefault();
  element("gate").hidden = true;
  lookAgain.abort();
});
watch();

/** Looks for ever; while the page is not seen it does not ask. */
async function watch() {
  for (;;) {
    if (!document.hidden && element("gate").hidden) await look();
    lookAgain = new AbortController();
    try {
      await pause(interval, lookAgain.signal);
    } catch {
      continue;
    }
  }
}

async function look() {
  try {
    const [overview, health] = await Promise.all([
      ask("GET", "/api/admin/overview"), ask("GET", "/api/health").catch(() => null)]);
    lastOverview = overview.body;
    lastHealth = health?.body ?? null;
    live.waiting = [...live.waiting, lastOverview.queue.jobs].slice(-kept);
    live.running = [...live.running, lastOverview.running.jobs].slice(-kept);
    if (element("content").hidden) {
      element("content").hidden = false;
      for (const section of sections) section.load();
      findJobs();
    }
    if (looks % queueEvery === 0) readQueue().then(showQueue);
    looks += 1;
    fail(null);
    show();
  } catch (error) {
    if (error.status === 401 || error.status === 403) return askForKey(error);
    fail(error);
  }
}

function askForKey(error) {
  element("content").hidden = true;
  element("gate").hidden = false;
  element("gate-reason").textContent = error.message;
  element("key").focus();
}

function fail(error) {
  element("error").hidden = error === null;
  element("error").textContent = error?.message ?? "";
}

// Overview

function showQueue(answer) {
  lastQueue = answer;
  show();
}

function show() {
  const { queue, running, ended, models } = lastOverview;
  element("state").textContent = say("updated", { time: new Date(lastOverview.timestamp).toLocaleTimeString(language) });
  const failures = ended.errors.reduce((sum, error) => sum + error.jobs, 0);
  const count = (jobs, isComplete) => isComplete ? number(jobs) : say("atLeast", { count: number(jobs) });
  element("tiles").replaceChildren(
    tile(count(queue.jobs, queue.is_complete), say("tileWaiting")),
    tile(number(running.jobs), say("tileRunning", { slots: number(running.slots) })),
    tile(queue.oldest ? age(queue.oldest.age_seconds) : "—", say("tileOldest"), queue.oldest?.request_id),
    tile(count(ended.jobs, ended.is_complete), say("tileEnded", { minutes: ended.seconds / 60 })),
    tile(number(failures), say("tileFailed")),
    tile(lastQueue.queue ? number(lastQueue.queue.lag) : "—", say("tileLag")),
    tile(lastHealth?.status ?? "—", say("tileHealth")));
  showPlots(ended);
  element("tables").replaceChildren(
    list("byCategory", queue.by_category.map((one) => [one.category ?? say("unknown"), number(one.jobs)])),
    list("byClient", queue.by_client.map((one) => [one.client ?? "—", number(one.jobs)])),
    list("byError", ended.errors.map((one) => [one.class, number(one.jobs)])),
    list("byWorker", running.workers.map((one) => [one.owner, say("jobsOfSlots", one)])),
    list("byModel", models.map((one) => [one.resource, say("jobsOfSlots", { jobs: one.slots, slots: one.demand })])),
    ...queueRows(lastQueue).map(([title, rows]) => list(title, rows)),
    list("byComponent", Object.entries(lastHealth?.components ?? {}).map(([name, one]) => [
      name, `${one.status}${one.latency_ms === null ? "" : `, ${number(one.latency_ms, 1)} ms`}`])));
}

function tile(value, words, job) {
  const content = [make("strong", {}, value), make("span", {}, words)];
  if (!job) return make("div", { class: "tile" }, ...content);
  const button = make("button", { type: "button", class: "plain" }, say("open"));
  button.addEventListener("click", () => openJob(job));
  return make("div", { class: "tile" }, ...content, " ", button);
}

function showPlots(ended) {
  const count = ended.seconds / ended.step_seconds;
  const steps = Array.from({ length: count }, () => null);
  for (const step of ended.steps) if (step.age < count) steps[count - 1 - step.age] = step;
  const perMinute = (field) => steps.map((step) => (step?.[field] ?? 0) * 60 / ended.step_seconds);
  const seconds = (field) => steps.map((step) => step?.[field] ?? null);
  plot(element("plot-ends"), [
    { name: say("done"), values: perMinute("completed") }, { name: say("failed"), values: perMinute("failed") },
    { name: say("cancelled"), values: perMinute("cancelled") }], ended.seconds);
  plot(element("plot-times"), [
    { name: say("median"), values: seconds("median_seconds") }, { name: say("p95"), values: seconds("p95_seconds") },
    { name: say("wait"), values: seconds("wait_seconds") }], ended.seconds);
  plot(element("plot-queue"), [
    { name: say("waiting"), values: live.waiting }, { name: say("running"), values: live.running }],
  (live.waiting.length - 1) * interval / 1000);
}

function list(title, rows) {
  const body = rows.length > 0
    ? rows.map(([name, value]) => make("tr", {}, make("td", {}, name), make("td", { class: "number" }, value)))
    : [make("tr", {}, make("td", { class: "dim" }, say("nothing")))];
  return make("div", { class: "card" }, make("h3", {}, say(title)), make("table", {}, make("tbody", {}, ...body)));
}

function age(seconds) {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part, index) => index === 0 ? String(part) : String(part).padStart(2, "0")).join(":");
}

// Jobs

element("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const id = element("job-id").value.trim();
  if (id) openJob(id);
  else findJobs();
});
element("more").addEventListener("click", () => findJobs(shownJobs.at(-1)?.request_id));

async function findJobs(before) {
  const query = new URLSearchParams({ limit: "25" });
  if (element("job-state").value) query.set("state", element("job-state").value);
  if (element("job-client").value.trim()) query.set("client", element("job-client").value.trim());
  if (before) query.set("before", before);
  try {
    const { body } = await ask("GET", `/api/admin/jobs?${query}`);
    shownJobs = before ? [...shownJobs, ...body.jobs] : body.jobs;
    element("more").hidden = body.jobs.length < 25;
    element("jobs-note").textContent = say("found", {
      count: number(shownJobs.length), examined: number(body.examined) });
    showJobs();
  } catch (error) {
    element("jobs-note").textContent = error.message;
  }
}

function showJobs() {
  const titles = ["created", "jobState", "client", "tries", "query", "open"].map((key) =>
    make("th", { scope: "col" }, say(key)));
  const rows = shownJobs.map((job) => {
    const button = make("button", { type: "button", class: "plain", "aria-label": `${say("open")} ${job.request_id}` }, say("open"));
    button.addEventListener("click", () => openJob(job.request_id));
    const words = job.error ? `${job.error.class}: ${job.error.message}` : job.query_text;
    return make("tr", {},
      make("td", {}, moment(job.created_at)),
      make("td", { class: job.status === "failed" ? "bad" : job.status === "completed" ? "good" : null }, job.status),
      make("td", {}, job.client), make("td", { class: "number" }, number(job.attempts)),
      make("td", { class: "text" }, words.slice(0, 160)), make("td", {}, button));
  });
  if (rows.length === 0) rows.push(make("tr", {}, make("td", { class: "dim", colspan: titles.length }, say("nothing"))));
  element("job-list").replaceChildren(
    make("table", {}, make("thead", {}, make("tr", {}, ...titles)), make("tbody", {}, ...rows)));
}

let openedJob = null;

async function openJob(id) {
  try {
    showJob((await ask("GET", `/api/admin/jobs/${encodeURIComponent(id)}`)).body);
    element("dialog-note").textContent = "";
    if (!element("dialog").open) element("dialog").showModal();
  } catch (error) {
    element("jobs-note").textContent = error.message;
  }
}

function showJob(job) {
  openedJob = job.request_id;
  const facts = Object.entries(job).filter(([, value]) => value !== null).flatMap(([name, value]) => {
    const text = name.endsWith("_at") ? moment(value) : typeof value === "object" ? JSON.stringify(value) : String(value);
    return [make("dt", {}, name), make("dd", {}, text)];
  });
  element("dialog-facts").replaceChildren(...facts);
  element("dialog-retry").disabled = !["failed", "cancelled"].includes(job.status);
  element("dialog-cancel").disabled = !["pending", "queued", "processing"].includes(job.status);
}

async function act(verb) {
  try {
    showJob((await ask("POST", `/api/admin/jobs/${openedJob}/${verb}`)).body);
    element("dialog-note").textContent = say("doneNow");
    findJobs();
  } catch (error) {
    element("dialog-note").textContent = error.message;
  }
}

element("dialog-retry").addEventListener("click", () => act("retry"));
element("dialog-cancel").addEventListener("click", () => act("cancel"));
element("dialog-close").addEventListener("click", () => element("dialog").close());
