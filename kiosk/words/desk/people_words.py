"""The typed word table of the pages about people, filled in once a language. Braces stand for values."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.desk.person_papers import PersonPaperWords


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWords:
    """The words of one language. The mappings are by the codes of the contract, or by the names of fields."""

    papers: PersonPaperWords
    title: str
    search: str
    search_hint: str
    find: str
    show: str
    lacks: Mapping[str, str]
    days: str
    order: str
    orders: Mapping[str, str]
    count: str
    """With {total}."""
    nobody: str
    nobody_yet: str
    """Before the first is enrolled."""
    previous: str
    following: str
    page: str
    """With {page} and {pages}."""
    columns: Mapping[str, str]
    no_name: str
    new: str
    new_title: str
    enrol: str
    enrolled: str
    """With {number}."""
    back_to_list: str
    notice_title: str
    notice: str
    """What § 8 of the Personal Data Protection Act wants said; with {unit}."""
    sections: Mapping[str, str]
    labels: Mapping[str, str]
    """Of each field of a form."""
    hints: Mapping[str, str]
    faults: Mapping[str, str]
    """What is wrong with a field, by its kind."""
    look: str
    """Where fields are wrong, above the form."""
    refused: str
    """With {reason}: above a form that a rule refused."""
    modes: Mapping[str, str]
    standings: Mapping[str, str]
    trainings: Mapping[str, str]
    turns: Mapping[str, str]
    """With {day}."""
    languages: Mapping[str, str]
    genders: Mapping[str, str]
    outcomes: Mapping[str, str]
    case_states: Mapping[str, str]
    decisions: Mapping[str, str]
    technologies: Mapping[str, str]
    not_given: str
    none: str
    hours: str
    """With {hours}, of a training."""
    hours_done: str
    """With {hours} and {needed}, of a training that is not complete."""
    modules_left: str
    """With {modules}."""
    cards_held: str
    """With {count}."""
    card: str
    """With {day} and {tech}: a card that is held."""
    own_figures: str
    """Leads to what a volunteer may see of the assessment (R-064)."""
    omitted: str
    """With {count}."""
    hours_and_minutes: str
    """With {hours} and {minutes}."""
    duties: str
    """With {count}."""
    no_category: str
    acts: Mapping[str, str]
    """What can be done about a person: the name of each form, and the text of its button."""
    effects: Mapping[str, str]
    """What each brings about."""
    done: Mapping[str, str]
    """What the next page says once it is done."""
    end_reason: str
    """Why an agreement ends whose last day was known from the start."""
    show_data: str
    show_data_text: str
    purposes: Mapping[str, str]
    data_title: str
    recorded: str
    """That the look at the data is recorded."""
    hide: str
    edit: str
    save: str
    changed: str
    nothing_changed: str
    conflict: str
    reader_title: str
    reader_text: str
    """How a card is issued at a reader; with {name}."""
    reader_start: str
    no_volunteer: str
    """Of a number that was typed."""
    not_now: str
    reader_link: str
    reader_none: str
    reader_done: str
    """With {card}."""
    reader_failed: str
    """With {reason}."""
    contact_later: str
    card_later: str
    erase: str
    erase_text: str
    """With {number}."""
    import_file: str
    export: str
    export_text: str
    """With {total}."""
    formats: Mapping[str, str]
