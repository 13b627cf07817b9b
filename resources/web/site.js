// What all our pages share: two languages, the key, asking the service, and their common texts.

const keyName = "gigaoffice-key";
const languageName = "gigaoffice-language";

/** The language of the page: what was chosen in this tab, else the browser's, else Russian. */
export let language = initialLanguage();
let dictionary = {};

/** Texts that several pages have; a page's own win. */
const commonTexts = {
  navigation: ["Разделы", "Sections"],
  documents: ["Описание API", "API documents"],
  category: ["Категория", "Category"],
  key: ["Ключ API", "API key"],
  keyKept: [
    "Хранится только в этой вкладке и стирается при её закрытии.", "Kept in this tab only, until it is closed."],
  unreachable: ["Сервис не отвечает. Проверьте соединение.", "The service does not answer. Check the connection."],
  refused: ["Сервис ответил кодом {status}.", "The service answered with {status}."],
  tryAfter: ["Повторите через {seconds} с.", "Try again in {seconds} s."],
  copied: ["Скопировано.", "Copied."],
  notCopied: ["Браузер не дал скопировать; выделите сами.", "The browser refused; select it yourself."],
};

/** The element of that id. */
export const element = (id) => document.getElementById(id);

function initialLanguage() {
  const chosen = sessionStorage.getItem(languageName);
  if (chosen === "ru" || chosen === "en") return chosen;
  for (const tag of navigator.languages ?? []) {
    const known = tag.slice(0, 2).toLowerCase();
    if (known === "ru" || known === "en") return known;
  }
  return "ru";
}

/** A text of the page; `{name}` in it is replaced by the value of that name. */
export function say(key, values = {}) {
  const text = dictionary[key]?.[language === "ru" ? 0 : 1] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/**
 * Gives the page its texts: `texts` maps a key to [Russian, English]. Elements with `data-text` get the text as their
 * content, those with `data-placeholder`, `data-title` and `data-label` as that attribute (`aria-label`).
 */
export function useTexts(texts, onChange = () => {}) {
  dictionary = { ...commonTexts, ...texts };
  const button = document.querySelector("#language");
  const apply = () => {
    document.documentElement.lang = language;
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
    for (const [name, attribute] of [["placeholder", "placeholder"], ["title", "title"], ["label", "aria-label"]]) {
      for (const element of document.querySelectorAll(`[data-${name}]`)) {
        element.setAttribute(attribute, say(element.dataset[name]));
      }
    }
    if (button) button.textContent = language === "ru" ? "English" : "Русский";
    onChange();
  };
  button?.addEventListener("click", () => {
    language = language === "ru" ? "en" : "ru";
    sessionStorage.setItem(languageName, language);
    apply();
  });
  apply();
}

/** Keeps what is typed into the field as the key, in this tab only. */
export function useKeyField(field, onChange = () => {}) {
  field.value = sessionStorage.getItem(keyName) ?? "";
  field.addEventListener("change", () => {
    if (field.value) sessionStorage.setItem(keyName, field.value.trim());
    else sessionStorage.removeItem(keyName);
    onChange();
  });
}

/** An answer that is not what was hoped for, in words for a person. */
export class Refusal extends Error {
  constructor(status, message, faults = []) {
    super(message);
    this.status = status;
    this.faults = faults;
  }
}

/** Asks the service and gives its answer as `{status, headers, body}`; throws a `Refusal` for an error. */
export async function ask(method, path, { body, headers = {}, signal } = {}) {
  const fields = { "Accept-Language": language, ...headers };
  const key = sessionStorage.getItem(keyName);
  if (key) fields["X-API-Key"] = key;
  if (body !== undefined) fields["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method, headers: fields, signal, cache: "no-store", credentials: "omit",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, say("unreachable"));
  }
  const isJSON = /json/.test(response.headers.get("Content-Type") ?? "");
  const content = isJSON ? await response.json() : null;
  if (response.ok) return { status: response.status, headers: response.headers, body: content };
  let message = content?.detail ?? say("refused", { status: response.status });
  if (response.status === 401) message = `${message}. ${say("keyHint")}`;
  const pause = response.headers.get("Retry-After");
  if (response.status === 429 && pause) message = `${message}. ${say("tryAfter", { seconds: pause })}`;
  throw new Refusal(response.status, message, content?.errors ?? []);
}

/** An element with attributes and children; texts become text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Returns after so many milliseconds; throws at once when the signal says stop. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("stopped", "AbortError"));
    }, { once: true });
  });
}

/** A time as people of the page's language write it; a dash for none. */
export function moment(text) {
  return text === null ? "—" : new Date(text).toLocaleString(language, { dateStyle: "short", timeStyle: "medium" });
}

/**
 * Puts text into the clipboard and says whether that was possible. The clipboard's own interface needs a secure page;
 * the old way works without, and takes the focus, which `button` gets back.
 */
export async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { class: "visually-hidden", readonly: "" });
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    button.focus();
    return isCopied;
  }
}

/**
 * A button that asks before it acts: the first press shows the question, the second one is the answer to it. Leaving the
 * button takes the question back. `values` fill the question in.
 */
export function useSecondPress(button, label, question, act, values = () => ({})) {
  const name = button.getAttribute("aria-label");
  const turn = (isAsked) => {
    button.dataset.asked = isAsked ? "yes" : "no";
    button.textContent = isAsked ? say(question, values()) : say(label);
    if (name) button.setAttribute("aria-label", isAsked ? button.textContent : name);
  };
  turn(false);
  button.addEventListener("blur", () => turn(false));
  button.addEventListener("click", () => {
    const isSure = button.dataset.asked === "yes";
    turn(!isSure);
    if (isSure) act();
  });
}

/** A number as people of the page's language write it. */
export function number(value, digits = 0) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}
