"""The Seen (上次所见): the cells of the next contact as the last refresh saw them."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation

SEEN = Table(
    "Seen",
    Role.RESULT,
    sheet="seen",
    order=500,
    columns=(
        Column("id", Kind.ID, key=True),
        Column("next_contact", Kind.DATE),
        Column("at", Kind.MOMENT),
    ),
    hidden=True,
)


@makes(SEEN)
def last_seen(situation: Situation) -> Made:
    """The Seen as of now; looking back leaves it as it stands."""
    return Made(situation.last_seen if situation.before_log else situation.next_contacts.seen)
