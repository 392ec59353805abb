"""Makes moments.json: what words mean at ten moments in five zones, by Python's calendar and zoneinfo.

python3 packages/domain/test/words/moments.py > packages/domain/test/cases/moments.json
"""
import calendar
import json
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
INSTANTS = [
    "2026-12-31T22:55:00Z",  # the end of a year
    "2028-02-29T11:00:00Z",  # a leap day
    "2026-03-29T00:10:00Z",  # before clocks are set forward in Berlin
    "2026-10-25T00:10:00Z",  # before they are set back there
    "2026-11-01T05:10:00Z",  # before they are set back in New York
    "2026-04-04T14:10:00Z",  # before they are set back by half an hour on Lord Howe
    "2026-09-28T08:00:00Z",  # a Monday
    "2026-10-04T15:00:00Z",  # a Sunday
]
WALLS = ["2027-01-31T00:10", "2026-04-30T23:50"]


def months_later(day, months):
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_with(today, fits):
    return next(day for day in (today + timedelta(n) for n in range(3000)) if fits(day))


def instant_of(day, hour, minute, zone):
    """The first of two; later by the gap where there is none: what fold=0 means."""
    return datetime.combine(day, time(hour, minute), zone).astimezone(timezone.utc)


def elapsed(now, minutes, zone):
    later = now + timedelta(minutes=minutes)
    wall = later.astimezone(zone)
    if wall.fold == 0:
        return f"{wall:%Y-%m-%d %H:%M}"
    return f"{later:%Y-%m-%d %H:%M} Etc/UTC"


def meanings(now, zone):
    local = now.astimezone(zone)
    today = local.date()
    monday = today - timedelta(today.weekday())

    def clock(hour, minute):
        day = today if instant_of(today, hour, minute, zone) >= now else today + timedelta(1)
        return f"{day} {hour:02}:{minute:02}"

    coming_friday = next_with(today + timedelta(1), lambda day: day.weekday() == 4)
    saturday = monday + timedelta(5)
    first_of_next = months_later(today.replace(day=1), 1)
    dates = {
        "today": today,
        "tomorrow": today + timedelta(1),
        "friday": coming_friday,
        "next friday": monday + timedelta(11),
        "this weekend": today if today.weekday() >= 5 else saturday,
        "next week": monday + timedelta(7),
        "next month": first_of_next,
        "end of week": monday + timedelta(6),
        "end of month": first_of_next - timedelta(1),
        "in 3 days": today + timedelta(3),
        "in 1 month": months_later(today, 1),
        "31st": next_with(today, lambda day: day.day == 31),
        "feb 29": next_with(today, lambda day: (day.month, day.day) == (2, 29)),
        "every friday": next_with(today, lambda day: day.weekday() == 4),
        "every last day": next_with(today, lambda day: (day + timedelta(1)).day == 1),
    }
    times = {
        "9:30": clock(9, 30),
        "2:30": clock(2, 30),
        "23:55": clock(23, 55),
        "every day at 9:30": clock(9, 30),
        "in 90 minutes": elapsed(now, 90, zone),
        "in 2 hours": elapsed(now, 120, zone),
    }
    return {words: str(day) for words, day in dates.items()} | times


rows = []
for name in ZONES:
    zone = ZoneInfo(name)
    instants = [datetime.fromisoformat(text.replace("Z", "+00:00")) for text in INSTANTS]
    instants += [datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(timezone.utc) for text in WALLS]
    for now in instants:
        rows.append({"now": f"{now:%Y-%m-%dT%H:%M:%SZ}", "timeZone": name, "words": meanings(now, zone)})
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
