"""Division codes for property tests."""

from hypothesis import strategies as st

from bangfu.kernel.division import DivisionCode, Level


def codes() -> st.SearchStrategy[DivisionCode]:
    """Codes over few digits, so that they often contain each other; nines are the hard case."""
    return st.sampled_from(list(Level)).flatmap(
        lambda level: st.text("0159", min_size=level, max_size=level).map(DivisionCode)
    )
