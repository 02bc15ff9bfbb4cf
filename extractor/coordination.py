"""Which mentions are coordinated, read off order and tree together.

Parsers err on lists, so order has its say: "to Moscow and China sold it" joins no two recipients.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor import gaps, goods, namesakes
from extractor.model import Mention
from extractor.syntax import plain, preposition

if TYPE_CHECKING:
    from extractor.scene import Scene

_NOUNS = frozenset({"NOUN", "PROPN"})
_BETWEEN = frozenset({"DET", "NUM", "ADJ", "ADV", "CCONJ", "ADP"})
_PARTITIVE = ("of",)  # the preposition, by its key, that may also be an article ("des obus")
_RANKS = frozenset({"first", "last", "latest", "only", "premier", "première", "premiers", "premières", "dernier", "dernière", "seul", "seule"})
_STOPS = frozenset({";", ":", ".", "–", "—"})
_REACH = 13  # tokens from one member of a coordination to the next


def coordinated(scene: Scene, left: Token, right: Token, side: str) -> bool:
    """Whether the neighbouring mentions at two tokens, both actors or both items (``side``), are members of one coordination."""
    if scene.bounds(right)[0] - scene.bounds(left)[1] > _REACH:
        return False
    between, linked, phrased = _linked(scene, scene.bounds(left)[1] + 1, scene.bounds(right)[0], side)
    if side == "item":
        between = [t for t in between if not _makes(t, right) and not _qualifies(t, left)]
    if side == "item" and _enumerated(scene, left, right):
        between = [t for t in between if t.text != ";" and not is_dash(t)]
        linked = phrased = True
    if any(t.pos_ in ("VERB", "AUX", "PRON", "SCONJ") or t.text in ";:()«»\"" for t in between):
        return False
    if not linked and not any(t.text in (",", "&") for t in between):
        return False
    shared = (None, _preposition(scene, left), preposition(scene.doc, left.i, scene.grammar), *(_PARTITIVE if side == "item" else ()))
    if not phrased and _preposition(scene, right) not in shared and not _both_places(scene, left, right):
        return False  # "deux avions, pour 22 millions de dollars"
    if side == "actor" and not _same_sort(scene, left, right) and not linked:
        return False  # "to Tuvalu in August, Pat Conroy, the minister, announced"
    if side == "item" and _completes(scene, left, right):
        return False
    if side == "item" and ((not linked and _defines(scene, between)) or _opens_sentence(scene, left, right)):
        return False
    if gaps.between(scene, left, right, side) or any(plain(t) in scene.words.excluders for t in between):
        return False
    one, two = _head(scene, left), _head(scene, right)
    if side == "actor" and not linked and (namesakes.is_owner(scene, left) or namesakes.is_owner(scene, right)):
        return False
    if side == "actor" and (_begins_clause(scene, right, one) or gaps.gapped_number(scene, right) is not None):
        return False
    if any(_conjoined(scene, head, two, _same_sort(scene, left, right)) for head in (one, scene.doc[scene.chain(left)[0][0]])):
        return True
    if side == "actor" and not linked:
        return _both_places(scene, left, right) and _preposition(scene, right) != _preposition(scene, left) and _goes_on(scene, right)
    return all(_may_stand_between(scene, t) for t in between if not (side == "item" and _complements(t, left)))


def _linked(scene: Scene, start: int, end: int, side: str) -> tuple[list[Token], bool, bool]:
    """The tokens ``start``..``end`` without a coordinator of several words, whether any coordinator is among them, and such a one ("ainsi que").

    Between items a word of company is one too ("assortis de"), unless what goes along with them has a verb of its own ("with missiles to follow"). What brackets say of one is left out.
    """
    tokens = list(scene.doc[start:end])
    linked = any(t.pos_ == "CCONJ" or t.lower_ in scene.words.coordinators for t in tokens)
    told = side == "item" and not any(t.pos_ in ("VERB", "PART") for t in scene.doc[end + 1 : end + 3])
    if side == "item" and [t.text for t in tokens if t.text in "()"] == ["(", ")"]:
        first, last = (next(k for k, t in enumerate(tokens) if t.text == mark) for mark in "()")
        tokens = tokens[:first] + tokens[last + 1 :]
    at = next((k for k, t in enumerate(tokens) if t.pos_ == "CCONJ" and k + 1 < len(tokens) and tokens[k + 1].text == ","), None)
    closing = None if at is None else next((k for k in range(len(tokens) - 1, at + 1, -1) if tokens[k].text == ","), None)
    if side == "item" and at is not None and closing is not None:
        tokens = tokens[: at + 1] + tokens[closing + 1 :]  # "drones and, according to Kyiv, missiles"
    for phrase in (*scene.words.linkers, *(scene.words.companions if told else ())):
        for at in range(len(tokens) - len(phrase) + 1):
            if all(plain(t) == word for t, word in zip(tokens[at:], phrase, strict=False)):
                return tokens[:at] + tokens[at + len(phrase):], True, True
    return tokens, linked, False


def is_dash(token: Token) -> bool:
    """Whether a token is a dash between spaces."""
    return token.text in ("–", "—", "-", "--") and token.i > 0 and bool(token.whitespace_) and bool(token.nbor(-1).whitespace_)


def _enumerated(scene: Scene, left: Token, right: Token) -> bool:
    """Whether a semicolon alone parts two things of a list that a colon has opened: ": two launchers; – ten tanks"."""
    doc, at = scene.doc, next((t.i for t in scene.doc[left.i + 1 : right.i] if t.text == ";"), None)
    if at is None or any(t.text == ";" for t in doc[at + 1 : right.i]) or not all(gaps.may_open(scene, t) or is_dash(t) for t in doc[at + 1 : right.i]):
        return False
    if any(t.pos_ in ("VERB", "AUX") and "Part" not in t.morph.get("VerbForm", []) for t in doc[right.i + 1 : right.i + 4]) and right.dep_.startswith("nsubj"):
        return False
    colon = next((t.i for t in reversed(doc[scene.sentences[scene.sentence_of[left.i]].start : left.i]) if t.text == ":"), None)
    return colon is not None


def joined_goods(scene: Scene, token: Token) -> list[Mention]:
    """Things that no list has but that the tree coordinates with the item at ``token``: "flour and antibiotics", "du riz et des pick-up"."""
    first = token
    while first.dep_ == "conj" and first.head.pos_ in _NOUNS and first.head.i != first.i:
        first = first.head
    if first.i != token.i and _own(first) is not None:
        return []
    found = []
    for noun in _conjuncts(first):
        if noun.i == token.i or noun.i in scene.by_token or noun.i in scene.triggers or noun.lemma_.lower() in scene.words.actor_nouns:
            continue
        if noun.pos_ not in _NOUNS or _begins_clause(scene, noun, first) or _own(noun) is not None:
            continue
        if preposition(scene.doc, noun.i, scene.grammar) not in (None, preposition(scene.doc, token.i, scene.grammar)):
            continue
        group = goods.noun_group(scene.doc, noun, scene.mentions)
        if group is not None and group[1] == "open" and not group[0].start <= token.idx < group[0].end:
            found.append(group[0])  # the listed ones are joined by order
    return found


def _conjuncts(first: Token) -> list[Token]:
    found = [first]
    for node in found:
        found += [c for c in node.children if c.dep_ == "conj"]
    return sorted(found, key=lambda t: t.i)


def _own(noun: Token) -> Token | None:
    """A verb of its own that a parser hung below a noun of a list."""
    return next((c for c in noun.children if c.pos_ in ("VERB", "AUX") and c.dep_ in ("conj", "parataxis", "cop")), None)


def _begins_clause(scene: Scene, right: Token, left: Token) -> bool:
    """Whether a verb right behind ``right`` has it for a subject, though what stands before is none: "to Moscow and China sold it"."""
    if left.dep_.startswith("nsubj") or _preposition(scene, right) is not None or _opens_clause(left, right):
        return False
    helped = False
    for token in scene.doc[right.i + 1 : right.i + 6]:
        if token.pos_ == "VERB":
            own = any(c.dep_.startswith("nsubj") and c.i < left.i for c in token.children)  # "deliveries to Kyiv and Warsaw have stopped"
            return not own and token.i != left.head.i and (helped or "Fin" in token.morph.get("VerbForm", []))
        if token.pos_ not in ("AUX", "ADV", "PRON", "PART"):
            return False
        helped = helped or token.pos_ == "AUX"
    return False


def _opens_clause(left: Token, right: Token) -> bool:
    """Whether ``left`` stands first in a clause and nothing but a coordinator parts it from ``right``: "; Tehran and Riyadh have sold it"."""
    doc, at = left.doc, left.i - 1
    if at >= 0 and doc[at].pos_ == "DET":
        at -= 1
    opens = at < 0 or doc[at].text in _STOPS or doc[at].pos_ == "SCONJ"
    return opens and all(t.pos_ in ("CCONJ", "DET") for t in doc[left.i + 1 : right.i])


def _conjoined(scene: Scene, left: Token, right: Token, loose: bool) -> bool:
    """Whether the tree joins two heads: as conjuncts, or (``loose``) as the apposition that parsers make of lists.

    No list runs through a noun that stands for none of its members: "Mali, long a friend of France".
    """
    node, joined = right, False
    for _ in range(6):
        if node.i == left.i:
            return joined or loose
        joined = joined or node.dep_ == "conj"
        if node.dep_ not in ("conj", "nmod", "appos") or node.head.i == node.i:
            return False
        node = node.head
        words = scene.words
        loose = loose and (node.i == left.i or node.i in scene.by_token or node.lemma_.lower() in words.actor_nouns | words.quantity_nouns)
    return False


def _head(scene: Scene, token: Token) -> Token:
    """The noun whose function the mention at ``token`` shares; one of no known class does not count ("a friend of France")."""
    if scene.doc.lang_ == "en":
        token = scene.doc[scene.bounds(token)[1]]
    chain, loose = scene.chain(token)
    return scene.doc[chain[1] if loose and len(chain) > 1 else chain[0]]


def _preposition(scene: Scene, token: Token) -> str | None:
    return preposition(scene.doc, _head(scene, token).i, scene.grammar)


def _both_places(scene: Scene, left: Token, right: Token) -> bool:
    """Whether two names stand behind prepositions that mean the same and change with the name alone: "au Liban et en Jordanie"."""
    keys = scene.words.place_prepositions
    return _preposition(scene, left) in keys and _preposition(scene, right) in keys and all(
        (m := scene.by_token.get(t.i)) is not None and m.type in ("STATE", "PLACE") and m.form != "demonym" for t in (left, right))


def _goes_on(scene: Scene, token: Token) -> bool:
    """Whether a coordinator links the actor at ``token`` to the next one: "(au Liban,) en Jordanie et aux Émirats"."""
    following = next((t for t, _ in scene.named(scene.sentence_of[token.i], "actor") if t.i > token.i), None)
    return following is not None and coordinated(scene, token, following, "actor")


def _complements(token: Token, head: Token) -> bool:
    """Whether ``token`` is a bare complement of the noun ``head``, or its preposition: "de déminage" in "véhicules de déminage"."""
    if token.pos_ == "ADP":
        token = token.head
    return token.head.i == head.i and token.pos_ == "NOUN" and token.dep_ == "nmod" and not any(c.dep_ in ("det", "conj") for c in token.children)


def _defines(scene: Scene, between: Sequence[Token]) -> bool:
    """Whether what stands behind a comma tells what the thing before it is: "a radar, the first product of its kind"."""
    behind = [plain(t) for t in between if t.text != ","]
    return len(behind) > 1 and behind[0] in scene.words.definites and behind[1] in _RANKS


def _completes(scene: Scene, left: Token, right: Token) -> bool:
    """Whether a bare "de" hangs ``right`` on a noun before ``left``, which has none: "une aide spatiale et de capteurs"."""
    start = scene.bounds(right)[0]
    if start < 1 or plain(scene.doc[start - 1]) not in ("de", "d'") or right.pos_ != "NOUN":
        return False
    if any(t.like_num or t.lemma_.lower() in scene.words.quantity_nouns or t.pos_ == "ADV" for t in scene.doc[left.i + 1 : start]):
        return False  # "des mortiers et 50 tonnes d'obus", "trente blindés et autant de camions"
    bare = plain(scene.doc[left.i - 1]) not in scene.grammar.articles
    return bare and _preposition(scene, left) is None and preposition(scene.doc, left.i, scene.grammar) is None


def _qualifies(token: Token, noun: Token) -> bool:
    """Whether a participle alone stands behind its noun like an adjective: "des blindés rénovés"."""
    return token.i == noun.i + 1 and token.head.i == noun.i and token.dep_ in ("amod", "acl") and "Part" in token.morph.get("VerbForm", []) and not any(True for _ in token.children)


def _makes(token: Token, noun: Token) -> bool:
    """Whether a name right before a counted thing only tells whose make it is: "20 Roshel armoured vehicles"."""
    doc, before = token.doc, token.i - 1
    return token.i + 1 == noun.i and token.head.i == noun.i and token.dep_ in ("compound", "amod") and token.pos_ == "PROPN" and (doc[before].pos_ in ("NUM", "DET") or doc[before].like_num)


def _opens_sentence(scene: Scene, left: Token, right: Token) -> bool:
    """Whether ``left`` stands in a phrase before the clause of ``right``: "Hidden under bags of rice, ten rifles were found"."""
    node, stop = left, next((t for t in reversed(scene.doc[left.i + 1 : right.i]) if t.text == "," or t.pos_ == "CCONJ"), None)
    while node.dep_ in ("nmod", "conj", "appos") and node.head.i != right.i:
        node = node.head
    key = preposition(scene.doc, node.i, scene.grammar)
    apart = key == "place" or (right.dep_.startswith("nsubj") and right.head.i > right.i and key not in (None, *_PARTITIVE))
    return stop is not None and stop.text == "," and node.i < right.i and apart and preposition(scene.doc, right.i, scene.grammar) is None


def _same_sort(scene: Scene, left: Token, right: Token) -> bool:
    """Whether the mentions of two tokens are of one type: "Mali's minister, Sadio Camara" lists no two actors."""
    one, two = scene.by_token.get(left.i), scene.by_token.get(right.i)
    return one is None or two is None or one.type == two.type


def _may_stand_between(scene: Scene, token: Token) -> bool:
    if token.pos_ in _BETWEEN or token.text == ",":
        return True
    mention = scene.by_token.get(token.i)
    if mention is not None:
        return mention.form == "demonym"
    return goods.is_measure(token) or token.lemma_.lower() in scene.words.quantity_nouns or token.lemma_.lower() in scene.words.actor_nouns
