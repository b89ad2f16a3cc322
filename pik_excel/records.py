"""How is a record declared so that a program with hundreds of them starts at once?

By `from pik_excel.records import dataclass` and `@dataclass(frozen=True)`; `frozen=False` where it changes. The record
can do all that the standard library's can. But that one writes and compiles six functions a class while it is imported,
half a millisecond each time; here one is compiled, when the first record of that shape is made, and the others need no
compiling.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from types import CodeType, FunctionType, MemberDescriptorType
from typing import TYPE_CHECKING, Any  # Any: records of any class, with fields of any type

_ABSENT = object()
_SET = object.__setattr__

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen, eq=True, **options):
        """As `dataclasses.dataclass`; `frozen` must be said, `slots` and `kw_only` may be."""
        return lambda cls: _record(cls, frozen, eq, options)


def _record(cls: type, frozen: bool, eq: bool, options: dict[str, bool]) -> type:
    written = inspect.get_annotations(cls)
    cls.__annotations__ = dict.fromkeys(written, object)  # in a text the standard library would look for ClassVar
    cls.__doc__ = cls.__doc__ or cls.__name__  # else it would put together a signature
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, **options)(cls)
    made.__annotations__ = written
    told = dataclasses.fields(made)
    for field in told:
        field.type = written.get(field.name, field.type)
    own: dict[str, Callable[..., object] | None] = {"__init__": _init_at_first_call(made)}
    if frozen:
        own |= {"__setattr__": _no_change, "__delattr__": _no_change}
    own["__repr__"] = _repr([field.name for field in told if field.repr])
    if options.get("slots"):
        own["__setstate__"] = _set_state
    if eq:
        own["__eq__"] = _eq(_values(field.name for field in told if field.compare))
        hashed = _values(one.name for one in told if (one.compare if one.hash is None else one.hash))
        own["__hash__"] = _hash(hashed) if frozen else None
    for name, function in own.items():
        if name not in vars(made) or (name == "__hash__" and made.__hash__ is None):
            setattr(made, name, function)
    return made


def _values(names: Iterable[str]) -> Callable[[object], object]:
    """What gives the fields of that name, as one value."""
    wanted = tuple(names)
    return attrgetter(*wanted) if wanted else lambda _record: ()


def _eq(values: Callable[[object], object]) -> Callable[[object, object], bool]:
    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it becomes that of a class
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(values: Callable[[object], object]) -> Callable[[object], int]:
    return lambda self: hash(values(self))


def _repr(names: list[str]) -> Callable[[object], str]:
    @recursive_repr("...")
    def __repr__(self: object) -> str:  # noqa: N807
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({shown})"

    return __repr__


def _no_change(_self: object, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _set_state(self: object, state: tuple[dict[str, object] | None, dict[str, object]]) -> None:
    """How a record with slots comes back from another process."""
    for name, value in state[1].items():
        _SET(self, name, value)


def _init_at_first_call(cls: Any) -> Callable[..., None]:
    def __init__(self: object, *values: object, **named: object) -> None:  # noqa: N807
        cls.__init__ = _init(cls)
        cls.__init__(self, *values, **named)

    return __init__


def _init(cls: type) -> Callable[..., None]:
    """Written with numbers for the fields' names, so that it is compiled once for all records of that shape."""
    fields = {f"_{at}": field for at, field in enumerate(dataclasses.fields(cls))}
    names: dict[str, Any] = {"_ABSENT": _ABSENT, "_SET": _SET}
    plain = [_parameter(at, field, names) for at, field in fields.items() if field.init and not field.kw_only]
    named = [_parameter(at, field, names) for at, field in fields.items() if field.init and field.kw_only]
    parameters = ["self", *plain, *(["*", *named] if named else [])]
    lines = [line for at, field in fields.items() if (line := _assignment(cls, at, field, names)) is not None]
    lines += ["self.__post_init__()"] if hasattr(cls, "__post_init__") else []
    exec(_compiled("\n ".join([f"def __init__({', '.join(parameters)}):", *(lines or ["pass"])])), names)
    return _renamed(names["__init__"], {at: field.name for at, field in fields.items()})


@cache
def _compiled(text: str) -> CodeType:
    return compile(text, "<record>", "exec")


def _renamed(function: FunctionType, names: dict[object, str]) -> FunctionType:
    """The function with other names for its parameters, and for the same words among its constants."""
    code = function.__code__
    function.__code__ = code.replace(
        co_varnames=tuple(names.get(one, one) for one in code.co_varnames),
        co_consts=tuple(names.get(one, one) for one in code.co_consts),
    )
    if function.__kwdefaults__:
        function.__kwdefaults__ = {names[one]: value for one, value in function.__kwdefaults__.items()}
    return function


def _parameter(at: str, field: dataclasses.Field[Any], names: dict[str, Any]) -> str:
    if field.default_factory is not dataclasses.MISSING:
        return f"{at}=_ABSENT"
    if field.default is dataclasses.MISSING:
        return at
    names[f"_default{at}"] = field.default
    return f"{at}=_default{at}"


def _assignment(cls: type, at: str, field: dataclasses.Field[Any], names: dict[str, Any]) -> str | None:
    if field.default_factory is dataclasses.MISSING:
        return _set(cls, at, field.name, at, names) if field.init else None
    names[f"_make{at}"] = field.default_factory
    given = f"_make{at}() if {at} is _ABSENT else {at}" if field.init else f"_make{at}()"
    return _set(cls, at, field.name, given, names)


def _set(cls: type, at: str, name: str, given: str, names: dict[str, Any]) -> str:
    """A slot is filled directly, in half the time: of such records there are 100,000."""
    slot = getattr(cls, name, None)
    if not isinstance(slot, MemberDescriptorType):
        return f"_SET(self, {at!r}, {given})"
    names[f"_fill{at}"] = slot.__set__
    return f"_fill{at}(self, {given})"
