"""Players for empty chairs: ordinary clients, from their own view only, by a readable plan."""

from kerege.standin.mind import PACES, Mind
from kerege.standin.plan import AnyFace, Names, PlannedStep, StandInPlan
from kerege.standin.ports import Clock, Link
from kerege.standin.standin import StandIn
from kerege.standin.view import HeldView

__all__ = ["PACES", "AnyFace", "Clock", "HeldView", "Link", "Mind", "Names", "PlannedStep", "StandIn", "StandInPlan"]
