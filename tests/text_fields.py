"""Where a command takes text: found from its signature, so that a new field cannot be forgotten."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, get_args, get_type_hints

Command = Callable[..., Any]


def commands_of(package: ModuleType, *told: str) -> dict[str, Command]:
    """The public functions of a package that are told one of these, by `module.name`."""
    found = {}
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            is_own = function.__module__ == module.name and not name.startswith("_")
            if is_own and set(told) & set(inspect.signature(function).parameters):
                found[f"{module.name.rpartition('.')[2]}.{name}"] = function
    return found


def text_fields(package: ModuleType, *told: str) -> set[str]:
    """`module.command field`, also `field.part` of what holds several and `field[]` of lists and tables."""
    return {
        f"{name} {field}"
        for name, command in commands_of(package, *told).items()
        for parameter, kind in get_type_hints(command).items()
        if parameter != "return"
        for field in _texts(kind, parameter)
    }


def _texts(kind: Any, at: str) -> Iterator[str]:
    if kind is str:
        yield at
    elif isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        for part in fields(kind):
            yield from _texts(hints[part.name], f"{at}.{part.name}")
    else:
        for inner in get_args(kind):
            yield from _texts(inner, at if type(None) in get_args(kind) else f"{at}[]")
