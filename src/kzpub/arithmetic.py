"""Exact arithmetic of derived figures: numbers and amounts in a currency, ``+ - * /`` and parentheses."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or an amount in a currency (ISO 4217)."""

    amount: Fraction
    currency: str = ""


def reckon(expression: str, operands: Mapping[str, Quantity]) -> Quantity:
    """What an expression of numbers and operands gives. Raises ``ValueError``, which says why it gives nothing."""
    try:
        return _reckoned(ast.parse(expression, mode="eval").body, operands)
    except (SyntaxError, RecursionError, MemoryError, TypeError):
        raise ValueError("it is no arithmetic") from None
    except ZeroDivisionError:
        raise ValueError("it divides by nothing") from None


def exact(value: Fraction) -> Decimal | None:
    """The decimal number that a fraction is, or ``None`` if its digits have no end."""
    result = Decimal(value.numerator) / Decimal(value.denominator)
    return result if Fraction(result) == value else None


def _reckoned(node: ast.expr, operands: Mapping[str, Quantity]) -> Quantity:
    match node:
        case ast.Constant(value=int() | float()):
            return Quantity(Fraction(ast.unparse(node)))
        case ast.Name(id=id):
            return operands[id]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            given = _reckoned(operand, operands)
            return Quantity(-given.amount, given.currency)
        case ast.BinOp(left=left, op=op, right=right):
            return _combined(_reckoned(left, operands), op, _reckoned(right, operands))
        case _:
            raise SyntaxError


def _combined(a: Quantity, op: ast.operator, b: Quantity) -> Quantity:
    """Amounts add up in one currency; a product has one currency at most, a quotient of two amounts none."""
    match op:
        case ast.Add() | ast.Sub() if a.currency != b.currency:
            raise ValueError(f"it adds {a.currency or 'a number'} and {b.currency or 'a number'}")
        case ast.Add():
            return Quantity(a.amount + b.amount, a.currency)
        case ast.Sub():
            return Quantity(a.amount - b.amount, a.currency)
        case ast.Mult() if not (a.currency and b.currency):
            return Quantity(a.amount * b.amount, a.currency or b.currency)
        case ast.Div() if not b.currency or a.currency == b.currency:
            return Quantity(a.amount / b.amount, "" if b.currency else a.currency)
        case ast.Mult() | ast.Div():
            raise ValueError(f"it multiplies or divides by {b.currency}")
        case _:
            raise SyntaxError
