"""What each command does, by the same services as the pages."""

from __future__ import annotations

import json
import signal
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import yaml
from django.conf import settings
from django.utils import translation

from bangfu.config.command import main
from bangfu.config.command.cases import act_on_cases
from bangfu.config.command.lists import (
    find_feed_file,
    import_list,
    list_document,
    list_words,
)
from bangfu.config.command.speaking import Speaker, language_of_terminal
from bangfu.config.demo import fill_demo
from bangfu.config.fitness import check_home, tables_stand
from bangfu.config.opening import prepare_home
from bangfu.config.server import serve
from bangfu.foundation.access.api import keeping_refusals, system_actor
from bangfu.foundation.audit.api import describe, export_audit, verify
from bangfu.foundation.clock.api import today
from bangfu.foundation.jobs.api import run_worker
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import publish_pack
from bangfu.registry.api import check_upload, commit_batch, count_problems, find_household_by_number
from bangfu.screening.api import explain_household, run_screening, screen_to_json
from bangfu.synthetic.api import generate

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import ImportBatch

__all__ = ["act"]


def act(asked: argparse.Namespace) -> int:
    """Do what was asked; the answer is the exit status."""
    speaker = Speaker(json_asked=getattr(asked, "json", False))
    with translation.override(language_of_terminal()):
        try:
            _check_prepared(asked.command)
            with keeping_refusals(_actor(), f"command.{asked.command}"):
                return _ACTIONS[asked.command](asked, speaker)
        except Refused as refused:
            speaker.refuse(refused)
            return 1


def _check_prepared(command: str) -> None:
    """Refuse what needs a home where there is none yet.

    Raises:
        Refused: `command.no_home`.
    """
    if command in _NEEDS_A_HOME and not tables_stand(settings.BANGFU_HOME):
        values = {"home": str(settings.BANGFU_HOME)}
        raise Refused(Problem("command.no_home", values=values))


def _actor() -> Actor:
    """Whoever may run the command on this machine may do everything; the audit says so."""
    return system_actor("command")


def _demo(asked: argparse.Namespace, speaker: Speaker) -> int:
    # What the demo's people write down is Chinese, in whatever language the terminal speaks.
    with translation.override("zh-hans"):
        fill_demo(asked.households, speaker.tell)
    if not asked.no_serve:
        speaker.tell(f"Bangfu: http://127.0.0.1:{asked.port}/ (the sign-in page names the people)")
        serve(main, "127.0.0.1", asked.port)
    return 0


def _generate(asked: argparse.Namespace, speaker: Speaker) -> int:
    made = generate(asked.division, asked.households, asked.seed, asked.out, asked.layout)
    for each in made.files:
        speaker.say(str(each.path))
    speaker.tell(f"{made.households:,} households, {made.members:,} members, {made.dirty:,} spoilt")
    return 0


def _import(asked: argparse.Namespace, speaker: Speaker) -> int:
    prepare_home()
    feed = find_feed_file(asked.mapping)
    if feed is not None:
        each = import_list(asked, feed, _actor())
        speaker.answer(list_document(each), list_words(each))
        return 0
    batch = check_upload(
        actor=_actor(), sources=asked.paths, division=asked.division or "",
        data_date=asked.data_date or today(), mapping=_read_mapping(asked),
    )  # fmt: skip
    if not asked.dry_run:
        batch = commit_batch(actor=_actor(), batch_id=batch.id)
    speaker.answer(_batch_document(batch), _batch_words(batch))
    return 0


