"""`NamedTuple` as `typing` has it, made without compiling text at each start.

`typing.NamedTuple` writes a constructor and the annotations of each class as text and
compiles them when the class is defined: 0.1 to 0.18 ms for each of some 70 classes,
every time the program starts. Here one constructor serves all classes. Type checkers
see `typing.NamedTuple` (docs/decisions/0003-named-tuples.md).
"""

from __future__ import annotations

from collections import _tuplegetter as field_getter  # type: ignore[attr-defined]
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class NamedMeta(type):
    """Makes the annotated names of a class the fields of a tuple."""

    _fields: tuple[str, ...]
    _field_defaults: dict[str, Any]
    _make: Callable[[Iterable[Any]], Any]
    """Makes a value of all its fields in order; how many there are is not looked at."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any]
    ) -> NamedMeta:
        """Make the class; `body` holds its names, as for `type`."""
        fields = tuple(body.get("__annotations__", ()))
        defaults = {field: body[field] for field in fields if field in body}
        getters = {field: field_getter(at, "") for at, field in enumerate(fields)}
        own = {
            "_fields": fields,
            "_field_defaults": defaults,
            "__match_args__": fields,
            "__slots__": (),
        }
        made = super().__new__(cls, name, bases, {**body, **getters, **own})
        # of C alone: a loop over ten thousand lessons calls it
        made._make = partial(tuple.__new__, cast("type[tuple[Any, ...]]", made))
        return made


class Named(tuple[Any, ...], metaclass=NamedMeta):
    """A tuple whose class gives names, and maybe defaults, to its fields."""

    __slots__ = ()

    def __new__(cls, *values: Any, **named: Any) -> Self:  # noqa: ANN401 - any field
        """Make a value; fields without a default must be given.

        Raises:
            TypeError: A field is missing, given twice or not one of the class.
        """
        if named or len(values) != len(cls._fields):
            values = cls._complete(values, named)
        return tuple.__new__(cls, values)

    @classmethod
    def _complete(cls, values: tuple[Any, ...], named: dict[str, Any]) -> Any:  # noqa: ANN401 - any field
        rest = cls._fields[len(values) :]
        given = {**cls._field_defaults, **named}
        missing = [field for field in rest if field not in given]
        if missing or len(values) > len(cls._fields) or not named.keys() <= {*rest}:
            raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}")
        return (*values, *[given[field] for field in rest])

    def __getnewargs__(self) -> tuple[Any, ...]:
        """The values, for `copy` and `pickle`."""
        return tuple(self)

    def __repr__(self) -> str:
        """Name the class and each field."""
        pairs = zip(type(self)._fields, self, strict=True)
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in pairs)})"

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(type(self)._fields, self, strict=True))

    def _replace(self, **changed: Any) -> Self:  # noqa: ANN401 - any field
        return type(self)(**{**self._asdict(), **changed})


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - passed on
else:
    NamedTuple = Named
