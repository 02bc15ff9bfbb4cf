"""What could fill a role, and what a transfer already told leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from extractor.model import Mention, Role

ACTOR_TYPES = frozenset({"STATE", "ORG", "PERSON", "PLACE"})
SENTENCES_BACK = 3


@dataclass(frozen=True)
class Candidate:
    """A possible filler.

    ``members`` are the coordinated mentions, itself included. ``chain`` are the token indices from
    the mention up to the noun whose function it shares ("russe" in "l'armée russe"), top first.
    ``loose``: the top of the chain is a noun of no known class ("les équipages russes").
    ``via``: name, goods, pronoun, possessive, description, discourse. ``rank`` orders antecedents, 0 the likeliest.
    ``tails``: the tokens of the further members. ``origin``: the head of an antecedent's noun phrase, where ``token`` is a pronoun.
    """

    members: tuple[Mention, ...]
    token: Token
    chain: tuple[int, ...]
    via: str = "name"
    rank: int = 0
    strength: str = "mention"
    loose: bool = False
    origin: int = -1
    tails: tuple[int, ...] = ()

    @property
    def mention(self) -> Mention:
        return self.members[0]

    @property
    def key(self) -> tuple[str, int]:
        return (self.mention.entity or "", self.mention.start)


@dataclass(frozen=True)
class Told:
    """A transfer already found in the Doc: where, what filled its roles (entity ids, item starts), and the things that passed."""

    token: int
    fillers: dict[Role, frozenset[str]]
    things: tuple[Mention, ...] = ()

    @staticmethod
    def name(mention: Mention) -> str:
        """What a filler is remembered by."""
        return mention.entity if mention.entity and mention.type in ACTOR_TYPES else f"@{mention.start}"
