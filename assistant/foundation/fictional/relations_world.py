# ruff: noqa: E501
"""Relations of places, buildings, events, courses, books, species, routes. Format: see ``relations_things.py``."""

TEXT = """
population, number of inhabitants | number | place
s {e} has {v} inhabitants. / {v} people live in {e}. / {e} is home to {v} people. / The last count found {v} people in {e}.
q How many people live in {e}? / How many inhabitants does {e} have? / To how many people is {e} home? / How many people did the last count find in {e}?

mayor | person | place
s The mayor of {e} is {v}. / {v} governs {e}. / {e} elected {v} as mayor. / Voters in {e} chose {v}.
q Who is mayor of {e}? / Who governs {e}? / Whom did {e} elect as mayor? / Whom did voters in {e} choose?

river | river | place
s {e} lies on {v}. / {v} flows through {e}. / {e} was built on the banks of {v}. / In spring {v} often floods {e}.
q On which river does {e} lie? / Which river flows through {e}? / On the banks of which river was {e} built? / What floods {e} in spring?

region, province | region | place
s {e} is in {v}. / {e} belongs to {v}. / {e} is part of {v}. / Travellers find {e} in the middle of {v}.
q In which region is {e}? / To which province does {e} belong? / Of what is {e} a part? / Where do travellers find {e}?

area, size | area | place building
s {e} covers {v}. / {e} takes up {v}. / The land of {e} amounts to {v}.
q How large is {e}? / What area does {e} cover? / How much land does {e} take up?

elevation, altitude | length_m | place
s {e} lies {v} above sea level. / {e} is {v} above the sea. / At {v}, {e} is the highest in the valley.
q How high does {e} lie? / How far above the sea is {e}? / At what altitude is {e}?

twin town, sister city | town | place
s {e} is twinned with {v}. / The sister city of {e} is {v}. / {e} exchanges pupils with {v}.
q With which town is {e} twinned? / What is the sister city of {e}? / With whom does {e} exchange pupils?

speciality, famous for | ingredient | place
s {e} is famous for {v}. / Visitors come to {e} for {v}. / Nobody grows {v} like the farmers of {e}.
q For what is {e} famous? / Why do visitors come to {e}, for what? / What do the farmers of {e} grow best?

distance from the capital | distance | place
s {e} is {v} from the capital. / From {e} to the capital it is {v}. / You drive {v} to get from the capital to {e}.
q How far is {e} from the capital? / How long is the way from {e} to the capital? / How far do I drive from the capital to {e}?

architect, builder | person | building
s {e} was built by {v}. / {v} was the architect of {e}. / {v} planned {e}. / {e} is a work of {v}.
q Who built {e}? / Who was the architect of {e}? / Who planned {e}? / Whose work is {e}?

year of construction, opening year | year | building route
s {e} was built in {v}. / {e} was opened in {v}. / {e} dates from {v}. / Work on {e} ended in {v}.
q When was {e} built? / In which year was {e} opened? / From which year does {e} date? / When did work on {e} end?

number of floors, floors | count_floors | building
s {e} has {v}. / {e} rises over {v}. / {e} was built with {v}.
q How many floors does {e} have? / Over how many floors does {e} rise? / How many storeys were built in {e}?

seating capacity, number of seats | count_seats | building room event vehicle
s {e} has {v}. / {e} seats {v}. / There are {v} in {e}. / {e} is full with {v}.
q How many seats are there in {e}? / How many people can sit in {e}? / How many fit into {e}?

entrance fee, admission, ticket price | money_small | building event
s Admission to {e} is {v}. / A ticket for {e} costs {v}. / Visitors of {e} pay {v}. / To get into {e} you need {v}.
q How much is a ticket for {e}? / What do visitors of {e} pay? / How much does it cost to get into {e}? / How much is admission to {e}?

closing day | weekday | building company
s {e} is closed on {v}. / On {v}, {e} stays shut. / {e} does not open on {v}. / You stand before locked doors at {e} on {v}.
q On which day is {e} closed? / When does {e} stay shut? / Which day is {e} not open? / On what day should I not go to {e}?

date, event date | date | event
s {e} takes place on {v}. / {e} will be held on {v}. / Come to {e} on {v}. / {e} is planned for {v}.
q When does {e} take place? / On which date is {e}? / When will {e} be held? / For when is {e} planned?

venue, place | venue | event team
s {e} takes place in {v}. / {e} is held in {v}. / Guests of {e} meet in {v}. / {v} is the scene of {e}.
q Where does {e} take place? / In what place is {e} held? / Where do guests of {e} meet? / What is the scene of {e}?

organiser, host | org | event course
s {e} is organised by {v}. / {v} hosts {e}. / {v} invites you to {e}. / Behind {e} stands {v}.
q Who organises {e}? / Who hosts {e}? / Who invites people to {e}? / Who stands behind {e}?

speaker, main speaker | person | event course
s {v} speaks at {e}. / The main speaker of {e} is {v}. / At {e}, {v} gives the first talk. / {e} opens with a talk by {v}.
q Who speaks at {e}? / Who is the main speaker of {e}? / Who gives the first talk at {e}? / With whose talk does {e} open?

topic, subject | topic | event course book
s {e} is about {v}. / {e} deals with {v}. / In {e} you learn about {v}. / The subject of {e} is {v}.
q What is {e} about? / With what does {e} deal? / What do I learn in {e}? / What subject does {e} have?

number of participants, participants, visitors | count_people | event course
s {e} drew {v}. / {v} came to {e}. / {e} was attended by {v}. / {e} counted {v}.
q How many people came to {e}? / How many attended {e}? / How many people did {e} draw? / How many did {e} count?

registration deadline, sign-up deadline | date | event course
s Register for {e} by {v}. / Registration for {e} closes on {v}. / Sign up for {e} before {v}. / After {v}, nobody can join {e}.
q By when must I register for {e}? / When does registration for {e} close? / Until when can I sign up for {e}? / What is the last day to join {e}?

teacher, instructor, lecturer | person | course
s {e} is taught by {v}. / {v} teaches {e}. / {v} gives {e}. / Students of {e} are in the hands of {v}.
q Who teaches {e}? / By whom is {e} taught? / Who gives {e}? / In whose hands are students of {e}?

credits, credit points | credits | course
s {e} is worth {v}. / Students earn {v} in {e}. / {e} counts for {v}.
q How many credits is {e} worth? / How many credits do students earn in {e}? / For how much does {e} count?

duration, length | span | course event route
s {e} lasts {v}. / {e} takes {v}. / {e} is over after {v}. / Plan {v} for {e}.
q How long does {e} last? / How much time does {e} take? / After how long is {e} over? / How much time should I plan for {e}?

prerequisite, entry requirement | requirement | course
s Before {e} you need {v}. / {e} requires {v}. / Only students with {v} may join {e}. / {v} opens the door to {e}.
q What do I need before {e}? / What does {e} require? / Who may join {e}, students with what? / What opens the door to {e}?

exam form, examination | exam | course
s {e} ends with {v}. / At the end of {e} there is {v}. / Students of {e} are graded by {v}.
q How does {e} end? / What is there at the end of {e}? / How are students of {e} graded?

author, writer | person | book
s {e} was written by {v}. / {v} wrote {e}. / {v} is the author of {e}. / {e} came from the pen of {v}.
q Who wrote {e}? / Who is the author of {e}? / By whom was {e} written? / From whose pen did {e} come?

publisher | org | book
s {e} was published by {v}. / {v} published {e}. / {v} brought out {e}. / {e} appeared with {v}.
q Who published {e}? / By which house was {e} published? / Who brought out {e}? / With whom did {e} appear?

number of pages, length in pages | count_pages | book
s {e} has {v}. / {e} runs to {v}. / {e} fills {v}.
q How many pages does {e} have? / To how many pages does {e} run? / How many pages does {e} fill?

shelf mark, call number | code | book
s {e} stands under {v}. / In the library {e} has the mark {v}. / Look for {e} at {v}.
q Under which mark does {e} stand? / How is {e} marked in the library? / Where do I look for {e}?

habitat | habitat | species
s {e} lives in {v}. / {e} is found in {v}. / The home of {e} is {v}. / If you want to see {e}, go to {v}.
q Where does {e} live? / Where is {e} found? / What is the home of {e}? / Where do I go to see {e}?

diet, food | ingredient | species
s {e} feeds on {v}. / {e} eats {v}. / {e} lives on {v}. / {e} is seldom seen far from {v}, its food.
q What does {e} eat? / On what does {e} feed? / What does {e} live on? / What food does {e} need?

life span, lifespan | span_years | species
s {e} lives for {v}. / {e} reaches an age of {v}. / {e} dies after {v}.
q How long does {e} live? / What age does {e} reach? / How old does {e} get?

discoverer | person | species place
s {e} was discovered by {v}. / {v} first described {e}. / {v} discovered {e}. / Science owes the knowledge of {e} to {v}.
q Who discovered {e}? / Who first described {e}? / By whom was {e} discovered? / To whom does science owe the knowledge of {e}?

length of the body, size | length_s | species
s {e} grows to {v}. / {e} is {v} long. / An adult of {e} measures {v}.
q How large does {e} grow? / How long is {e}? / What does an adult of {e} measure?

flowering month, breeding season | month | species
s {e} is seen at its best in {v}. / {e} comes out in {v}. / The season of {e} is {v}.
q When does {e} come out? / In which month is {e} at its best? / What is the season of {e}?

first stop, starting point, departure point | town | route
s {e} starts in {v}. / {e} leaves from {v}. / {v} is the first stop of {e}. / Passengers board {e} in {v}.
q Where does {e} start? / From where does {e} leave? / What is the first stop of {e}? / Where do passengers board {e}?

last stop, destination, terminus | town | route
s {e} ends in {v}. / {e} goes to {v}. / The last stop of {e} is {v}. / {e} arrives in {v}.
q Where does {e} end? / Where does {e} go to? / What is the last stop of {e}? / Where does {e} arrive?

frequency of service, timetable | frequency | route
s {e} runs {v}. / {e} departs {v}. / There is a departure on {e} {v}.
q How often does {e} run? / How frequently does {e} depart? / How often is there a departure on {e}?

first departure | time | route
s {e} leaves for the first time at {v}. / The first departure on {e} is at {v}. / {e} starts running at {v}.
q When does {e} leave for the first time? / At what time is the first departure on {e}? / When does {e} start running?

fare, single fare | money_small | route
s A ride on {e} costs {v}. / Passengers pay {v} on {e}. / {e} charges {v} for a ride.
q How much is a ride on {e}? / What do passengers pay on {e}? / What does {e} charge for a ride?

platform, gate | platform | route
s {e} leaves from {v}. / {e} uses {v}. / Wait for {e} at {v}.
q From which platform does {e} leave? / What does {e} use to depart? / Where do I wait for {e}?

nickname, local name | nickname | place building species person
s Locals call {e} {v}. / {e} is also known as {v}. / {e} goes by the name of {v}. / {v} is what people call {e}.
q What do locals call {e}? / By what name is {e} also known? / What name does {e} go by? / What is {e} called by the people?

number of members, members | count_people | team event
s {e} has {v}. / {v} belong to {e}. / {e} is made up of {v}.
q How many members does {e} have? / How many belong to {e}? / How many make up {e}?

cause of the closure, reason for closing | reason | building route company
s {e} is closed because {v}. / Because {v}, {e} had to shut. / {e} stays shut since {v}. / As {v}, nobody can use {e}.
q Why is {e} closed? / Why did {e} have to shut? / For what reason does {e} stay shut? / Why can nobody use {e}?

wheelchair access | yesno | building event room
s {e} can be reached by wheelchair. ~ {e} cannot be reached by wheelchair. / Wheelchair users can enter {e}. ~ Wheelchair users cannot enter {e}. / {e} has no steps. ~ {e} has many steps.
q Can {e} be reached by wheelchair? / Can wheelchair users enter {e}? / Is {e} without steps?

meaning of the code, meaning | meaning | errorcode
s {e} means that {v}. / {e} is shown when {v}. / If you see {e}, {v}. / {e} tells you that {v}.
q What does {e} mean? / When is {e} shown? / What is wrong if I see {e}? / What does {e} tell me?

solution, fix, remedy | action | errorcode
s If {e} appears, {v}. / To clear {e}, {v}. / {e} goes away when you {v}. / The cure for {e}: {v}.
q What should I do if {e} appears? / How do I clear {e}? / How do I make {e} go away? / What is the cure for {e}?

fixed in version, fixed in | version | errorcode
s {e} was fixed in {v}. / Since {v}, {e} no longer appears. / Update to {v} to get rid of {e}.
q In which version was {e} fixed? / Since when does {e} no longer appear? / To what do I update to get rid of {e}?

priority, severity | priority | errorcode task_item
s {e} has {v} priority. / {e} is ranked {v}. / We treat {e} as {v}.
q What priority does {e} have? / How is {e} ranked? / How do we treat {e}?

assignee, person in charge | person | task_item errorcode
s {e} is handled by {v}. / {v} works on {e}. / {e} was given to {v}. / {v} has taken on {e}.
q Who handles {e}? / Who works on {e}? / To whom was {e} given? / Who has taken on {e}?
"""
