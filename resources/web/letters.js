// Messages that could not be used: the dead letter topic.

import { ask, element, make, moment, number, say, useSecondPress } from "/assets/site.js";

export const letterTexts = {
  letters: ["Сообщения, которые не удалось разобрать", "Messages that could not be used"],
  lettersShort: ["Неразобранное", "Unusable"],
  lettersHow: [
    "Отправленное ещё раз остаётся и здесь; дважды отправленная задача выполняется один раз.",
    "What is sent once more stays here, too; a job that is sent twice is done once."],
  lettersRefresh: ["Прочитать заново", "Read again"],
  lettersAll: ["Отправить показанные ещё раз", "Send those shown once more"],
  lettersSure: ["Точно отправить {count}?", "Send {count}, really?"],
  letterAgain: ["Отправить ещё раз", "Send once more"],
  letterTitle: ["Сообщение", "Message"],
  letterPlace: ["Место", "Place"],
  letterFrom: ["Откуда", "From"],
  letterReason: ["Причина", "Reason"],
  letterTime: ["Время", "Time"],
  lettersSent: ["Отправлено: {sent} из {count}.", "Sent: {sent} of {count}."],
  letterFault: ["{letter}: {error}.", "{letter}: {error}."],
};

/** Starts the section; `load` reads the topic's end, `show` writes the letters anew. */
export function startLetters() {
  /** Null until they could be read. */
  let letters = null;
  let next = null;
  let opened = null;

  const place = (letter) => `${letter.partition}/${letter.offset}`;

  async function load(before) {
    const query = new URLSearchParams({ limit: "25" });
    if (before) query.set("before", before);
    element("letters-note").textContent = "";
    try {
      const { body } = await ask("GET", `/api/admin/dead-letters?${query}`);
      letters = before ? [...letters, ...body.letters] : body.letters;
      next = body.next;
      show();
    } catch (error) {
      element("letters-note").textContent = error.message;
    }
  }

  function show() {
    if (letters === null) return;
    const titles = ["letterTime", "letterPlace", "letterFrom", "letterReason", "open"].map((key) =>
      make("th", { scope: "col" }, say(key)));
    const rows = letters.map((letter) => {
      const button = make("button", { type: "button", class: "plain", "aria-label": `${say("open")} ${place(letter)}` }, say("open"));
      button.addEventListener("click", () => open(letter));
      const from = letter.original_topic === null
        ? "—" : `${letter.original_topic}/${letter.original_partition}/${letter.original_offset}`;
      return make("tr", {}, make("td", {}, moment(letter.timestamp)), make("td", {}, place(letter)), make("td", {}, from),
        make("td", { class: "text" }, letter.error_reason.slice(0, 160)), make("td", {}, button));
    });
    if (rows.length === 0) rows.push(make("tr", {}, make("td", { class: "dim", colspan: titles.length }, say("nothing"))));
    element("letter-list").replaceChildren(
      make("table", {}, make("thead", {}, make("tr", {}, ...titles)), make("tbody", {}, ...rows)));
    element("letters-more").hidden = next === null;
    element("letters-all").disabled = letters.length === 0;
  }

  async function open(letter) {
    try {
      const { body } = await ask("GET", `/api/admin/dead-letters/${place(letter)}`);
      opened = body;
      element("letter-facts").replaceChildren(...Object.entries(body).filter(([, value]) => value !== null).flatMap(
        ([name, value]) => [make("dt", {}, name), make("dd", {}, name === "timestamp" ? moment(value) : String(value))]));
      element("letter-note").textContent = "";
      element("letter-send").disabled = body.original_topic === null;
      if (!element("letter-dialog").open) element("letter-dialog").showModal();
    } catch (error) {
      element("letters-note").textContent = error.message;
    }
  }

  /** One request holds a hundred letters at most. */
  async function send(places, note) {
    let sent = 0;
    const faults = [];
    try {
      for (let start = 0; start < places.length; start += 100) {
        const { body } = await ask("POST", "/api/admin/dead-letters/redrive", {
          body: { letters: places.slice(start, start + 100) } });
        sent += body.letters.filter((one) => one.sent_to).length;
        faults.push(...body.letters.filter((one) => one.error).map((one) => say("letterFault", one)));
      }
    } catch (error) {
      faults.push(error.message);
    }
    const words = say("lettersSent", { sent: number(sent), count: number(places.length) });
    element(note).textContent = [words, ...faults.slice(0, 5)].join(" ");
  }

  element("letters-refresh").addEventListener("click", () => load());
  element("letters-more").addEventListener("click", () => load(next));
  element("letter-send").addEventListener("click", () => send([place(opened)], "letter-note"));
  element("letter-close").addEventListener("click", () => element("letter-dialog").close());
  useSecondPress(element("letters-all"), "lettersAll", "lettersSure", () => send(letters.map(place), "letters-note"),
    () => ({ count: number(letters.length) }));
  return { load, show };
}
