"""Uses our pages as a person does, in a real browser:

    check.py http://127.0.0.1:8000 ADMIN_KEY PROGRAM FOLDER

FOLDER gets the pictures. The service must be in the dry run, with some delay, and hold nothing of value. PROGRAM makes
API keys for it, so the settings of its database must be in the environment; with API_KEYS_REQUIRED=true there, the
service asks everybody for a key. SERVICE_LOG names its log, which tells where its embedded broker listens.
"""

import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.request

import outsider
from browser import Browser, Page

base, key, program, folder = sys.argv[1], sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
required = os.environ.get("API_KEYS_REQUIRED") == "true"
folder.mkdir(parents=True, exist_ok=True)
TABLE = "Товар\tСумма\nЧай\t1 200,5\nКофе\t007\n\"две\nстроки\"\t-3"


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def clean(page):
    """Nothing went wrong in the page, and nothing was asked of other machines."""
    expect(not page.faults, page.faults)
    foreign = [url for url in page.requests if not url.startswith((base, "data:", "blob:", "about:"))]
    expect(not foreign, f"asked elsewhere: {foreign}")


def alerts(page):
    return page.value("document.querySelector('#error').hidden ? '' : document.querySelector('#error').innerText")


def forget_refusals(page):
    """The browser itself logs the answers that ask for a key."""
    page.faults = [fault for fault in page.faults if "status of 401" not in fault]


def open_to_try(page):
    """The page to try the service on, with a key where one is needed, and with all that it loads."""
    page.open(base + "/")
    if required:
        page.until("document.querySelector('#status').innerText !== ''")
        type_key(page, users_key)
        forget_refusals(page)
        page.open(base + "/?key")
    page.until("document.querySelectorAll('#presets button').length >= 14")


def wait_for_result(page):
    page.until("!document.querySelector('#result').hidden")
    return page.value("[...document.querySelectorAll('#result tr')].map(r => [...r.cells].map(c => c.innerText))")


def try_by_keyboard(browser):
    page = Page(browser)
    open_to_try(page)
    page.press("Tab")
    expect(page.value("document.activeElement.className") == "skip", "the first stop is the way to the task")
    page.tab_to("#table")
    page.write(TABLE)
    expect("Строк: 4, столбцов: 2" in page.value("document.querySelector('#table-hint').innerText"), "the size is told")
    page.tab_to("#task")
    page.write("Посчитай сумму")
    page.press("Enter", control=True)
    page.until("document.querySelector('#cancel').disabled === false")
    expect(page.value("document.querySelector('#submit').disabled"), "one task at a time")
    expect(page.value("document.querySelector('#progress').hidden") is False, "progress is shown")
    rows = wait_for_result(page)
    data = next(row[1] for row in rows if row[0] == "Данные")
    expect(json.loads(data) == [["Товар", "Сумма"], ["Чай", 1200.5], ["Кофе", "007"], ["две\nстроки", -3]], data)
    expect("Готово" in page.value("document.querySelector('#status').innerText"), "the end is told")
    page.tab_to("#copy")
    page.press("Enter")
    page.until("/Скопировано/.test(document.querySelector('#status').innerText)")
    page.picture(folder / "try-light.png")
    clean(page)


def try_in_the_dark(browser):
    page = Page(browser, language="en", dark=True)
    open_to_try(page)
    expect(page.value("document.documentElement.lang") == "en", "the browser's language is taken")
    page.value("document.querySelector('#sample').click()")
    page.value("document.querySelector('#presets button').click()")
    expect(page.value("document.querySelector('#task').value.length") > 10, "a preset fills the task in")
    page.value("document.querySelector('#submit').click()")
    wait_for_result(page)
    ground = page.value("getComputedStyle(document.body).backgroundColor")
    expect(sum(map(int, ground[4:-1].split(","))) < 200, f"a dark page is dark: {ground}")
    page.picture(folder / "try-dark.png")
    page.value("document.querySelector('#language').click()")
    expect(page.value("document.querySelector('#submit').innerText") == "Отправить", "the language can be changed")
    clean(page)