def _read_mapping(asked: argparse.Namespace) -> dict[str, str] | None:
    if asked.mapping is None:
        return None
    try:
        read = yaml.safe_load(asked.mapping.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        read = None
    if not isinstance(read, dict) or not all(isinstance(each, str) for each in read.values()):
        raise Refused(Problem("command.mapping_unreadable", values={"file": asked.mapping.name}))
    return {str(header): item for header, item in read.items()}


def _batch_document(batch: ImportBatch) -> dict[str, Any]:
    problems = count_problems(_actor(), batch.id)
    return {
        "batch": str(batch.id),
        "state": str(batch.state),
        "data_date": batch.data_date.isoformat(),
        "households": {
            "new": batch.new,
            "changed": batch.changed,
            "unchanged": batch.unchanged,
            "refused": batch.refused,
        },
        "rows": batch.rows,
        "refused_rows": batch.refused_rows,
        "problems": {each.code: each.count for each in problems},
    }


def _batch_words(batch: ImportBatch) -> str:
    return (
        f"{batch.state}: {batch.new:,} new, {batch.changed:,} changed, "
        f"{batch.unchanged:,} unchanged, {batch.refused:,} refused"
    )


def _screen(asked: argparse.Namespace, speaker: Speaker) -> int:
    run = run_screening(
        actor=_actor(), division=asked.division or "", as_of=asked.as_of, engine=asked.engine,
        overrides=dict(asked.overrides), folder=asked.snapshot,
    )  # fmt: skip
    document = screen_to_json(run)
    lines = [f"{run.households:,} households judged on {run.as_of}, {run.engine}, {run.digest}"]
    lines += [
        f"  {each['rule']:<28} {each['fired']:>8,} fired {each['unknown']:>8,} unknown"
        for each in document["rules"]
    ]
    speaker.answer(document, "\n".join(lines + _comparison_lines(document)))
    return 0


def _comparison_lines(document: dict[str, Any]) -> list[str]:
    found = document.get("comparison")
    if not found:
        return []
    moved = found["households"]
    return [f"  tried {document['overrides']}: {json.dumps(moved)}; nothing was written"]


def _explain(asked: argparse.Namespace, speaker: Speaker) -> int:
    explanation = explain_household(_actor(), _household(asked.household), asked.as_of)
    document = explanation.document()
    language = "en" if translation.get_language() == "en" else "zh"
    lines = [
        f"{each['outcome']:<8}{each['label'][language]}: {each['reason'][language]}"
        for each in document["rules"]
    ]
    speaker.answer(document, "\n".join(lines))
    return 0


def _household(number: str) -> UUID:
    found = find_household_by_number(_actor(), number)
    if found is None:
        raise Refused(Problem("command.no_such_household", values={"number": number}))
    return found


def _publish_pack(asked: argparse.Namespace, speaker: Speaker) -> int:
    prepare_home()
    folder = Path(asked.pack)
    version = publish_pack(
        actor=_actor(),
        path=folder.resolve() if folder.is_dir() else asked.pack,
        valid_from=asked.valid_from,
    )
    document = {
        "pack": version.pack,
        "label": version.label,
        "hash": version.hash,
        "valid_from": version.valid_from.isoformat(),
        "demo": version.demo,
    }
    words = f"{version.label} holds from {version.valid_from.isoformat()}, {version.hash[:12]}"
    speaker.answer(document, words)
    return 0


def _serve(asked: argparse.Namespace, speaker: Speaker) -> int:
    prepare_home()
    speaker.tell(f"Bangfu: http://{asked.host}:{asked.port}/")
    serve(main, asked.host, asked.port)
    return 0


def _worker(asked: argparse.Namespace, speaker: Speaker) -> int:
    stop = Event()
    # Asked to end, it ends after the job at hand; killed, the job is taken up after its lease.
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    run_worker(stop, once=asked.once)
    return 0


def _check(asked: argparse.Namespace, speaker: Speaker) -> int:
    found = check_home(settings.BANGFU_HOME)
    document = {"fit": found.fit, "checks": [each.document() for each in found.checks]}
    speaker.answer(document, "\n".join(each.line() for each in found.checks))
    return 0 if found.fit else 1


def _verify_audit(asked: argparse.Namespace, speaker: Speaker) -> int:
    if asked.export:
        with asked.export.open("w", encoding="utf-8") as stream:
            export_audit(actor=_actor(), stream=stream)
    report = verify()
    document = {
        "intact": report.intact,
        "batches": report.batches,
        "rows": report.rows,
        "unsealed": report.unsealed,
        "checkpoints": report.checkpoints,
        "findings": [asdict(each) for each in report.findings],
    }
    speaker.answer(document, "\n".join(describe(report, english=language_of_terminal() == "en")))
    return 0 if report.intact else 1


_NEEDS_A_HOME: Final = {"screen", "explain", "cases", "worker", "verify-audit"}

_ACTIONS: Final[dict[str, Callable[[argparse.Namespace, Speaker], int]]] = {
    "demo": _demo,
    "generate": _generate,
    "import": _import,
    "screen": _screen,
    "explain": _explain,
    "cases": act_on_cases,
    "publish-pack": _publish_pack,
    "serve": _serve,
    "worker": _worker,
    "check": _check,
    "verify-audit": _verify_audit,
}
