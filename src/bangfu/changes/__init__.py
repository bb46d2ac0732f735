"""Dynamic adjustment (信息变更): changes of the register that are asked for, reviewed and made.

Owns change requests: who asks for which change of which household, on which grounds, and what came
of it. How a request goes on its way is the procedure table's to say
(`packs/*/procedures/change.yaml`); what a change does to a household is the register's. Announces
`changes.change_applied`, `changes.change_returned` and `changes.change_undone`. Never writes to
the register but by `registry.apply_change` and `registry.undo_change`.
"""
