"""The purposes for which identifying data of volunteers is shown (R-120): a word of a short list."""

from collections.abc import Mapping
from typing import Literal, get_args

Purpose = Literal["contact", "correction", "papers", "own_request", "identity", "emergency", "other"]
"""Why names are needed: to reach the person; to correct the data; for insurance, awards or certificates; because the
volunteer asks for the own data; to make sure who it is; in an emergency; anything else, which a note then says."""
PURPOSES: Mapping[str, Purpose] = {purpose: purpose for purpose in get_args(Purpose)}