def try_and_fail(browser):
    page = Page(browser, width=420, height=800)
    open_to_try(page)
    page.tab_to("#task")
    page.press("Enter", control=True)
    page.until("!document.querySelector('#error').hidden")
    expect("Напишите" in alerts(page), "an empty task is refused")
    expect(page.value("document.activeElement.id") == "task", "and the focus goes there")
    page.write("Посчитай")
    page.value("document.querySelector('details').open = true")
    page.value("document.querySelector('#input-range').removeAttribute('maxlength')")
    page.value("document.querySelector('#input-range').value = 'A'.repeat(60)")
    clean(page)
    page.value("document.querySelector('#submit').click()")
    page.until("!document.querySelector('#error').hidden")
    expect("input_range" in alerts(page), "the fault's field is named")
    page.picture(folder / "try-error-narrow.png")
    expect(page.value("document.documentElement.scrollWidth") <= 420, "a narrow page does not scroll sideways")
    # The browser itself logs an answer of 422; everything else is a fault.
    page.faults = [fault for fault in page.faults if "status of 422" not in fault]
    clean(page)


def try_and_cancel(browser):
    page = Page(browser)
    open_to_try(page)
    page.tab_to("#task")
    page.write("Долгая задача")
    page.press("Enter", control=True)
    page.until("/Запрос/.test(document.querySelector('#status').innerText)")
    page.tab_to("#cancel")
    page.press("Enter")
    page.until("/отменена/.test(document.querySelector('#status').innerText)")
    expect(page.value("document.querySelector('#result').hidden"), "there is no result")
    expect(page.value("document.querySelector('#submit').disabled") is False, "the next task can go")
    clean(page)


def make_key(name, scopes):
    """A key, as soon as the service knows it for sure."""
    command = [program, "keys", "create", "--name", name, "--scopes", scopes]
    made = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    time.sleep(4)
    return made


def type_key(page, text):
    page.value("document.querySelector('details').open = true")
    page.value("document.querySelector('#key').value = ''")
    page.value("document.querySelector('#key').focus()")
    page.write(text)
    page.press("Tab")


def try_with_key(browser):
    made = make_key("pages", "submit,read")
    page = Page(browser)
    page.open(base + "/")
    type_key(page, made)
    forget_refusals(page)
    kept = f"Object.values(sessionStorage).includes({json.dumps(made)})"
    expect(page.value(kept), "the key is kept in the tab")
    expect(page.value("localStorage.length + document.cookie.length") == 0, "and nowhere else")
    page.open(base + "/?again")
    expect(page.value("document.querySelector('#key').value") == made, "it survives a reload")
    page.until("document.querySelectorAll('#presets button').length >= 14")
    page.tab_to("#task")
    page.write("Задача с ключом")
    page.press("Enter", control=True)
    rows = wait_for_result(page)
    expect(any("Задача с ключом" in cell for row in rows for cell in row), "the job of the key is seen with it")
    clean(page)


def try_with_wrong_key(browser):
    page = Page(browser)
    open_to_try(page)
    type_key(page, "go_wrong")
    page.tab_to("#task")
    page.write("Задача с чужим ключом")
    page.press("Enter", control=True)
    page.until("!document.querySelector('#error').hidden")
    expect("Ключ API скопирован с ошибкой" in alerts(page), alerts(page))
    forget_refusals(page)
    clean(page)


def enter(page, key=key):
    """The operators' page, with the key typed in."""
    page.open(base + "/admin")
    page.until("!document.querySelector('#gate').hidden")
    page.until("document.activeElement.id === 'key'")
    page.write(key)
    page.press("Enter")
    page.until("!document.querySelector('#content').hidden")
    forget_refusals(page)


def operate_by_keyboard(browser):
    page = Page(browser, height=1000)
    enter(page, make_key("operator", "admin"))
    page.until("document.querySelectorAll('.tile').length === 7 && document.querySelectorAll('.plots svg').length > 3")
    page.until("document.querySelectorAll('#job-list tbody tr').length > 0")
    expect("cancelled" in page.value("document.querySelector('#job-list').innerText"), "the jobs are listed")
    page.tab_to("#job-state")
    page.value("document.querySelector('#job-state').value = 'cancelled'")
    page.tab_to("#search button")
    page.press("Enter")
    page.until("[...document.querySelectorAll('#job-list tbody tr')].every(r => r.cells[1].innerText === 'cancelled')")
    page.tab_to("#job-list button")
    page.press("Enter")
    page.until("document.querySelector('#dialog').open")
    page.tab_to("#dialog-retry")
    page.press("Enter")
    page.until("/Сделано/.test(document.querySelector('#dialog-note').innerText)")
    expect("queued" in page.value("document.querySelector('#dialog-facts').innerText"), "it waits again")
    page.picture(folder / "admin-dialog.png")
    page.press("Escape")
    page.until("!document.querySelector('#dialog').open")
    # Two more looks, so that the live plot has a line.
    time.sleep(7)
    page.picture(folder / "admin-light.png")
    expect(page.value("document.querySelector('#error').hidden"), "nothing failed")
    lists = page.value("document.querySelector('#tables').innerText")
    for words in ("Отставание в Kafka по разделам", "gigaoffice-requests/0", "разделов получал, раз"):
        expect(words in lists, f"{words}: {lists}")
    clean(page)


