"""Duty of resident officials (驻村干部): presence, leave, the month's record, recall.

Owns who was in the village on which day, leaves, what a month came to, and recalls. Postings are
`teams`'; how a leave is granted is the procedure table's to say
(`packs/*/procedures/leave.yaml`). Announces `attendance.leave_granted` and
`attendance.official_recalled`. Features above tell presence by `record_presence`.
"""
