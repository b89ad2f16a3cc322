"""Could a slip of the hand have made one formula of the other?"""

from __future__ import annotations

from pik_excel.checks.runs import Shape
from pik_excel.recalc.syntax import Call, Node, Number, Operation, Reference, children


def is_alike(one: Shape, other: Shape) -> bool:
    """Whether it has the same functions over other cells, another operator over the same cells, a number added, or the
    last term left out."""
    if is_parallel(one, other) or _skeleton(_without_addition(one.tree), False) == _skeleton(other.tree, False):
        return True
    if one.references and one.tree == _without_last_term(other.tree):
        return True
    return set(one.references) == set(other.references) and _skeleton(one.tree, True) == _skeleton(other.tree, True)


def is_parallel(one: Shape, other: Shape) -> bool:
    """Whether both compute the same of whatever cells."""
    if one is other or _consists_of(one) != _consists_of(other):
        return one is other
    return _skeleton(one.tree, False) == _skeleton(other.tree, False)


def _consists_of(shape: Shape) -> tuple[object, ...]:
    """What differs in most formulas that are not parallel, and is known of each."""
    return shape.form.kinds, shape.form.functions, shape.form.operators


def _without_addition(tree: Node) -> Node:
    match tree:
        case Operation("+" | "-" | "*" | "/", inner, Number()):
            return inner
    return tree


def _without_last_term(tree: Node) -> Node | None:
    match tree:
        case Operation("+" | "-", Operation() as inner, Reference()):
            return inner
    return None


def _skeleton(node: Node, any_operator: bool) -> tuple[object, ...]:
    """The tree without the cells it reads, and without its operators where `any_operator`."""
    match node:
        case Reference():
            return ("cell", node.single)
        case Operation(operator, left, right):
            return ("" if any_operator else operator, _skeleton(left, any_operator), _skeleton(right, any_operator))
        case Call(name, arguments):
            return (name, *(_skeleton(one, any_operator) for one in arguments))
    return (type(node).__name__, *(_skeleton(one, any_operator) for one in children(node)))
