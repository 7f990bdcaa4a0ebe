from __future__ import annotations

from llmpath.core.curriculum import Alternative
from llmpath.core.links import Link, collect_links
from tests.builders import a_lesson, a_module

PAGE = "https://example.org/page"


def test_each_address_is_named_once_with_all_that_have_it() -> None:
    first, second, third, fourth = (
        a_lesson(f"llmpath:one/{name}")._replace(url=url)
        for name, url in (
            ("a", f"{PAGE}#a"),
            ("b", f"{PAGE}#b"),
            ("c", None),
            ("d", "javascript:alert(1)"),
        )
    )
    one = a_module("one", [first, second, third, fourth])._replace(
        url="https://example.org/",
        alternatives=(Alternative("Another", f"{PAGE}#c", "readers"),),
    )
    two = a_module("two", [a_lesson("llmpath:two/a")._replace(url=PAGE)])._replace(
        url=None
    )
    assert collect_links([one, two]) == (
        Link("https://example.org/", True, (one.id,), ()),  # noqa: FBT003 - the value's field
        Link(PAGE, True, (first.id, second.id, "llmpath:two/a"), (one.id,)),  # noqa: FBT003 - as above
        Link("javascript:alert(1)", False, (fourth.id,), ()),  # noqa: FBT003 - as above
    )
