"""Makes the two pictures of the README from the project's own articles (needs Chromium with its driver, and selenium).

usage: PYTHONPATH=. python docs/pictures.py
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from selenium import webdriver

import extractor
from extractor import exports

HERE = Path(__file__).parent


def main() -> None:
    pipeline = extractor.load("fr")
    articles = [extractor.Article(path.stem, path.read_text(encoding="utf-8"), "fr", title=path.stem.replace("-", " "))
                for path in sorted((HERE.parent / "data" / "articles").glob("*.txt"))]
    results = list(pipeline.extract(articles))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        exports.write_all(results, [HERE / "graph.svg", report])
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1300,1240"):
            options.add_argument(argument)
        options.binary_location = shutil.which("chromium") or ""
        browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        browser.get(report.as_uri())
        browser.execute_script("document.querySelector('#graph path.hit').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
        browser.save_screenshot(str(HERE / "report.png"))
        browser.quit()


if __name__ == "__main__":
    main()
