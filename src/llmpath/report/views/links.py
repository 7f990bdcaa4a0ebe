"""What `curriculum links` answers."""

from __future__ import annotations

from llmpath.core.link_judging import Finding
from llmpath.core.links import Link
from llmpath.named_tuple import NamedTuple


class CheckedLink(NamedTuple):
    """A link and what was found."""

    link: Link
    finding: Finding


class LinksView(NamedTuple):
    """`curriculum links`: what became of each link.

    Attributes:
        curriculum: Of all modules that were looked at; None where they are of several.
        lessons: How many these modules have.
        total: How many links they have; those that were checked may be fewer.
    """

    curriculum: str | None
    lessons: int
    total: int
    checked: tuple[CheckedLink, ...]


class LinkReplacedView(NamedTuple):
    """`curriculum links --replace`: another link for a module or lesson.

    Attributes:
        event: None where it was so already.
        url: The link from now on; None where there is none.
        is_own: It is the learner's own; else it is the curriculum's again.
        others: Ids of what else has the link that was there before.
    """

    event: str | None
    id: str
    title: str
    url: str | None
    before: str | None
    is_own: bool
    others: tuple[str, ...] = ()
