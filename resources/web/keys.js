// API keys: making, copying once, revoking.

import { ask, copyText, element, make, moment, number, say, useSecondPress } from "/assets/site.js";

export const keyTexts = {
  keys: ["Ключи API", "API keys"],
  keyName: ["Название", "Name"],
  keyScopes: ["Права", "Scopes"],
  keyEnds: ["Действует", "Ends after"],
  keyEndsHint: ["Например 90d, 12h или 2027-01-31; пусто — без срока.", "Such as 90d, 12h or 2027-01-31; empty for never."],
  keyRate: ["Запросов в минуту", "Requests a minute"],
  keyRateHint: ["Пусто — общий предел, 0 — сколько угодно.", "Empty for the usual limit, 0 for any number."],
  keyCreate: ["Создать ключ", "Make a key"],
  keyOnce: [
    "Скопируйте ключ «{name}» сейчас: больше его никто не увидит.",
    "Copy the key “{name}” now: nobody will see it again."],
  keyCopy: ["Скопировать ключ", "Copy the key"],
  keyHide: ["Убрать с экрана", "Hide it"],
  keyRevoke: ["Отозвать", "Revoke"],
  keyRevokeSure: ["Точно отозвать?", "Revoke, really?"],
  keyRevoked: ["Ключ «{name}» отозван.", "The key “{name}” was revoked."],
  keyPrefix: ["Начало ключа", "Begins with"],
  keyState: ["Состояние", "State"],
  usable: ["действует", "usable"],
  expired: ["истёк", "expired"],
  revoked: ["отозван", "revoked"],
  keyRateShort: ["В минуту", "A minute"],
  usualRate: ["как у всех", "as usual"],
  anyRate: ["сколько угодно", "any number"],
  keyMade: ["Создан", "Made"],
  keyEnd: ["Истекает", "Ends"],
  keyUsed: ["Применялся", "Last used"],
};

const scopes = ["submit", "read", "metrics", "admin"];
const pageSize = 50;

/** Starts the section; `load` fetches the keys, `show` writes them anew. */
export function startKeys() {
  /** Null until they could be read. */
  let keys = null;
  let isMore = false;

  element("key-scopes").append(...scopes.map((scope) => make("label", { class: "check" },
    make("input", { type: "checkbox", name: "scope", value: scope, checked: ["submit", "read"].includes(scope) ? "" : null }),
    ` ${scope}`)));

  async function load(before) {
    const query = new URLSearchParams({ limit: String(pageSize) });
    if (before) query.set("before", before);
    try {
      const found = (await ask("GET", `/api/admin/keys?${query}`)).body.keys;
      keys = before ? [...keys, ...found] : found;
      isMore = found.length === pageSize;
      show();
    } catch (error) {
      note(error.message);
    }
  }

  function note(text) {
    element("keys-note").textContent = text;
  }

  function show() {
    if (keys === null) return;
    const titles = ["keyName", "keyPrefix", "keyState", "keyScopes", "keyRateShort", "keyMade", "keyEnd", "keyUsed"]
      .map((key) => make("th", { scope: "col" }, say(key)));
    element("key-list").replaceChildren(make("table", {},
      make("thead", {}, make("tr", {}, ...titles, make("th", {}))), make("tbody", {}, ...keys.map(row))));
    element("keys-more").hidden = !isMore;
  }

  function row(key) {
    const state = stateOf(key);
    const cells = [
      key.name, `${key.prefix}…`, say(state), key.scopes.join(", "), rate(key.rate_per_minute), moment(key.created_at),
      moment(key.expires_at), moment(key.last_used_at)];
    const button = make("button", { type: "button", class: "plain", "aria-label": `${say("keyRevoke")} ${key.name}` });
    useSecondPress(button, "keyRevoke", "keyRevokeSure", () => revoke(key));
    return make("tr", { class: state === "usable" ? null : "over" },
      ...cells.map((text) => make("td", {}, text)), make("td", {}, state === "revoked" ? "" : button));
  }

  function stateOf(key) {
    if (key.revoked_at !== null) return "revoked";
    return key.expires_at !== null && new Date(key.expires_at) <= new Date() ? "expired" : "usable";
  }

  function rate(value) {
    if (value === null) return say("usualRate");
    return value === 0 ? say("anyRate") : number(value);
  }

  async function revoke(key) {
    try {
      await ask("POST", `/api/admin/keys/${key.id}/revoke`);
      await load();
      note(say("keyRevoked", { name: key.name }));
    } catch (error) {
      note(error.message);
    }
  }

  async function create() {
    const { value } = element("key-rate");
    try {
      const { body } = await ask("POST", "/api/admin/keys", { body: {
        name: element("key-name").value.trim(),
        scopes: [...document.querySelectorAll("#key-scopes input:checked")].map((box) => box.value),
        expires: element("key-expires").value.trim() || null,
        rate_per_minute: value === "" ? null : Number(value),
      } });
      element("key-once").textContent = say("keyOnce", { name: body.name });
      element("key-text").value = body.key;
      element("key-made").hidden = false;
      element("key-text").focus();
      element("key-text").select();
      element("key-form").reset();
      note("");
      await load();
    } catch (error) {
      note(error.message);
    }
  }

  /** What was shown once is nowhere in the page any more. */
  function hide() {
    element("key-text").value = "";
    element("key-made").hidden = true;
    element("key-name").focus();
  }

  element("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    create();
  });
  element("key-copy").addEventListener("click", async () => {
    note(say(await copyText(element("key-text").value, element("key-copy")) ? "copied" : "notCopied"));
  });
  element("key-hide").addEventListener("click", hide);
  element("keys-more").addEventListener("click", () => load(keys.at(-1)?.id));
  return { load, show };
}
