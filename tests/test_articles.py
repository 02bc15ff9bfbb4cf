"""Reading: every kind of input gives articles or one line that says what was wrong and where."""

from __future__ import annotations

import io
import json
import os
import unicodedata
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import articles, parts
from extractor.articles import Reader
from extractor.decoding import decode, mend
from extractor.detection import detect
from extractor.model import Attribution, Evidence, Extent, Filler, Mention, Quantity, Transfer
from extractor.tidying import tidy

FRENCH = "La Russie a livré des chars à l’armée nord-coréenne en décembre, a indiqué Séoul à son ministère."


def read(*inputs, **options):
    """Articles, errors and notes of a reading, messages as text."""
    errors, notes = [], []
    reader = Reader(lambda e: errors.append(str(e)), notes.append, **options)
    return list(reader.read([str(name) for name in inputs])), errors, notes


def line(**fields):
    return json.dumps(fields)


def test_a_folder_is_searched_in_order_and_hidden_or_foreign_files_are_left(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/z.txt", "a.txt", "B.TXT", ".hidden.txt", ".git/c.txt", "picture.png", "README.md"):
        (tmp_path / name).write_text(FRENCH, "utf-8")
    (tmp_path / "c.jsonl").write_text(line(id="x", text=FRENCH, date="2024-03-01", lang="fr-FR"), "utf-8")
    found, errors, _ = read(tmp_path)
    assert [a.id for a in found] == ["B", "a", "b/z", "x"]
    assert (found[3].date, found[3].lang, found[0].lang) == (date(2024, 3, 1), "fr", None)
    assert errors == []


def test_one_file_reached_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text(FRENCH, "utf-8")
    found, errors, _ = read(tmp_path, tmp_path / "a.txt")
    assert ([a.id for a in found], errors) == (["a"], [])


def test_files_of_one_name_keep_apart(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(FRENCH, "utf-8")
    found, errors, _ = read(tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt")
    assert ([a.id for a in found], errors) == (["a", str(tmp_path / "y" / "a.txt")], [])


def test_text_is_kept_as_it_stands(tmp_path):
    text = "\tUn\r\n\r\nDeux\u2028 🚀 e\u0301\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read(tmp_path / "a.txt")[0][0].text == text


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", None), ("utf-8-sig", None), ("cp1252", "cp1252"), ("mac_roman", "mac_roman"),
        ("utf-16", "utf_16"), ("utf-32", "utf_32"), ("utf-16-le", "utf_16_le"),
    ],
)  # fmt: skip
def test_encodings_are_found_and_said(tmp_path, encoding, said):
    (tmp_path / "a.txt").write_bytes(FRENCH.encode(encoding))
    found, errors, notes = read(tmp_path / "a.txt")
    assert ([a.text for a in found], errors) == ([FRENCH], [])
    assert notes == ([f"{tmp_path}/a.txt: not UTF-8, read as {said}"] if said else [])


def test_latin_1_is_read_as_its_superset(tmp_path):
    text = FRENCH.replace("’", "'")
    (tmp_path / "a.txt").write_bytes(text.encode("latin-1"))
    assert read(tmp_path / "a.txt")[0][0].text == text


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"\0" * 500, b"PK\x03\x04\x14\0\0\0\x08\0"])
def test_binary_data_is_refused(tmp_path, data):
    (tmp_path / "a.txt").write_bytes(data)
    assert read(tmp_path / "a.txt") == ([], [f"{tmp_path}/a.txt: binary data, not text"], [])


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.txt", "", "a.txt: empty, no text in it"),
        ("a.txt", " \n\t\n", "a.txt: empty, no text in it"),
        ("a.jsonl", "\n\n", "a.jsonl: empty, no article in it"),
        ("a.jsonl", '{"id": "a", "text"', "a.jsonl:1: not valid JSON: Expecting ':' delimiter at column 19"),
        ("a.jsonl", "[1]", "a.jsonl:1: a JSON object with 'id' and 'text' is wanted, this is a list"),
        ("a.jsonl", line(text="x"), "a.jsonl:1: 'id' is missing (an article has 'id' and 'text')"),
        ("a.jsonl", line(id="x"), "a.jsonl:1: 'text' is missing (an article has 'id' and 'text')"),
        ("a.jsonl", line(id="", text="x"), "a.jsonl:1: 'id' is empty"),
        ("a.jsonl", line(id="x", text=" "), "a.jsonl:1: 'text' is empty"),
        ("a.jsonl", line(id=1, text="x"), "a.jsonl:1: 'id' must be a string, this is a number"),
        ("a.jsonl", line(id="x", text=["x"]), "a.jsonl:1: 'text' must be a string, this is a list"),
        ("a.jsonl", line(id="x", text="x", date="mars"), "a.jsonl:1: 'mars' is no ISO 8601 date (yyyy-mm-dd)"),
        ("a.jsonl", line(id="x", text="x", date=2024), "a.jsonl:1: 'date' must be a string, this is a number"),
        ("a.jsonl", line(id="x", text="x", lang="de"), "a.jsonl:1: language 'de' is not covered (accepted: fr, en)"),
        ("a.jsonl", line(id="x", text="x", title={}), "a.jsonl:1: 'title' must be a string, this is an object"),
    ],
)
def test_a_fault_is_one_line_and_the_next_input_is_read(tmp_path, name, content, error):
    (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "good.txt").write_text(FRENCH, "utf-8")
    found, errors, _ = read(tmp_path / name, tmp_path / "good.txt")
    assert ([a.id for a in found], errors) == (["good"], [f"{tmp_path}/{error}"])


