"""The problems of cells and headers: what is wrong, what to do."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "missing_column": ("A required column is missing", "Add it to the header row"),
    "two_tables": (
        "Two places look like this table; the one in row {row} of {taken} was read",
        "Merge them, or change the header of the one that is not meant",
    ),
    "rows_below": (
        "From this row on {count:row below the table looks like its own; it was|rows below the table look like its own; they were} not read",
        "Move them right below its last row, or drag the corner of the table over them",
    ),
    "entry_refused": (
        "The row is not in Activities: {why}",
        "Do as it says and refresh; what was typed is still in the list",
    ),
    "blank_cell": ("A required cell is blank", "Fill it in"),
    "duplicate": ("Stands more than once; only the first row was read", "Delete the row or correct it"),
    "bad_number": ("Not a number", "Write a number"),
    "too_large": ("Too large to be meant", "Correct it; up to 1,000,000,000,000,000 is taken"),
    "team_as_person": (
        "This word means the whole team and is nobody's name",
        "Write a person's name, or leave it blank",
    ),
    "tier_special": (
        "Won, Lost, Order and Team are no tiers, every funnel has them; the row was not used",
        "Delete it, or choose another code",
    ),
    "tier_special_name": (
        "The name is that of Won or Lost and could mean either; it was not used",
        "Give the tier another name",
    ),
    "bad_date": ("Not a date that exists", "Write it as 2026-05-03"),
    "flipped_day": (
        "The day and the month of {count:date were|dates were} exchanged when the file was opened: others of the column have the day first, and as they stand some lie ahead; read the other way round",
        "Check them; to have the cells right, export again and open the file with Data > From Text/CSV",
    ),
    "date_order": (
        "{count:date|dates} here may have the day or the month first; read with the month first, and counted",
        "Write them as 2026-05-03",
    ),
    "spoken_day": (
        "{count:cell says|cells say} a day in words such as next week; counted from today, so it moves on from day to day",
        "Write a date",
    ),
    "number_point": (
        "Of {count:number|numbers} nothing says whether the point or the comma parts the fraction; three digits behind one are read as thousands, and counted (1.250 as 1250)",
        "Write 1250 or 1.25; then the whole column is clear",
    ),
    "as_seconds": (
        "The duration names no unit; {count:number was|numbers were} read as seconds, and counted",
        "If that is wrong, name the unit in the header, such as Duration (min); import a log again",
    ),
    "as_minutes_seconds": (
        "{count:duration is|durations are} stored as a time of day, such as 3:25:00; read as 3 min 25 s, and counted",
        "Write 0:03:25 or 3m 25s, which cannot be mistaken",
    ),
    "currencies": (
        "The column is in several currencies, {count:amount|amounts} in another than most; counted as they stand, not converted",
        "Write all of them in one currency",
    ),
    "unit_doubt": (
        "In the unit its header names, this is far larger than the others in the column ({count:number|numbers}); counted in that unit",
        "Write it in the unit of the header, or take the unit out of the header and write whole amounts",
    ),
    "as_minutes": (
        "The duration names no unit; {count:number was|numbers were} read as minutes, and counted",
        "If that is wrong, name the unit in the header, such as Duration (s), and import again",
    ),
    "long_calls": (
        "{count:call took|calls took} longer than 2 hours; counted",
        "If these are seconds, name the unit in the header, such as Duration (s), and import again",
    ),
    "nobody_reached": (
        "None of the {count:call|calls} was answered, so says the log; counted",
        "See whether the column that says what came of a call was recognised; name it with --map activities.outcome=HEADER",
    ),
    "id_differs": (
        "The log's ID and its phone number name different customers ({count:row|rows}); the number was believed",
        "See which of the two is right; correct the customer's phone or the log's ID",
    ),
    "shared_phone": (
        "Several customers have this number and nothing says who is meant ({count:row|rows}); the first was taken",
        "See whose calls these are, and merge the customers or correct a number",
    ),
    "all_unknown": (
        "No customer has any of the {count:number|numbers}: perhaps the log of another team",
        "See whether the file is the right one, and which column holds the customers' numbers",
    ),
    "bad_time": ("Not a time of day; the channel counts as always open", "Write it as 08:30"),
    "bad_flag": ("Neither yes nor no", "Write Yes or No"),
    "bad_do_not_call": ("Neither yes nor no; the customer is not called", "Write Yes or No"),
    "share_ends": (
        "The tiers are chances in percent: 100% is read as Won, and 0% as Lost ({count:customer|customers})",
        "Check it; who is still open gets another tier",
    ),
    "note_spares": (
        "By the note the customer must not be called again ({count:customer|customers}); nobody calls them",
        'Check it; for who may be called after all, write "may call" in a column Do not call, and correct the outcome in Activities if it is there',
    ),
    "outcome_spares": (
        "The outcome says not to call again ({count:call|calls}); nobody calls the customer any more",
        "Check it; for who may be called after all, change the outcome",
    ),
    "call_note_spares": (
        "The note of the call says not to call again ({count:call|calls}); nobody calls the customer any more",
        "Check it; for who may be called after all, change that note",
    ),
    "open_sale": (
        "An amount and a day of a sale stand there, yet the tier is open ({count:customer|customers}); no order",
        "Set the tier or state of who bought to Won; leave the others",
    ),
    "header_gone": (
        "The list had this header when it was set up; it is gone, and nothing is read as that column",
        "Give the column its header back; where it was renamed or is not wanted, set the workbook up once more",
    ),
    "next_spares": (
        "No day: it says that the customer must not be called again ({count:customer|customers}); nobody calls them",
        "Check it; for who may be called after all, write a day or clear the cell",
    ),
    "state_not_tier": (
        "The tier is still open, but won or lost according to {header} ({count:customer|customers}), which is believed",
        "Check it; if it is wrong, correct it there",
    ),
    "numbers_returned": (
        "Rows were sorted or moved without their numbers; each of {count:customer|customers} has its own number again",
        "Nothing to do; next time, sort that column too",
    ),
    "numbers_anew": (
        "{count:row stands|rows stand} beside the number of another and are of nobody known; a new number was given",
        "Check it; if it is a customer of before, type the old number",
    ),
    "unknown_tier": ("Not one of the tiers", "Correct it, or add the tier in Settings"),
    "unknown_word": ("Not one of the words to choose from", "Choose one from the list"),
    "error_cell": ("The cell holds an error", "Correct the formula"),
    "unknown_setting": ("There is no such setting", "Check its spelling or delete the row"),
    "bad_setting": ("The value cannot be used; the default was", "Correct it as its meaning says"),
}
