# ruff: noqa: E501
"""Phrases that fill answer values (``#`` a number, ``@`` an invented name), by value type."""

TABLES: dict[str, list[str]] = {
    name: [entry.strip() for entry in entries.split(";")]
    for name, entries in {
        "frequency": "every day; twice a day; once a week; every # days; every two weeks; twice a year; once a month;"
        " every # minutes; every quarter; once a year; every # hours; every other Friday; on the first Monday of the month;"
        " three times a week; every # months; after every shift; each spring; hourly; daily; weekly; monthly; four times a year;"
        " every night; every # weeks; once per season; every second year; before each use; at the end of every month",
        "material": "steel; oak; aluminium; recycled plastic; carbon fibre; glass; brass; cork; stainless steel; rubber;"
        " granite; copper; wool; pine; leather; titanium; bamboo; red brick; ceramic; cast iron; cotton; cardboard; beech wood",
        "colour": "red; dark green; blue; yellow; black; white; light grey; orange; silver; purple; brown; sky blue; turquoise; pink; gold",
        "action": "hold the red button for # seconds; pull out the plug and wait # minutes; restart the service;"
        " delete the file @.lock; call the front desk; press the reset key twice; leave through the nearest exit;"
        " replace the fuse; turn the valve to the left; clear the cache; update the driver; wait in the courtyard;"
        " log out and back in; switch to channel #; check the cable at port #; tighten the screws; inform the shift leader;"
        " open the side door; run the repair tool; enter the code @; ask the help desk for a new key; empty the tray;"
        " close the main valve; take the stairs; write down the time; remove the battery; fill up the water tank;"
        " set the switch to position #; clean the sensor with a dry cloth; download the package again",
        "reason": "the roof is being repaired; the seal was leaking; the contract with @ ended; the battery could catch fire;"
        " the river had flooded the cellar; there was no money left; a part from @ was missing; the brakes failed;"
        " the owner retired; rents had doubled; the paint contained lead; a storm had damaged the bridge; the licence ran out;"
        " too few people signed up; the cable was too short; the new law forbids it; wild bees nest there;"
        " the commute was too long; the machine overheats after # hours; a better offer came from @; the air is full of dust;"
        " the floor is wet; the software had a security hole; customers complained about the noise; the supplier went bankrupt;"
        " the track is being renewed; the wheels came loose; mould was found in the walls; the doctor advised it",
        "meaning": "the paper tray is empty; the sensor is dirty; the connection to @ was lost; the disk is full;"
        " the password has expired; the door is not closed; the motor is too hot; the file is missing; the battery is low;"
        " the account is locked; the pressure is too low; the water filter is blocked; the licence is not valid;"
        " the request took longer than # seconds; the clock is wrong; the printer is offline; the user has no rights;"
        " the fan has stopped; the oil level is low; the database is being copied; the card cannot be read",
        "goal": "cut waste by #%; replace the old billing system; open a shop in @; make the site faster;"
        " save energy; find new customers; translate the manual; teach children to swim; protect the forest;"
        " reduce waiting times; move all data to @; build # new flats; train nurses; test the new engine;"
        " clean up the river; merge the two warehouses; prepare the audit; lower the number of accidents;"
        " help newcomers find a home; digitise old maps; measure air quality; repair the organ of the church",
        "licence": "MIT licence; Apache License 2.0; GNU General Public License; BSD licence; Mozilla Public License; @ Community Licence",
        "language_p": "Python; Rust; Java; Go; C++; TypeScript; Kotlin; Ruby; Haskell; Swift; Scala; Elixir; Fortran",
        "language": "English; German; French; Polish; Arabic; Spanish; Turkish; Finnish; Greek; Dutch; Hindi; Korean; Danish; Czech",
        "os": "Windows; Linux; macOS; Android; iOS; FreeBSD; ChromeOS",
        "ingredient": "honey; peanuts; rye flour; milk; apples; garlic; walnuts; plums; soy; eggs; ginger; mustard; cherries;"
        " buckwheat; sesame; smoked fish; white beans; shellfish; cinnamon; goat cheese; wild berries; celery; mushrooms;"
        " sunflower seeds; potatoes; beetles; small fish; grass; snails; pollen; fallen leaves; dark chocolate; barley",
        "fuel": "diesel; petrol; natural gas; hydrogen; solar power; wood pellets; electricity; rapeseed oil; coal; biogas; compressed air",
        "interface": "Bluetooth; USB-C; a serial cable; Wi-Fi; an Ethernet cable; HDMI; infrared; a radio link; a CAN bus; fibre optics",
        "industry": "shipbuilding; banking; food processing; tourism; paper making; insurance; printing; fishing; forestry;"
        " medical technology; the furniture trade; wind energy; publishing; road building; recycling; pet food; shoe making",
        "job": "a nurse; an accountant; the head of sales; a bus driver; a data engineer; a gardener; the duty manager;"
        " a lawyer; a welder; an architect; the finance director; a teacher; a software tester; a baker; the site manager;"
        " a translator; a pilot; the chief engineer; a librarian; a pharmacist; the team leader; an electrician; a cook",
        "department": "accounting; the sales team; human resources; the research department; customer service; logistics;"
        " the legal department; marketing; the design studio; quality control; purchasing; the IT department; the night shift",
        "hobby": "chess; climbing; playing the cello; gardening; photography; painting; cycling; old films; fishing;"
        " model trains; singing; bird watching; cooking; stamp collecting; pottery; rowing; crossword puzzles; knitting",
        "subject": "chemistry; law; history; mathematics; biology; music; economics; philosophy; geology; medicine; physics; linguistics",
        "task": "the annual report; new contracts; the company cars; the archive; training new staff; complaints; payroll;"
        " the website; travel bookings; fire safety; the newsletter; the warehouse keys; spare parts; visitors from abroad;"
        " data protection; the coffee machines; invoices from @; the test laboratory; school visits; software licences",
        "status": "on hold; finished; in progress; delayed; cancelled; under review; waiting for approval; out of order;"
        " ahead of plan; in testing; fully booked; ready for delivery; #% complete; being repaired",
        "place_in": "behind building #; in the underground garage; at the north gate; on level #; in front of the canteen;"
        " next to the boiler house; through the side door; on @ Street; in the courtyard; by the loading ramp; at gate #",
        "equipment": "safety glasses; a helmet; gloves; ear protection; a yellow vest; steel-toed shoes; a hair net; a mask;"
        " a lab coat; a harness; rubber boots; a life jacket",
        "document": "a passport; a valid ticket; the order confirmation; a student card; a letter from the employer; form @;"
        " a driving licence; the original invoice; an identity card; a doctor's letter; proof of address; the visitor badge",
        "topic": "solar cells; medieval trade; bread baking; network security; the history of @; bees; contract law; robots;"
        " the poetry of @; first aid; urban planning; ocean currents; wood carving; machine learning; city gardens; tax law;"
        " Roman roads; clean water; sleep; volcanoes; modern dance; railway signals; the care of old trees; lighthouses",
        "requirement": "a certificate in first aid; basic knowledge of statistics; level @; two years of experience;"
        " a laptop; course #; good eyesight; the written consent of the parents; a diving licence; school maths",
        "exam": "a written exam; an oral exam; a group project; a term paper; a practical test; a presentation; a portfolio",
        "habitat": "pine forests; coral reefs; high mountains; salt marshes; deserts; fast rivers; caves; grasslands;"
        " the forests of @; old walls; city parks; the deep sea; swamps; the valley of the @; sand dunes; hedges",
        "priority": "high; low; medium; critical; urgent; minor; normal; the highest",
        "venue": "the town hall; room #; the @ Centre; the main library; the old factory; the garden of the museum; hall #;"
        " the @ Hotel; the school gym; the harbour; the @ Theatre; the canteen; the lecture hall; the church of @",
        "product_like": "rain coats; the @ scanner; office chairs; a cloud service called @; frozen soups; electric bikes; school books;"
        " hearing aids; the @ lamp; garden tools; bridge bearings; organic juices; water meters; the game @; tents; ship engines",
        "groups": "employees; new employees; contractors; students; visitors; customers; members; managers; trainees; interns;"
        " part-time staff; drivers; volunteers; teachers; guests; tenants; passengers; patients; suppliers; night workers;"
        " senior staff; freelancers; children; families; premium customers; business customers; apprentices; researchers;"
        " full-time employees; field engineers; season ticket holders; residents; shareholders; exhibitors; pensioners;"
        " staff in the warehouse; people with a gold card; first-year students; call centre agents; pilots; subscribers",
    }.items()
}
