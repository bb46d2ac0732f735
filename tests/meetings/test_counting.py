"""Quorum and majority against fractions, for every share and number of people."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bangfu.meetings.domain.counting import Share, Votes, passes
from bangfu.meetings.domain.kinds import load_kinds

PEOPLE = st.integers(0, 2_000)
SHARES = st.builds(
    lambda of, part, more: Share(min(part, of), of, more_than=more),
    st.integers(1, 12),
    st.integers(0, 12),
    st.booleans(),
)
TWO_THIRDS, HALF = Share(2, 3), Share(1, 2, more_than=True)


@given(share=SHARES, number=PEOPLE, whole=st.integers(1, 2_000))
def test_a_share_is_reached_as_the_fraction_says(share: Share, number: int, whole: int) -> None:
    there, asked = Fraction(number, whole), Fraction(share.part, share.of)
    assert share.reached(number, whole) is (there > asked if share.more_than else there >= asked)


@given(share=SHARES, whole=st.integers(1, 2_000))
def test_the_number_needed_is_the_least_that_reaches_the_share(share: Share, whole: int) -> None:
    needed = share.needed(whole)
    assert share.reached(needed, whole)
    assert needed == 0 or not share.reached(needed - 1, whole)


@given(votes=st.builds(Votes, PEOPLE, PEOPLE, PEOPLE), present=PEOPLE)
def test_nothing_passes_unless_every_member_present_voted_once(votes: Votes, present: int) -> None:
    if passes(votes, present, HALF):
        assert votes.total == present
        assert votes.in_favour * 2 > present
        assert votes.in_favour > votes.against + votes.abstained


@given(present=st.integers(1, 2_000), data=st.data())
def test_one_more_in_favour_never_loses_a_vote(present: int, data: st.DataObject) -> None:
    in_favour = data.draw(st.integers(0, present - 1))
    against = data.draw(st.integers(1, present - in_favour))
    before = Votes(in_favour, against, present - in_favour - against)
    after = Votes(in_favour + 1, against - 1, before.abstained)
    assert passes(after, present, HALF) or not passes(before, present, HALF)


def test_the_shares_of_the_law_at_their_edges() -> None:
    assert [TWO_THIRDS.needed(each) for each in (1, 2, 3, 30, 31, 32)] == [1, 2, 2, 20, 21, 22]
    assert [HALF.needed(each) for each in (1, 2, 3, 4, 27)] == [1, 2, 2, 3, 14]
    assert not TWO_THIRDS.reached(20, 31)
    assert not HALF.reached(13, 26)
    assert not TWO_THIRDS.reached(0, 0), "of nobody there is no quorum"


def test_negative_votes_never_fit() -> None:
    assert not Votes(11, -1, 0).fits(10)


def test_every_kind_of_meeting_has_members_and_a_law() -> None:
    catalogue = load_kinds()
    for kind in catalogue.kinds.values():
        assert kind.members <= set(catalogue.roles)
        assert kind.law.zh
        assert kind.law.en
    assert "first_secretary" not in catalogue.kinds["representatives"].members
