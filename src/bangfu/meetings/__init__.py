"""Village meetings (民主评议): agenda, attendance, votes, minutes.

Owns meetings, who was there, what was voted and the sheets that prove it. It knows matters of
procedures, not what they are about: features above offer what waits for a meeting
(`register_agenda`) and act on what was decided (`register_outcome`). When a meeting may decide is
the law's to say, by parameters of the pack (`packs/nation/parameters/meetings.yaml`). Announces
`meetings.meeting_closed`.
"""
