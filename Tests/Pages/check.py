"""Uses our pages as a person does, in a real browser:

    check.py http://127.0.0.1:8000 ADMIN_KEY PROGRAM FOLDER

FOLDER gets the pictures. The service must be in the dry run, with some delay, and hold nothing of value. PROGRAM makes
API keys for it, so the settings of its database must be in the environment.
"""

import json
import pathlib
import subprocess
import sys
import time

from browser import Browser, Page

base, key, program, folder = sys.argv[1], sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
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


def wait_for_result(page):
    page.until("!document.querySelector('#result').hidden")
    return page.value("[...document.querySelectorAll('#result tr')].map(r => [...r.cells].map(c => c.innerText))")


def try_by_keyboard(browser):
    page = Page(browser)
    page.open(base + "/")
    page.until("document.querySelectorAll('#presets button').length >= 14")
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
    page.open(base + "/")
    page.until("document.querySelectorAll('#presets button').length >= 14")
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
    page.open(base + "/")
    page.until("document.querySelector('#status').innerText !== ''")
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
    page.open(base + "/")
    page.until("document.querySelector('#status').innerText !== ''")
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
    page.open(base + "/")
    page.until("document.querySelectorAll('#presets button').length >= 14")
    type_key(page, "go_wrong")
    page.tab_to("#task")
    page.write("Задача с чужим ключом")
    page.press("Enter", control=True)
    page.until("!document.querySelector('#error').hidden")
    expect("Ключ API скопирован с ошибкой" in alerts(page), alerts(page))
    page.faults = [fault for fault in page.faults if "status of 401" not in fault]
    clean(page)


def enter(page, key=key):
    """The operators' page, with the key typed in."""
    page.open(base + "/admin")
    page.until("!document.querySelector('#gate').hidden")
    page.until("document.activeElement.id === 'key'")
    page.write(key)
    page.press("Enter")
    page.until("!document.querySelector('#content').hidden")
    # The browser itself logs the answer of 401 that asked for the key.
    page.faults = [fault for fault in page.faults if "status of 401" not in fault]


def operate_by_keyboard(browser):
    page = Page(browser, height=1000)
    enter(page, make_key("operator", "admin"))
    page.until("document.querySelectorAll('.tile').length === 6 && document.querySelectorAll('.plots svg').length > 3")
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
         operate_by_keyboard, edit_prompts, read_documents]
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
