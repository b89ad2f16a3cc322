"""In which form does a result travel from process to process, and wait on the disk?"""

from __future__ import annotations

import io
import pickle
import zlib
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import PurePath
from typing import Any  # what a pickle holds

from pik_excel.errors import PikError

_PLAIN = {("decimal", "Decimal"), ("datetime", "date"), ("datetime", "datetime"), ("builtins", "frozenset")}
_PATHS = {"PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"}


def packed(result: object) -> bytes:
    """The result as bytes that are small and travel well."""
    whole = io.BytesIO()
    _Packer(whole, pickle.HIGHEST_PROTOCOL).dump(result)
    return zlib.compress(whole.getbuffer(), 1)


class _Packer(pickle.Pickler):
    """Packs errors of ours as records; where Dask is imported, exceptions would be packed with their tracebacks. Packs
    members of enumerations by their value; Python 3.11.0 to 3.11.3 would do so by a call that is not let in again."""

    def reducer_override(self, one: object) -> Any:
        if isinstance(one, Enum):
            return type(one), (one.value,)
        return one.__reduce__() if isinstance(one, PikError) else NotImplemented


def unpacked(data: bytes) -> object:
    """The result in these bytes. Only records of ours are made of them: the folder of a run may come from anywhere."""
    return _Records(io.BytesIO(zlib.decompress(data))).load()


class _Records(pickle.Unpickler):
    """Reads records and plain values, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN or (module.partition(".")[0] == "pathlib" and name in _PATHS):
            return getattr(import_module(module), name)
        if module.partition(".")[0] == "pik_excel":
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and (
                is_dataclass(found) or issubclass(found, Enum | tuple | PikError | PurePath)
            ):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
