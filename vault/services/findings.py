"""Findings as the database keeps them: plain JSON, with nothing lost."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from vault.domain.findings import Evidence, Finding, Outcome, Severity
from vault.domain.message import Message
from vault.domain.readings import Box


def dump_finding(finding: Finding) -> dict[str, Any]:
    """`load_finding` gives an equal finding back. `gap` and `extent` are written where they say something: few do."""
    return {
        "check": finding.check,
        "outcome": finding.outcome.value,
        "message": dump_message(finding.message),
        "rule": finding.rule,
        "severity": finding.severity.value,
        "advice": dump_message(finding.advice) if finding.advice else None,
        "item": finding.item,
        "path": finding.path,
        "evidence": _dump_evidence(finding.evidence) if finding.evidence else None,
        "why": dict(finding.why),
        **({"gap": finding.gap} if finding.gap else {}),
        **({"extent": finding.extent} if finding.extent > 1 else {}),
    }


def load_finding(stored: dict[str, Any]) -> Finding:
    """The finding that `dump_finding` wrote."""
    return Finding(
        check=stored["check"],
        outcome=Outcome(stored["outcome"]),
        message=load_message(stored["message"]),
        rule=stored["rule"],
        severity=Severity(stored["severity"]),
        advice=load_message(stored["advice"]) if stored["advice"] else None,
        item=stored["item"],
        path=stored["path"],
        evidence=_load_evidence(stored["evidence"]) if stored["evidence"] else None,
        why=stored["why"],
        gap=stored.get("gap", ""),
        extent=stored.get("extent", 1),
    )


def dump_message(message: Message) -> dict[str, Any]:
    """``{"text", "params"}``."""
    return {"text": message.text, "params": dict(message.params)}


def load_message(stored: dict[str, Any]) -> Message:
    """The message that `dump_message` wrote."""
    return Message(stored["text"], stored["params"])


def digest(findings: Iterable[Finding]) -> str:
    """SHA-256 over what the findings say: equal digests mean that nothing has changed for anybody."""
    text = json.dumps(
        [dump_finding(finding) for finding in findings], sort_keys=True, ensure_ascii=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _dump_evidence(evidence: Evidence) -> dict[str, Any]:
    box = evidence.box
    return {
        "page": evidence.page,
        "box": [box.x0, box.y0, box.x1, box.y1] if box else None,
        "raw": evidence.raw,
        "confidence": evidence.confidence,
    }


def _load_evidence(stored: dict[str, Any]) -> Evidence:
    box = Box(*stored["box"]) if stored["box"] else None
    return Evidence(stored["page"], box, stored["raw"], stored["confidence"])
