// The editor of categories and presets, over the management routes.

import { ask, element, language, make, say, useSecondPress } from "/assets/site.js";

const fields = {
  presets: [
    ["category", "category", "select"], ["name", "name", "input"], ["template", "template", "textarea"],
    ["description", "description", "input"],
  ],
  categories: [
    ["name", "systemName", "input"], ["display_name", "displayName", "input"], ["description", "description", "textarea"],
    ["sort_order", "order", "number"],
  ],
};

/** Starts the editor; `load` fetches the catalogue. */
export function startPrompts() {
  let catalogue = { categories: [], prompts: [] };
  let current = null;

  const kind = () => element("kind").value;
  const items = () => kind() === "presets" ? catalogue.prompts : catalogue.categories;
  const member = () => kind() === "presets" ? "prompt" : "category";

  async function load() {
    try {
      catalogue = (await ask("GET", "/api/prompts/catalogue")).body;
      showItems();
    } catch (error) {
      note(error.message);
    }
  }

  function note(text) {
    element("item-note").textContent = text;
  }

  function showItems() {
    const rows = items().map((item) => {
      const button = make("button", { type: "button", class: "plain" }, item.display_name ?? item.name);
      button.addEventListener("click", () => edit(item));
      return make("tr", { class: item.is_active ? null : "hidden-item" }, make("td", {}, button),
        make("td", {}, item.category_name ?? item.name), make("td", { class: "number" }, String(item.usage_count ?? "")));
    });
    element("items").replaceChildren(make("table", {}, make("tbody", {}, ...rows)));
  }

  /** `item` is null for a new one. */
  function edit(item) {
    current = item;
    note("");
    element("item").hidden = false;
    element("item-title").textContent = item ? `${item.display_name ?? item.name} (${item.id})` : say("newItem");
    element("fields").replaceChildren(...fields[kind()].flatMap((field) => control(field, item)));
    for (const id of ["toggle", "remove"]) element(id).hidden = item === null;
    element("toggle").textContent = say(item?.is_active ? "hide" : "show");
    showVersions(item);
  }

  function control([name, words, type], item) {
    const id = `field-${name}`;
    const known = name === "category" ? item?.category_name : item?.[name];
    const input = make(type === "number" ? "input" : type, {
      id, name, type: type === "number" ? "number" : null, rows: type === "textarea" ? 5 : null,
      disabled: name === "name" && kind() === "categories" && item ? "" : null });
    if (type === "select") {
      input.append(...catalogue.categories.map((one) => make("option", { value: one.name }, one.display_name)));
    }
    input.value = known ?? (type === "number" ? 0 : type === "select" ? catalogue.categories[0]?.name : "");
    return [make("label", { for: id }, say(words)), input];
  }

  function draft() {
    const body = current ? { is_active: current.is_active } : {};
    for (const [name, , type] of fields[kind()]) {
      const { value } = element(`field-${name}`);
      body[name] = type === "number" ? Number(value) : value;
    }
    return body;
  }

  async function change(method, path, body) {
    try {
      const answer = await ask(method, `/api/prompts/${kind()}${path}`, { body });
      await load();
      if (!answer.body) {
        element("item").hidden = true;
        return;
      }
      edit(answer.body[member()]);
      note(say("saved", { version: current.version }));
    } catch (error) {
      note(error.message);
    }
  }

  async function showVersions(item) {
    element("versions").replaceChildren();
    if (!item) return;
    try {
      const { versions } = (await ask("GET", `/api/prompts/${kind()}/${item.id}/versions`)).body;
      if (current !== item) return;
      element("versions").replaceChildren(...versions.map((version) => {
        const words = say("version", {
          number: version.version, time: new Date(version.created_at).toLocaleString(language), action: version.action,
          author: version.author });
        const button = make("button", { type: "button", class: "plain" }, say("restore"));
        button.addEventListener("click", () => change("POST", `/${item.id}/rollback`, { version: version.version }));
        return make("li", {}, words, version.version === item.version ? "" : button);
      }));
    } catch (error) {
      note(error.message);
    }
  }

  element("kind").addEventListener("change", () => {
    element("item").hidden = true;
    showItems();
  });
  element("new").addEventListener("click", () => {
    edit(null);
    element("fields").querySelector("input, select").focus();
  });
  element("item").addEventListener("submit", (event) => {
    event.preventDefault();
    if (current) change("PUT", `/${current.id}`, draft());
    else change("POST", "", draft());
  });
  element("toggle").addEventListener("click", () =>
    change("POST", `/${current.id}/${current.is_active ? "deactivate" : "activate"}`));
  useSecondPress(element("remove"), "remove", "sure", () => change("DELETE", `/${current.id}`));
  return { load };
}