def spoil(*values):
    """Has messages sent that no worker can use, and waits for the dead letters."""
    with open(os.environ["SERVICE_LOG"], encoding="utf-8") as log:
        lines = [json.loads(line) for line in log if line.startswith("{")]
    servers = next(line["address"] for line in lines if line["message"] == "using the embedded broker")
    outsider.send(servers, "gigaoffice-requests", values)
    request = urllib.request.Request(base + "/api/admin/dead-letters", headers={"X-API-Key": key})
    for _ in range(100):
        with urllib.request.urlopen(request, timeout=30) as answer:
            if len(json.load(answer)["letters"]) >= len(values):
                return
        time.sleep(0.2)
    raise AssertionError("there are no dead letters")


def look_after_letters(browser):
    spoil(b"{", "не JSON".encode(), b"\xff\xfe")
    page = Page(browser, height=1000)
    enter(page)
    page.until("document.querySelectorAll('#letter-list tbody tr').length === 3")
    page.tab_to("#letter-list button")
    page.press("Enter")
    page.until("document.querySelector('#letter-dialog').open")
    expect("original_topic" in page.value("document.querySelector('#letter-facts').innerText"), "its origin is told")
    page.tab_to("#letter-send")
    page.press("Enter")
    page.until("/Отправлено: 1 из 1/.test(document.querySelector('#letter-note').innerText)")
    page.picture(folder / "letters-dialog.png")
    page.press("Escape")
    page.until("!document.querySelector('#letter-dialog').open")
    # As unusable as before, so it comes back.
    refreshed = "document.querySelectorAll('#letter-list tbody tr').length === 4"
    for _ in range(40):
        page.value("document.querySelector('#letters-refresh').click()")
        time.sleep(0.5)
        if page.value(refreshed):
            break
    page.until(refreshed, seconds=1)
    page.tab_to("#letters-all")
    page.press("Enter")
    expect("Точно отправить 4?" in page.value("document.querySelector('#letters-all').innerText"), "it asks first")
    page.press("Tab")
    expect("Точно" not in page.value("document.querySelector('#letters-all').innerText"), "and takes that back")
    page.press("Tab", shift=True)
    page.press("Enter")
    page.press("Enter")
    page.until("/Отправлено: 4 из 4/.test(document.querySelector('#letters-note').innerText)")
    page.picture(folder / "letters-light.png")
    clean(page)


def manage_keys(browser):
    page = Page(browser, language="en", dark=True)
    enter(page)
    page.until("document.querySelectorAll('#key-list tbody tr').length > 0")
    page.tab_to("#key-name")
    page.write("made by the page")
    page.tab_to("#key-expires")
    page.write("30d")
    page.tab_to("#key-scopes input[value=submit]")
    page.press("Space")
    page.tab_to("#key-form button")
    page.press("Enter")
    page.until("!document.querySelector('#key-made').hidden")
    made = page.value("document.querySelector('#key-text').value")
    expect(made.startswith("go_") and len(made) == 36, "the key is shown")
    expect(page.value("document.activeElement.id") == "key-text", "the focus is on the key")
    page.picture(folder / "keys-dark.png")
    page.tab_to("#key-copy")
    page.press("Enter")
    page.until("/Copied/.test(document.querySelector('#keys-note').innerText)")
    page.until("/made by the page/.test(document.querySelector('#key-list tbody tr').innerText)")
    row = page.value("document.querySelector('#key-list tbody tr').innerText")
    expect("usable" in row and "read" in row and "submit" not in row and made not in row, row)
    request = urllib.request.Request(base + "/api/prompts/presets", headers={"X-API-Key": made})
    with urllib.request.urlopen(request, timeout=30) as answer:
        expect(answer.status == 200, "the key opens what it is for")
    page.tab_to("#key-hide")
    page.press("Enter")
    expect(page.value("document.querySelector('#key-text').value") == "", "it is nowhere any more")
    expect(made not in page.value("document.documentElement.outerHTML"), "not in the page")
    expect(not page.value(f"Object.values(sessionStorage).includes({json.dumps(made)})"), "not in the tab")
    page.tab_to("#key-list button")
    page.press("Enter")
    expect("really" in page.value("document.activeElement.innerText"), "revoking asks first")
    page.press("Enter")
    page.until("/was revoked/.test(document.querySelector('#keys-note').innerText)")
    page.until("/revoked/.test(document.querySelector('#key-list tbody tr').innerText)")
    page.tab_to("#key-name")
    page.write("wrong")
    page.tab_to("#key-expires")
    page.write("soon")
    page.press("Enter")
    page.until("/expires/.test(document.querySelector('#keys-note').innerText)")
    page.faults = [fault for fault in page.faults if "status of 422" not in fault]
    clean(page)


