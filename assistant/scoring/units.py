"""Units of measure: spellings, dimension, and the factor to the dimension's base unit.

Two numbers can only agree or conflict inside one dimension. Months and days are different
dimensions on purpose ("1 month" is not "30 days"), and so are days and working days.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure."""

    name: str
    dimension: str
    factor: Decimal
    """How many base units of the dimension one of these is."""


_TABLE = """
ms        time      0.001       ms millisecond milliseconds msec
s         time      1           s sec secs second seconds
min       time      60          min mins minute minutes
h         time      3600        h hr hrs hour hours
day       time      86400       d day days
week      time      604800      week weeks wk wks
fortnight time      1209600     fortnight fortnights
workday   workdays  1           workday workdays
month     months    1           month months mo mos
year      months    12          year years yr yrs
decade    months    120         decade decades
century   months    1200        century centuries
percent   percent   1           % percent pct
pp        points    1           pp point points
eur       EUR       1           € eur euro euros
usd       USD       1           $ usd us$ dollar dollars
gbp       GBP       1           £ gbp pound pounds
chf       CHF       1           chf franc francs
sek       SEK       1           sek
cad       CAD       1           cad c$
celsius   celsius   1           °c ℃ celsius
fahrenheit fahrenheit 1         °f fahrenheit
degree    angle     1           ° degree degrees
kelvin    kelvin    1           kelvin kelvins
mm        length    0.001       mm millimetre millimetres millimeter millimeters
cm        length    0.01        cm centimetre centimetres centimeter centimeters
m         length    1           m metre metres meter meters
km        length    1000        km kilometre kilometres kilometer kilometers
nm        length    0.000000001 nm nanometre nanometres nanometer nanometers
um        length    0.000001    µm μm um micrometre micrometres
inch      length    0.0254      inch inches
yard      length    0.9144      yd yard yards
foot      length    0.3048      ft foot feet
mile      length    1609.344    mile miles
nmi       length    1852        nmi
knot      speed     1           kn knot knots
sqm       area      1           m² m2 sqm
sqkm      area      1000000     km² km2
hectare   area      10000       ha hectare hectares
acre      area      4046.8564224 acre acres
mph       speedm    1           mph
rpm       turns     1           rpm
cum       cubic     1           m³ m3
gallon    gallons   1           gal gallon gallons
oz        ounces    1           oz ounce ounces
ug        mass      0.000001    µg μg ug microgram micrograms
mg        mass      0.001       mg milligram milligrams
g         mass      1           g gram grams
kg        mass      1000        kg kilo kilos kilogram kilograms
tonne     mass      1000000     t tonne tonnes
lb        mass      453.59237   lb lbs
ml        volume    0.001       ml millilitre millilitres milliliter milliliters
cl        volume    0.01        cl centilitre centilitres centiliter centiliters
hl        volume    100         hl hectolitre hectolitres
l         volume    1           l litre litres liter liters
mv        voltage   0.001       mv millivolt millivolts
v         voltage   1           v volt volts
kv        voltage   1000        kv kilovolt kilovolts
ma        current   0.001       ma milliamp milliamps
a         current   1           amp amps ampere amperes
w         power     1           w watt watts
kw        power     1000        kw kilowatt kilowatts
mw        power     1000000     megawatt megawatts
wh        energy    0.001       wh
kwh       energy    1           kwh
mwh       energy    1000        mwh
ah        charge    1           ah
mah       charge    0.001       mah
kcal      heat      1           kcal
newton    force     1           newton newtons
nm_       torque    1           newtonmetre
ohm       ohms      1           Ω ohm ohms
lux       light     1           lux lx
lumen     lumens    1           lumen lumens lm
b         data      1           byte bytes
kb        data      1000        kb kilobyte kilobytes
mb        data      1000000     mb megabyte megabytes
gb        data      1000000000  gb gigabyte gigabytes
tb        data      1000000000000 tb terabyte terabytes
hz        frequency 1           hz hertz
khz       frequency 1000        khz
mhz       frequency 1000000     mhz
ghz       frequency 1000000000  ghz
bar       pressure  1           bar
mbar      pressure  0.001       mbar
pa        pressure  0.00001     pa pascal
hpa       pressure  0.001       hpa
kpa       pressure  0.01        kpa
psi       pressurep 1           psi
mscm      conduct   1           ms/cm
uscm      conduct   0.001       µs/cm μs/cm us/cm
mgl       conc      1           mg/l
ppm       ppm       1           ppm
abs       absorb    1           abs
px        pixels    1           px pixel pixels
bit       bits      1           bit bits
kbit      bits      1000        kbit kbits kilobit kilobits
mbit      bits      1000000     mbit mbits megabit megabits
gbit      bits      1000000000  gbit gbits gigabit gigabits
db        level     1           db decibel decibels
"""

UNITS: dict[str, Unit] = {}
"""Casefolded spelling -> unit."""
for _line in _TABLE.strip().splitlines():
    _name, _dimension, _factor, *_spellings = _line.split()
    for _spelling in _spellings:
        UNITS[_spelling] = Unit(_name, _dimension, Decimal(_factor))

CURRENCY_DIMENSIONS = frozenset({"EUR", "USD", "GBP", "CHF", "SEK", "CAD"})

CASE_SENSITIVE: dict[str, Unit] = {
    "A": UNITS["amp"], "mS": Unit("ms_", "conductance", Decimal(1)),
    "Mb": UNITS["mbit"], "Gb": UNITS["gbit"], "kb": UNITS["kb"], "MW": UNITS["megawatt"],
    "mW": Unit("milliwatt", "power", Decimal("0.001")), "K": UNITS["kelvin"],
}  # fmt: skip
"""Spellings that mean something else, or nothing, in the other case."""

PHRASES: dict[str, str] = {
    "working days": "workdays",
    "working day": "workday",
    "business days": "workdays",
    "business day": "workday",
    "percentage points": "pp",
    "percentage point": "pp",
    "per cent": "percent",
    "square metres": "m²",
    "square meters": "m²",
    "swiss francs": "chf",
    "cubic metres": "m³",
    "cubic meters": "m³",
    "square kilometres": "km²",
    "square kilometers": "km²",
    "kilowatt hours": "kwh",
    "nautical miles": "nmi",
    "degrees celsius": "celsius",
    "degree celsius": "celsius",
    "degrees c": "celsius",
    "deg c": "celsius",
    "degrees fahrenheit": "fahrenheit",
    "us dollars": "usd",
}
"""Two-word spellings -> one-word spelling."""


def find_unit(spelling: str) -> Unit | None:
    """The unit of a spelling such as `°C`, `ms`, `working days`; None when it is not a unit."""
    if spelling in CASE_SENSITIVE:
        return CASE_SENSITIVE[spelling]
    folded = " ".join(spelling.casefold().split())
    return UNITS.get(PHRASES.get(folded, folded))
