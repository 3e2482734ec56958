"""The training of a session recorded for those who were there, on a home: the read models say who, the desk records it.

Rule: nobody gets a training who was not there; who has it on file from this session already gets it once.
"""

from collections.abc import Sequence
from uuid import UUID

from domain.act import Act
from domain.spans import second
from kiosk.home import Home
from kiosk.refusals import NotAttended
from projections.read_models.day_filter import DayFilter
from projections.read_models.sessions import list_session_attendance


def record_session_training(home: Home, name: str, listed: Sequence[UUID] | None, act: Act) -> int:
    """Record it; for how many it is new. `listed` None means everybody who was there. While the log is held.

    Raises: NoSuchSession, NoTrainingSession, NotAttended; LogError, ViewsDamaged.
    """
    plan = home.desk.find_session(name).plan
    home.views.catch_up(second(act.recorded))
    day = home.views.load_unit().days.of(plan.start)
    rows = list_session_attendance(home.views, DayFilter(day, day), name)
    present = [row.volunteer for row in rows if row.state == "attended"]
    if absent := next((one for one in listed or () if one not in present), None):
        raise NotAttended(absent, name)
    requirement = home.training_requirements.find_requirement(plan.training or "", plan.category)
    return home.desk.complete_session_training(name, present if listed is None else listed, requirement, act)
