"""The report, in a real browser: it draws, filters, leads to the sentence, and asks nobody for anything."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from graphdata import DENIAL, SHELLS, result, sample, transfer
from odd import odd_results

from extractor.exports import write

EVIL = '</script><script>document.title="owned"</script><img src=x onerror=alert(1)>'


class Reader(HTMLParser):
    """Collects the tags and the text of the articles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "style") for name, _ in attrs)

    def handle_data(self, data):
        self.text += data


def page(results, tmp_path, **options):
    path = tmp_path / "report.html"
    write(results, path, **options)
    return path


def test_article_text_is_escaped(tmp_path):
    text = f"{SHELLS} {EVIL}"
    made = transfer(text, "Pyongyang", "Moscou", "obus", "fourni")
    content = page([result("a", text, made, title=EVIL)], tmp_path).read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(content)
    assert reader.tags.count("script") == 3
    assert "img" not in reader.tags
    assert text in reader.text
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", content.split("<script>")[0])


def test_policy_allows_nothing_from_outside(tmp_path):
    content = page(sample(), tmp_path).read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', content)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_odd_texts_make_a_page(tmp_path):
    content = page(odd_results(200, 20, big=False), tmp_path, labels="en").read_text(encoding="utf-8")
    data = re.search(r'id="data">(.*?)</script>', content, re.DOTALL)[1]
    assert len(json.loads(data)["claims"]) == 200


@pytest.fixture(scope="module")
def browser():
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("no Chromium with its driver on this machine")
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1400,1200"):
        options.add_argument(argument)
    options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield found
    found.quit()


@pytest.fixture
def report(browser, tmp_path):
    text = f"{DENIAL} {EVIL}"
    denial = transfer(text, "Pyongyang", "Moscou", "obus", "reçu", "denied", source="Moscou", article="a4")
    browser.get(page([*sample()[:3], result("a4", text, denial)], tmp_path).as_uri())
    return browser


def find(report, selector):
    return report.find_elements("css selector", selector)


def shown(report):
    return [row for row in find(report, "#transfers tbody tr") if row.is_displayed()]


def test_it_draws_and_asks_nobody(report):
    assert len(find(report, "#graph circle")) == 5
    assert len(find(report, "#graph path.edge")) == 8
    assert len(shown(report)) == 4
    assert "owned" not in report.title
    assert report.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in report.get_log("performance")]
    asked = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert all(url.startswith(("file:", "data:")) for url in asked)


def test_the_filter_filters(report):
    for status, rows, edges in (("planned", 3, 6), ("asserted", 2, 3), ("denied", 1, 3)):
        find(report, f"input[value={status}]")[0].click()
        assert (len(shown(report)), len(find(report, "#graph path.edge"))) == (rows, edges)
    strokes = {edge.get_attribute("stroke") for edge in find(report, "#graph path.edge")}
    assert strokes == {"#4d4d4d"}  # with the denial gone nothing is contested


def test_search_and_contested(report):
    find(report, "#search")[0].send_keys("pétrole")
    assert len(shown(report)) == 1
    find(report, "#search")[0].clear()
    report.execute_script("document.getElementById('search').dispatchEvent(new Event('input'))")
    find(report, "#contested")[0].click()
    assert len(shown(report)) == 2


def test_an_edge_leads_to_its_sentence(report):
    edge = find(report, "#graph path.hit")[0]
    report.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", edge)
    quotes = [quote.text for quote in find(report, "#proof blockquote")]
    assert quotes[0] == SHELLS
    assert len(quotes) == 2
    find(report, "#proof a")[0].click()
    marked = find(report, ".sentence.found")
    assert [mark.text for mark in marked] == [SHELLS]
    assert report.execute_script("const r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight",
                                 marked[0])


def test_the_table_sorts(report):
    head = find(report, "#transfers th button")[0]
    for expected in (["Corée du Nord", "Corée du Nord", "Russie", "Russie"], ["Russie", "Russie", "Corée du Nord", "Corée du Nord"]):
        head.click()
        assert [row.find_elements("css selector", "td")[0].text for row in shown(report)] == expected
