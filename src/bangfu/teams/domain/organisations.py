"""The unified social credit code of an organisation (GB 32100-2015)."""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from bangfu.kernel.problems import Problem, Refused


def plain_credit_code(text: str) -> str:
    """The code in capitals, without what people put between; empty for an empty text.

    Raises:
        Refused: `teams.credit_code` for a code of another length, alphabet or check character.
    """
    typed = text.strip()
    if not typed:
        return ""
    try:
        return str(uscc.validate(typed))
    except ValidationError:
        raise Refused(Problem("teams.credit_code")) from None
