"""The problems of rows: what is wrong, what to do."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "no_owner": (
        "The customer has no owner and counts for the team only",
        "Fill in the owner, or give it in the sheet Pool to who is proposed; where one cell is merged over several rows, unmerge it and fill in each row",
    ),
    "unknown_customer": ("There is no such customer", "Add the customer or correct the ID"),
    "name_of_several": ("Several customers are called so", "Add a column of customer IDs and write whose it is there"),
    "unknown_person": ("Not in People", "Add the person there or correct the name"),
    "no_such_person": ("Neither in People nor the owner of anything", "Correct the name or add the person to People"),
    "unknown_outcome": ("Not one of the outcomes", "Correct it, or add the outcome in Settings"),
    "unknown_disposition": (
        "Nobody knows what {word} in the log stands for ({count:call|calls}); it is kept as it is, counts as a call and moves no tier",
        "Add a row for it to Dispositions in Settings: which outcome it is, whether somebody spoke; then import again, which mends the calls that are there",
    ),
    "disposition_outcome": (
        "Dispositions names an outcome that Outcomes lacks; calls get it as it is, and it moves no tier",
        "Choose one of the outcomes, or add it to Outcomes",
    ),
    "unknown_channel": (
        "Not one of the channels; {count:row counts|rows count} as no call",
        "Write Phone where it was a call, or add the channel in Settings",
    ),
    "entry_outcome": (
        "Not one of the outcomes; the row is not in Activities yet",
        "Choose one from the list, or add it in Settings, and refresh",
    ),
    "entry_date": (
        "Nobody can tell which day this is; the row is not in Activities yet",
        "Write tomorrow, next Wed, end of month, 26th or 2026-05-26, and refresh",
    ),
    "entry_amount": (
        "An order has an amount above 0; the row is not in yet",
        "Correct it and refresh; a refund is a status in Orders",
    ),
    "entry_not_won": (
        "An order amount, but the result is not a sale; the row is not in yet",
        "Choose the result for a sale, or empty the amount (a quote goes into the remark), and refresh",
    ),
    "entry_no_orders": (
        "There is no Orders table that can take this order; the row is not in yet",
        "Orders needs the columns for date, customer no. and amount; add them and refresh",
    ),
    "entry_customer": (
        "There is no such customer; the row is not in Activities yet",
        "Add the customer or correct the ID, and refresh",
    ),
    "entry_no_column": (
        "Activities has no such column; the row is not in it yet",
        "Add the column to its header row and refresh",
    ),
    "negative": ("A negative amount", "Correct it; use status Refunded for refunds"),
    "future": ("After the as-of day", "Check the date"),
    "closed_early": ("Closed before it was created", "Check both dates"),
    "other_country": (
        "{count:phone looks|phones look} like numbers of {other}, not of {country}, by which they are read (Settings: country = {other})",
        "If they are, change country in Settings: else calls and duplicates are not matched",
    ),
    "bad_phone": ("Not a valid phone number", "Check the number"),
    "same_phone": ("The same phone as the customer in row {row}, perhaps the same one", "Merge or check them"),
    "both_changed": (
        "{file}: this cell of {key} was changed here and there; it was not overwritten",
        "Decide and correct it by hand",
    ),
    "order_differs": (
        "{file}: order {key} has another amount than the team's; it was not changed",
        "Check, and correct the team's Orders",
    ),
    "owner_change": (
        "{file} changes the owner of {key} from {was} to {new}; it was not changed",
        "If you agree change it here (or Transfer the customer); if not leave it, and tell the person",
    ),
    "call_again": (
        "{file} lifts Do not call of {key}; it was not lifted",
        "Make sure that the customer agreed to be called; then clear Do not call here",
    ),
    "unsigned": (
        "{file}: its hidden copy is not signed (an earlier version made it, or it was replaced); its changes were taken",
        "Look over what it changed, and hand out anew: new files are signed",
    ),
    "other_key": (
        "{file}: signed with a key that this user does not have on this computer, so its copy is not proved; its changes were taken",
        "Handed out on another computer: collect there, or copy .funnelbook/handout.key from there; else look over its changes",
    ),
    "row_gone": (
        "{file} changed {key}, which is no longer in the team's table",
        "Put the row back if it is needed and collect again",
    ),
    "other_customer": (
        "{file}: the new customer {key}, {called}, has the ID of another one of the team; neither it nor its calls were collected",
        "Give it another ID in that workbook, in its calls too, and collect again",
    ),
    "no_column_for": (
        "{file} filled this in for {key}, and the team's table has no such column",
        "Add the column and collect again",
    ),
    "several_owners": (
        "{count:cell names|cells name} several people as the owner; the first known one is, here {person}",
        "Where it is another, leave only that name in the cell",
    ),
    "unknown_phone": (
        "No customer has this phone number; the row was not imported",
        "Add the number to a customer and import again; new callers become customers with --add-customers",
    ),
    "no_number": ("No number of the customer: {count:row|rows}, not imported", "Fill in the numbers and import again"),
    "line_twice": ("The same row stands in the file before: {count:row|rows}, counted once", "Nothing to do"),
    "no_line_end": (
        "The last row has no line end, so the file may be incomplete; its last cell was read as it stands",
        "Check that cell; if it is cut off, export again and correct the call",
    ),
    "cut_off": (
        "The file breaks off in this row; the cell it breaks off in was not read",
        "Export it again and import that",
    ),
    "listed_phone": ("A customer has this phone ({name}, ID {id}); not added again", "Nothing to do"),
    "listed_email": (
        "A customer has this e-mail ({name}, ID {id}); not added again",
        "Nothing to do; if it is somebody else, add them to Customers by hand",
    ),
    "listed_twice": ("The same as row {first} of the list; not added again", "Nothing to do"),
    "listed_name": (
        "The name is that of {name} (ID {id}), or nearly; not added",
        "If it is another company, add it to Customers by hand",
    ),
    "similar_name": ("Nearly the same name as {name} in row {row}", "Merge or check them"),
    "ordered_early": ("Ordered before the customer was created", "Check both dates"),
    "after_closed": (
        "The customer was closed on {closed}; this came later",
        "Check the dates; if the customer is back, clear Closed",
    ),
    "next_before": ("The next contact lies before this one", "Correct the date"),
    "owner_left": (
        "The owner is no longer active: the customer is in no list of calls",
        'Write "transfer NAME" as the note in People and click Transfer; or change the owner here',
    ),
    "stale": ("Stale: no contact for {days:day|days} and none to come", "Call soon, or mark it Lost"),
    "cold": (
        "{customers:customer is|customers are} cold, too long in the tier ({who})",
        "Close, revive or hand over (with pool rules, in the sheet Pool); Find a customer: Cold",
    ),
    "pool_soon": (
        "{within_7:customer falls|customers fall} due for the pool within 7 days ({within_5} within 5, {within_3} within 3), the nearest: {who}",
        "Have their owners call; once due decide in the sheet Pool to take, give or keep them",
    ),
    "pool_rule_closed": (
        "Customers who bought or are lost are not taken by pool rules; the row is not used",
        "Name an open tier, or delete the row",
    ),
    "pool_rule_empty": (
        "The pool rule has neither days nor calls and is not used",
        "Fill in days without contact or calls in vain",
    ),
    "pool_rule_zero": ("Days and calls of a pool rule must be above 0; the cell is not used", "Correct or empty it"),
    "pool_changed": (
        "Things have changed since it was decided (another owner, a contact, an order, do not call); the row was not carried out",
        "See how things are and empty the decision; to change the owner after all use Transfer, or the Customers sheet",
    ),
    "pool_nobody": (
        "Nobody is named to give the customer to, or one who does not work or has it now; the row was not carried out",
        "Name somebody at work as the proposed owner and click Pool again",
    ),
    "note_sale_near": (
        "The note tells of a sale of {sold:,.0f}; Orders has one of {other:,.0f} on {day}, which may be the same, so none was added",
        "Where it is the same, write the amount of the order into the note; where it is another one, add it to Orders",
    ),
    "note_sale_copied": (
        "The same sale stands in the notes of several customers, and each has an order of it",
        "Check whether it was copied along; delete the order of a customer who did not buy",
    ),
    "note_sale_changed": (
        "The note says {sold:,.0f} by now; the order of this sale stayed as it was",
        "Correct the amount in Orders",
    ),
    "note_sale_undone": (
        "The notes tell of a sale of {sold:,.0f} and later that it was refunded or cancelled; Orders still has it",
        "Where it was, set its status in Orders to refunded or cancelled; else correct the entry in Activities",
    ),
    "won_without_order": (
        "Said to have bought, but Orders holds no such order; the sale was not counted",
        "Add the order to Orders; where there was no sale, set the tier back",
    ),
    "no_next_contact": ("Contacted, but no next contact is agreed", "Enter a day for it"),
    "no_purpose": ("The next contact has no purpose", "Enter why to call again"),
    "no_year": ("Without a year; read as {period}", "Write 2026-05 to be sure"),
    "bad_period": ("Not a period; the row was not used", "Write 2026-05, 2026-Q2 or 2026"),
    "unknown_field": (
        "{field} is not a field; it was left as typed",
        "Use {name} {contact} {owner} {due} {festival} {last order}",
    ),
    "sms_too_long": (
        "Filled in it takes up to {length:character|characters}; a text message has {most}",
        "Shorten the template",
    ),
    "target_not_whole": ("A target of orders is a whole number; the row was not taken", "Write it without a fraction"),
    "tier_number": (
        "Not usable: a rate is between 0 and 100 %, days and minutes are above 0; the default was used",
        "Correct the cell",
    ),
    "leave_backwards": ("It ends before it begins; this leave was not counted", "Correct the two days"),
    "negative_target": ("A negative target; it was not used", "Write a number of 0 or more"),
    "target_refused": (
        "This row was not taken into Targets: {why}",
        "Do as the sentence says, then refresh; what was typed is still in the row",
    ),
    "target_no_column": (
        "Targets has no such column; this row was not taken in",
        "Add the column and that of what is proposed (as Paid and Proposed paid) to the headers of Targets, then refresh",
    ),
    "target_of_nobody": (
        "This row is nobody's target; it was not taken in",
        "Type it into the row of the team or of a person",
    ),
    "target_unassigned": (
        "The team's target is {team}, the people's add up to {total}: nobody has the other {rest}",
        "Split the target, or revise one of them, so that both are the same",
    ),
    "target_overassigned": (
        "The team's target is {team}, the people's add up to {total}: {rest} too much",
        "Revise the team's or people's targets, so that both are the same",
    ),
    "rule_gives_nothing": (
        "The rule has neither amount nor percent; it was not used",
        "Enter one of them; a penalty is below 0",
    ),
    "from_above_to": ("From is above To; the rule was not used", "Correct the two cells"),
    "not_a_rate": ("The metric is a per cent; the rule was not used", "Write it as 100% or 1"),
    "not_granted": ("Nobody has granted the rule", "Enter who may and did grant it"),
    "locks_above_total": (
        "The team's target is {team}, people have {total} already; nothing is left for the others",
        "Revise the team's or people's targets, so that both are the same",
    ),
}
