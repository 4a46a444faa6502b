"""The first day of every Vietnamese lunar month from 1900 to 2100, from the theories of Sun and Moon inside PyEphem.

A second opinion on src/vietnam/lunar.rs: another author's new moons and solar longitudes, and the rule written anew.
Prints `YYYY-MM-DD MONTH`, a leap month as `6+`. The table's days are those of UTC+7.
"""
import datetime
import math

import ephem

HANOI = 7 / 24


def new_moons():
    moon = ephem.Date("1898/10/1")
    while moon < ephem.Date("2102/4/1"):
        moon = ephem.next_new_moon(moon)
        yield moon
        moon = ephem.Date(moon + 1)


def term(day):
    """How many principal terms the Sun has passed since the spring equinox at the midnight that begins a day."""
    midnight = ephem.Date(day - HANOI)
    sun = ephem.Sun(midnight)
    place = ephem.Ecliptic(ephem.Equatorial(sun.g_ra, sun.g_dec, epoch=midnight), epoch=midnight)
    return int(place.lon / (math.pi / 6))


# PyEphem counts days from noon, 31 December 1899.
days = [math.floor(moon + HANOI + 0.5) - 0.5 for moon in new_moons()]
terms = [term(day) for day in days]
winters = [at for at in range(len(days) - 1) if terms[at] in (7, 8) and terms[at + 1] in (9, 10)]
for begin, end in zip(winters, winters[1:]):
    numbers = list(range(11, 23))
    if end - begin == 13:
        leap = next(at for at in range(begin + 1, end) if terms[at] == terms[at + 1]) - begin
        numbers.insert(leap, numbers[leap - 1])
    else:
        leap = None
    for at, number in enumerate(numbers):
        day = datetime.date(1899, 12, 31) + datetime.timedelta(days=int(days[begin + at] + 0.5))
        print(day, f"{(number - 1) % 12 + 1}{'+' if at == leap else ''}")
