"""A whole catalogue of sets, of which only what changed is built: `deckbuilder batch`, and for other programs."""

from __future__ import annotations

from deckbuilder.batch.jobs import Job
from deckbuilder.batch.pool import Bounds
from deckbuilder.batch.report import Report
from deckbuilder.batch.running import Plan, plan, prune, run
from deckbuilder.batch.working import Outcome

__all__ = ["Bounds", "Job", "Outcome", "Plan", "Report", "plan", "prune", "run"]
