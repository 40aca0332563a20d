"""Keeps schemathesis in the past: no schema can say which moments are still ahead, and the API refuses those (the suite
sees to that)."""

from datetime import date, datetime, timedelta, timezone

import schemathesis


def is_ahead(as_of):
    """Whether a day or an instant is ahead; what is neither is no moment at all."""
    try:
        if len(as_of) == 10:
            return date.fromisoformat(as_of) >= date.today() - timedelta(days=1)
        moment = datetime.fromisoformat(as_of.upper())
        return (moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment) > datetime.now(timezone.utc)
    except OverflowError:
        return True
    except ValueError:
        return False


def was_never_given(cursor):
    """Whether a cursor is well formed but names an instant ahead."""
    try:
        return int(cursor[1:].split("-")[0], 16) > datetime.now(timezone.utc).timestamp() * 1_000_000
    except ValueError:
        return False


@schemathesis.hook
def filter_query(context, query):
    as_of, cursor = (query or {}).get("as_of"), (query or {}).get("cursor")
    return not (isinstance(as_of, str) and is_ahead(as_of) or isinstance(cursor, str) and was_never_given(cursor))