def change_log_level(browser):
    page = Page(browser, width=420, height=800)
    enter(page)
    page.until("document.querySelectorAll('#log-level option').length === 5")
    former = page.value("document.querySelector('#log-level').value")
    for level in ("debug", former):
        page.tab_to("#log-level")
        page.value(f"document.querySelector('#log-level').value = '{level}'")
        page.tab_to("#log-form button")
        page.press("Enter")
        time.sleep(0.5)
        page.until(f"document.querySelector('#log-level').value === '{level}'")
        request = urllib.request.Request(base + "/api/admin/log-level", headers={"X-API-Key": key})
        with urllib.request.urlopen(request, timeout=30) as answer:
            expect(json.load(answer)["level"] == level, "the level is changed")
        page.value("document.activeElement.blur()")
    expect("Только этот процесс" in page.value("document.querySelector('#log-note').innerText"), "its reach is told")
    page.picture(folder / "admin-narrow.png")
    expect(page.value("document.documentElement.scrollWidth") <= 420, "a narrow page does not scroll sideways")
    clean(page)


def edit_prompts(browser):
    page = Page(browser, language="en", dark=True)
    enter(page)
    page.until("document.querySelectorAll('#items tr').length >= 14")
    page.tab_to("#new")
    page.press("Enter")
    page.until("document.activeElement.id === 'field-category'")
    for name, text in (("name", "Пример"), ("template", "Сделай пример"), ("description", "Для проверки")):
        page.tab_to(f"#field-{name}")
        page.write(text)
    page.press("Enter")
    page.until("/Saved, version 1/.test(document.querySelector('#item-note').innerText)")
    page.tab_to("#field-template")
    page.write("Иначе: ")
    page.tab_to("#item button[type=submit]")
    page.press("Enter")
    page.until("/Saved, version 2/.test(document.querySelector('#item-note').innerText)")
    page.until("document.querySelectorAll('#versions li').length === 2")
    page.picture(folder / "admin-dark.png")
    page.value("document.querySelector('#versions button').click()")
    page.until("/Saved, version 3/.test(document.querySelector('#item-note').innerText)")
    expect(page.value("document.querySelector('#field-template').value") == "Сделай пример", "the old text is back")
    page.tab_to("#toggle")
    page.press("Enter")
    page.until("/Saved, version 4/.test(document.querySelector('#item-note').innerText)")
    expect(page.value("document.querySelectorAll('tr.hidden-item').length") == 1, "it is hidden")
    page.tab_to("#remove")
    page.press("Enter")
    expect("really" in page.value("document.querySelector('#remove').innerText"), "deleting asks first")
    page.press("Enter")
    page.until("document.querySelector('#item').hidden")
    expect("Пример" not in page.value("document.querySelector('#items').innerText"), "it is gone")
    page.value("document.querySelector('#kind').value = 'categories';"
               "document.querySelector('#kind').dispatchEvent(new Event('change'))")
    page.value("document.querySelector('#items button').click()")
    page.until("document.querySelector('#field-name').disabled")
    clean(page)


def read_documents(browser):
    for path, ready in (("/docs", ".opblock"), ("/redoc", "[data-section-id]")):
        page = Page(browser)
        page.open(base + path)
        page.until(f"document.querySelectorAll({json.dumps(ready)}).length > 20")
        time.sleep(1)
        page.picture(folder / f"{path[1:]}.png")
        clean(page)


failures = 0
cases = [try_by_keyboard, try_in_the_dark, try_and_fail, try_and_cancel, try_with_key, try_with_wrong_key,
         operate_by_keyboard, look_after_letters, manage_keys, change_log_level, edit_prompts, read_documents]
users_key = make_key("users", "submit,read") if required else ""
with Browser() as browser:
    for case in cases:
        try:
            case(browser)
            print(f"ok {case.__name__}", flush=True)
        except Exception as error:  # every case is to be heard of
            failures += 1
            print(f"not ok {case.__name__}: {type(error).__name__}: {error}", flush=True)
print(f"{len(cases) - failures} passed, {failures} failed")
sys.exit(1 if failures else 0)