def test_lines_before_and_after_a_bad_one_are_read(tmp_path):
    rows = [line(id="a", text="x"), "nonsense", "", line(id="b", text="y"), line(id="a", text="z")]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), "utf-8")
    found, errors, _ = read(tmp_path / "a.jsonl")
    place = f"{tmp_path}/a.jsonl"
    assert [a.id for a in found] == ["a", "b"]
    assert errors[0].startswith(f"{place}:2: not valid JSON")
    assert errors[1:] == [f"{place}:5: duplicate article id 'a', first in {place}:1"]


def test_a_very_deep_or_long_number_is_an_error_not_a_crash(tmp_path):
    (tmp_path / "a.jsonl").write_text("[" * 100_000 + "\n" + '{"id": ' + "9" * 5000 + "}\n", "utf-8")
    found, errors, _ = read(tmp_path / "a.jsonl")
    assert (found, len(errors)) == ([], 2)


def test_lone_surrogates_become_replacement_characters(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "a\\udc00", "text": "a\\ud800b \\ud83d\\ude80"}', "ascii")
    found, errors, notes = read(tmp_path / "a.jsonl")
    assert ([(a.id, a.text) for a in found], errors) == ([("a\ufffd", "a\ufffdb 🚀")], [])
    assert notes == [f"{tmp_path}/a.jsonl:1: lone surrogates in the text, read as U+FFFD"]


def test_utf_16_lines(tmp_path):
    (tmp_path / "a.jsonl").write_bytes("\n".join([line(id="a", text="é"), line(id="b", text="è")]).encode("utf-16"))
    assert [a.text for a in read(tmp_path / "a.jsonl")[0]] == ["é", "è"]


PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Pyongyang livre des obus - Le Journal</title>
<meta property="article:published_time" content="2024-03-12T08:00:00+01:00"></head><body><nav><a href="/">Accueil</a></nav>
<article><h1>Pyongyang livre des obus</h1><p>La Corée du Nord a livré des obus à la Russie, selon Séoul. Le ministère a
précisé que la cargaison était partie de Rajin.</p><p>Moscou dément toute livraison et parle de campagne hostile.</p>
</article><footer>Mentions légales</footer></body></html>"""


def test_a_page_gives_its_article(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "b.html").write_text("<html></html>", "utf-8")
    (article,), errors, _ = read(tmp_path)
    assert (article.id, article.date, article.title) == ("a", date(2024, 3, 12), "Pyongyang livre des obus")
    assert "livré des obus à la Russie, selon Séoul. Le ministère" in article.text
    assert "Accueil" not in article.text
    assert "Mentions" not in article.text
    assert errors == [f"{tmp_path}/b.html: no article found in this page"]


def test_a_pdf_gives_its_text(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.write(tmp_path / "scan.pdf")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nonsense")
    (tmp_path / "good.pdf").write_bytes(pdf("La Russie a re-", "cu des obus de", "Pyongyang.", "Moscou dement."))
    (article,), errors, _ = read(tmp_path)
    assert article.text == "La Russie a recu des obus de Pyongyang.\nMoscou dement."
    assert errors[0].startswith(f"{tmp_path}/bad.pdf: no readable PDF: ")
    assert errors[1] == f"{tmp_path}/scan.pdf: no text in this PDF (a scan needs character recognition first)"


def pdf(*lines):
    """A PDF of one page, each line set where it stands."""
    stream = "BT /F 12 Tf 14 TL 20 180 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


@pytest.mark.parametrize(("suffix", "library"), [("html", "trafilatura"), ("pdf", "pypdf")])
def test_a_missing_library_is_told_with_the_remedy(tmp_path, monkeypatch, suffix, library):
    monkeypatch.setitem(articles.sys.modules, library, None)
    (tmp_path / f"a.{suffix}").write_text("x", "utf-8")
    assert read(tmp_path)[1] == [f"{tmp_path}/a.{suffix}: .{suffix} needs '{library}': pip install 'extractor[{suffix}]'"]


def test_missing_path_and_empty_folder(tmp_path):
    _, errors, _ = read(tmp_path / "none.txt", tmp_path)
    assert errors == [
        f"{tmp_path}/none.txt: no such file or folder",
        f"{tmp_path}: no article in this folder (accepted: .txt, .jsonl, .ndjson, .html, .htm, .pdf)",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(tmp_path):
    (tmp_path / "a.txt").write_text("x", "utf-8")
    (tmp_path / "a.txt").chmod(0)
    assert read(tmp_path / "a.txt")[1] == [f"{tmp_path}/a.txt: Permission denied"]


@pytest.mark.parametrize(
    ("content", "ids"), [(FRENCH, ["stdin"]), (line(id="a", text="x") + "\n" + line(id="b", text="y"), ["a", "b"])]
)
def test_standard_input_is_text_or_lines(monkeypatch, content, ids):
    stream = io.BufferedReader(io.BytesIO(content.encode()))
    monkeypatch.setattr(articles.sys, "stdin", SimpleNamespace(buffer=stream))
    assert [a.id for a in read("-", date=date(2024, 1, 2))[0]] == ids


def test_the_given_date_stands_in_for_a_missing_one(tmp_path):
    (tmp_path / "a.jsonl").write_text(line(id="a", text="x") + "\n" + line(id="b", text="x", date="2020-05-06T10:00Z"))
    assert [a.date for a in read(tmp_path / "a.jsonl", date=date(2024, 1, 2))[0]] == [date(2024, 1, 2), date(2020, 5, 6)]


def test_reading_streams(tmp_path):
    (tmp_path / "a.jsonl").write_text(line(id="a", text="x") + "\n" + "nonsense", "utf-8")
    reader = Reader()  # raises at the second line, which is not reached
    assert next(reader.read([str(tmp_path / "a.jsonl")])).id == "a"


def test_count_for_the_progress_bar(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.jsonl").write_text("1\n\n2\n3")
    assert Reader().count([str(tmp_path)]) == 4
    assert Reader().count([str(tmp_path), "-"]) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data):
    try:
        text, _ = decode(data)
    except ValueError:
        return
    assert "\0" not in text


@given(st.text(alphabet=st.characters(categories=None), max_size=40))
def test_mended_text_is_as_long_and_encodes(text):
    assert len(mend(text)) == len(text)
    mend(text).encode()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Moscou livre douze chars à Pyongyang.", "fr"),
        ("Russia has delivered twelve tanks to Pyongyang.", "en"),
        ("Russland hat zwölf Panzer an Pjöngjang geliefert, teilte der Minister am Montag mit.", "de"),
        ("Rusia ha entregado doce tanques a Corea del Norte, según dijo el ministro el lunes.", "es"),
        ("OTAN", "fr or en"), ("12 T-72", "fr or en"), ("", "fr or en"),
    ],
)  # fmt: skip
def test_language(text, lang):
    assert detect(text) in lang.split(" or ")


@settings(max_examples=200)
@given(st.text(alphabet="ab.\n ", max_size=120), st.integers(2, 20))
def test_parts_join_to_the_whole(text, limit):
    found = list(parts.split(text, limit))
    assert "".join(part for _, part in found) == text
    assert all(len(part) <= limit for _, part in found)
    assert all(text[at : at + len(part)] == part for at, part in found)


@pytest.mark.parametrize(
    ("text", "limit", "first"),
    [
        ("Un deux.\n\nTrois. Quatre", 18, "Un deux.\n\n"),  # a blank line before a nearer sentence's end
        ("Un deux.\nTrois. Quatre", 16, "Un deux.\n"),
        ("Un deux. Trois quatre", 15, "Un deux. "),
        ("Un deux trois quatre", 15, "Un deux trois "),
        ("abcdefghij", 4, "abcd"),
    ],
)
def test_where_a_long_text_is_cut(text, limit, first):
    assert next(parts.split(text, limit))[1] == first


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Corée", "Corée"),
        (unicodedata.normalize("NFD", "La Corée à Séoul"), "La Corée à Séoul"),
        ("mis\u00adsiles\u200b et \ufeffobus", "missiles et obus"),
        ("e\u0301\u00ad\u0302", "é\u0302"),
        ("\u0301a", "\u0301a"),
    ],
)
def test_tidied_text(text, plain):
    assert tidy(text).text == plain


@given(st.text(alphabet="aeé ç\u0301\u0327\u00ad\u200b\ufeff🚀", max_size=30), st.data())
def test_what_is_found_in_a_tidied_text_is_told_of_the_given_one(text, data):
    tidied = tidy(text)
    start = data.draw(st.integers(0, len(tidied.text)))
    end = data.draw(st.integers(start, len(tidied.text)))
    found = tidied.restore(Extent(start, end, tidied.text[start:end]))
    assert text[found.start : found.end] == found.text
    assert tidy(found.text).text == tidied.text[start:end]


def test_shifting_moves_every_offset():
    extent = Extent(1, 2, "x")
    transfer = Transfer(
        Filler(3, 4, "x", "STATE", "state:RUS", via=extent), None, None, extent, "asserted",
        Evidence("a", extent, (extent,)), "rule", quantity=Quantity("3", 5, 6, value=3.0),
        attribution=Attribution("x", 7, 8),
    )  # fmt: skip
    moved = parts.shift(transfer, 100)
    assert (moved.supplier.start, moved.supplier.via.end, moved.trigger.start) == (103, 102, 101)
    assert (moved.evidence.sentence.start, moved.evidence.cues[0].end) == (101, 102)
    assert (moved.quantity.start, moved.quantity.value, moved.attribution.end) == (105, 3.0, 108)
    assert parts.shift(Mention(1, 2, "x", "STATE", "r"), 0) == Mention(1, 2, "x", "STATE", "r")
