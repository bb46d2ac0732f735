"""Plans and measures: one household, one policy (一户一策).

Owns plans of households and their measures, and reads the pack's catalogue of measures
(`packs/*/measures.yaml`). How they go on their way is the procedure tables' to say
(`procedures/plan.yaml`, `measure.yaml`). Announces `plans.plan_drafted`, `plans.plan_approved`,
`plans.measure_started`, `plans.measure_finished` and `plans.measure_stopped`. It proposes measures
and never decides about one; it never judges a household: what a measure brought is read off the
rules' answers before and after.
"""
