"""What status events are called in the languages of Calendar: `q` finds them by any of these."""

from __future__ import annotations

from typing import Final

# "These search terms also match predefined keywords against all display title translations of working location,
# out-of-office, and focus-time events. For example, searching for "Office" or "Bureau" returns working location events
# of type officeLocation, whereas searching for "Out of office" or "Abwesend" returns out-of-office events."
# https://developers.google.com/workspace/calendar/api/v3/reference/events/list#q
# In English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish, Danish and Norwegian.
_TITLES: Final[dict[str, tuple[str, ...]]] = {
    "outOfOffice": (
        *("Out of office", "Abwesend", "Absent du bureau", "Fuera de la oficina", "Fuori sede"),
        *("Fora do escritório", "Afwezig", "Poza biurem", "Mimo kancelář", "Inte på kontoret"),
        *("Ikke på kontoret", "Ikke på kontoret"),
    ),
    "focusTime": (
        *("Focus time", "Fokuszeit", "Moment de concentration", "Tiempo de concentración"),
        *("Momento di concentrazione", "Horário de concentração", "Focustijd", "Czas skupienia"),
        *("Čas na soustředění", "Fokustid", "Fokustid", "Fokustid"),
    ),
    "homeOffice": (
        *("Home", "Zuhause", "Domicile", "Casa", "Casa", "Casa", "Thuis", "Dom", "Doma"),
        *("Hemma", "Hjemme", "Hjemme"),
    ),
    "officeLocation": (
        *("Office", "Büro", "Bureau", "Oficina", "Ufficio", "Escritório", "Kantoor", "Biuro"),
        *("Kancelář", "Kontor", "Kontor", "Kontor"),
    ),
}


def display_titles(event_type: str, location: str | None) -> tuple[str, ...]:
    """Return what an event is called in the languages of Calendar; nothing for an event without such a title.

    Args:
        event_type: Its eventType.
        location: The type of working location that it says.
    """
    return _TITLES.get(location if event_type == "workingLocation" and location else event_type, ())
