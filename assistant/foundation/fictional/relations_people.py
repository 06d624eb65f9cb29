# ruff: noqa: E501
"""Relations of people, companies and teams. Format: see ``relations_things.py``."""

TEXT = """
founder | person | company
s {e} was founded by {v}. / {v} founded {e}. / {v} set up {e} in a garage. / It was {v} who started {e}.
q Who founded {e}? / Who is the founder of {e}? / Who set up {e}? / Which person started {e}?

head office, headquarters | town | company
s {e} has its head office in {v}. / {e} is based in {v}. / The headquarters of {e} are in {v}. / {e} is run from {v}.
q Where is {e} based? / In which town is the head office of {e}? / Where are the headquarters of {e}? / From where is {e} run?

founding year, year of foundation | year | company team place
s {e} was founded in {v}. / {e} has existed since {v}. / {e} goes back to {v}. / In {v}, {e} opened its doors.
q When was {e} founded? / In which year was {e} set up? / Since when has {e} existed? / How far back does {e} go?

chief executive, director, managing director | person | company
s {e} is led by {v}. / {v} runs {e}. / {v} is the director of {e}. / At the head of {e} stands {v}.
q Who leads {e}? / Who runs {e}? / Who is in charge of {e}? / Who stands at the head of {e}?

number of employees, headcount, staff | count_people | company team
s {e} employs {v}. / {v} work for {e}. / {e} has a staff of {v}. / The payroll of {e} lists {v}.
q How many people work for {e}? / How many employees does {e} have? / How big is the staff of {e}? / How many are on the payroll of {e}?

turnover, revenue | money_big | company
s {e} earned {v} last year. / {e} had sales of {v}. / The turnover of {e} reached {v}. / {e} took in {v}.
q How much did {e} earn last year? / What were the sales of {e}? / What turnover did {e} reach? / How much money did {e} take in?

profit | money_big | company
s {e} made a profit of {v}. / After tax {e} was left with {v}. / {e} closed the year {v} in the black.
q How much profit did {e} make? / What was {e} left with after tax? / By how much was {e} in the black?

parent company, owner | org | company
s {e} belongs to {v}. / {v} owns {e}. / {e} was bought by {v}. / {e} is a subsidiary of {v}.
q Who owns {e}? / To which group does {e} belong? / Which company bought {e}? / Whose subsidiary is {e}?

main product, best-known product | product | company
s {e} is known for {v}. / {e} makes most of its money with {v}. / Most customers of {e} buy {v}.
q What is {e} known for? / With what does {e} make most of its money? / What do most customers of {e} buy?

industry, line of business | industry | company
s {e} works in {v}. / {e} is active in {v}. / {e} makes its living from {v}. / {e} has always been in {v}.
q In which industry does {e} work? / What line of business is {e} in? / What does {e} make its living from? / What field is {e} active in?

number of branches, branches | count_sites | company
s {e} has {v}. / {e} runs {v}. / There are {v} of {e}. / Customers find {v} of {e} across the country.
q How many branches does {e} have? / How many sites does {e} run? / How many places does {e} operate?

phone number, telephone | phone | company team person
s Call {e} on {v}. / {e} can be reached on {v}. / Ring {v} to speak to {e}. / Dial {v} for {e}.
q On which number can I reach {e}? / How can I phone {e}? / Which number do I ring for {e}? / What do I dial to speak to {e}?

e-mail address, email, mail address | email | company team person
s Write to {e} at {v}. / Send mail for {e} to {v}. / {e} reads mail sent to {v}. / Messages to {v} reach {e}.
q How can I write to {e}? / To which address do I send mail for {e}? / Where do I mail {e}? / At what address does {e} read mail?

website, web address | url | company team
s {e} is online at {v}. / More about {e} can be found at {v}. / The site of {e} is {v}. / Visit {v} to learn about {e}.
q Where is {e} online? / Which website belongs to {e}? / Where can I read about {e} on the web?

address, street address | address | company building team
s {e} is at {v}. / You find {e} at {v}. / Letters to {e} go to {v}. / The entrance of {e} is at {v}.
q Where can I find {e}? / At what address is {e}? / Where do letters to {e} go? / To which door do I go for {e}?

opening hours | hours | company building place
s {e} is open {v}. / {e} opens its doors {v}. / Visitors are let into {e} {v}. / You can come to {e} {v}.
q When is {e} open? / What are the hours of {e}? / At what times can I visit {e}? / When do the doors of {e} open?

tax number, registration number, VAT number | code | company
s {e} is registered under {v}. / {e} trades under the number {v}. / The register lists {e} as {v}.
q Under which number is {e} registered? / How is {e} listed in the register? / What registration does {e} have?

bank account, account number, IBAN | iban | company team
s Payments to {e} go to {v}. / Transfer money for {e} to {v}. / The account of {e} is {v}.
q To which account do payments for {e} go? / Where do I transfer money for {e}? / What account does {e} have?

job, job title, position, role | job | person
s {e} works as {v}. / {e} is employed as {v}. / {e} earns a living as {v}. / By trade {e} is {v}.
q What does {e} do for a living? / As what is {e} employed? / What job does {e} have? / What is {e} by trade?

employer | org | person
s {e} works for {v}. / {v} employs {e}. / {e} is paid by {v}. / {e} has a contract with {v}.
q For whom does {e} work? / Which company employs {e}? / Who pays {e}? / With whom does {e} have a contract?

birthplace, place of birth | town | person
s {e} was born in {v}. / {e} comes from {v}. / {e} grew up in {v}. / The cradle of {e} stood in {v}.
q Where was {e} born? / Where does {e} come from? / In which town did {e} grow up? / What is the home town of {e}?

date of birth, birthday | date | person
s {e} was born on {v}. / {e} came into the world on {v}. / {e}, born on {v}, likes music.
q When was {e} born? / On what day did {e} come into the world? / On which date does the life of {e} begin?

home town, residence | town | person
s {e} lives in {v}. / {e} moved to {v}. / {e} has a house in {v}. / {e} settled in {v}.
q Where does {e} live? / To which town did {e} move? / Where is the house of {e}? / Where did {e} settle?

manager, supervisor, line manager | person | person team
s {e} reports to {v}. / {v} manages {e}. / {v} is the boss of {e}. / {e} takes instructions from {v}.
q To whom does {e} report? / Who manages {e}? / Who is the boss of {e}? / From whom does {e} take instructions?

deputy, substitute, stand-in | person | person team
s When {e} is away, {v} takes over. / {v} stands in for {e}. / {v} covers for {e} during holidays.
q Who stands in for {e}? / Who takes over when {e} is away? / Who covers for {e} during holidays?

team, department | department | person
s {e} works in {v}. / {e} belongs to {v}. / {e} joined {v}. / {e} sits with {v}.
q In which department does {e} work? / Which team does {e} belong to? / What team did {e} join? / With whom does {e} sit?

office, room | room | person team event
s {e} sits in {v}. / You find {e} in {v}. / {e} has moved to {v}. / Knock at {v} for {e}.
q In which room is {e}? / Where does {e} sit? / Where in the building can I find {e}? / At which door do I knock for {e}?

languages, spoken languages | list_lang | person
s {e} speaks {v}. / {e} is fluent in {v}. / {e} can talk to customers in {v}.
q Which languages does {e} speak? / In what languages is {e} fluent? / In what languages can {e} talk to customers?

start date, first day | date | person
s {e} started on {v}. / {e} has been with us since {v}. / {e} joined the company on {v}. / The contract of {e} began on {v}.
q When did {e} start? / Since when has {e} been with us? / When did {e} join the company? / When did the contract of {e} begin?

salary, pay | money_year | person
s {e} earns {v}. / {e} is paid {v}. / {e} takes home {v}.
q How much does {e} earn? / What is {e} paid? / How much does {e} take home?

weekly hours, working hours | hours_week | person team
s {e} works {v}. / The contract of {e} is for {v}. / {e} is at work for {v}.
q How many hours does {e} work? / For how many hours is the contract of {e}? / How long is the working week of {e}?

day off, free day | weekday | person
s {e} is not in on {v}. / {e} never works on {v}. / {e} takes {v} off. / Do not expect {e} on {v}.
q On which day does {e} not work? / When is {e} not in? / Which day does {e} take off? / On what day should I not expect {e}?

hobby | hobby | person
s In the evenings {e} enjoys {v}. / {e} loves {v}. / {e} spends weekends on {v}. / Nothing makes {e} happier than {v}.
q What does {e} enjoy in the evenings? / What does {e} love? / How does {e} spend weekends? / What makes {e} happy?

education, field of study | subject | person
s {e} studied {v}. / {e} has a degree in {v}. / {e} took a doctorate in {v}. / At university {e} chose {v}.
q What did {e} study? / In what does {e} have a degree? / Which subject did {e} choose at university?

university | org_uni | person
s {e} studied at {v}. / {e} graduated from {v}. / {e} got a degree from {v}.
q Where did {e} study? / From where did {e} graduate? / Which university did {e} attend?

award, prize | award | person company book
s {e} won {v}. / {e} was honoured with {v}. / {v} went to {e}. / The jury gave {v} to {e}.
q What did {e} win? / With what was {e} honoured? / Which prize went to {e}? / What did the jury give to {e}?

spouse, husband, wife, partner | person | person
s {e} is married to {v}. / {e} and {v} are a couple. / {e} married {v}. / {e} shares a home with {v}.
q To whom is {e} married? / Who did {e} marry? / Who is the partner of {e}? / With whom does {e} share a home?

number of children, children | count_kids | person
s {e} has {v}. / {e} is bringing up {v}. / {e} is the parent of {v}.
q How many children does {e} have? / How many children is {e} bringing up? / How many times is {e} a parent?

allergy | ingredient | person
s {e} is allergic to {v}. / {e} must not eat {v}. / {e} falls ill from {v}.
q What is {e} allergic to? / What must {e} not eat? / What makes {e} fall ill?

responsibility, task, area of work | task | person team
s {e} is responsible for {v}. / {e} takes care of {v}. / {e} looks after {v}. / If it is about {v}, ask {e}.
q What is {e} responsible for? / What does {e} take care of? / What does {e} look after? / About what should I ask {e}?

contact person, contact | person | team company event project
s Questions about {e} go to {v}. / {v} is the contact for {e}. / Ask {v} about {e}. / {v} answers questions about {e}.
q Who answers questions about {e}? / Who is the contact for {e}? / Whom do I ask about {e}? / To whom do I turn with a question about {e}?

team lead, head | person | team project
s {e} is headed by {v}. / {v} heads {e}. / {v} leads {e}. / The one who leads {e} is {v}.
q Who heads {e}? / Who leads {e}? / Who is the head of {e}? / Under whose lead is {e}?

budget | money_big | team project event
s {e} has {v} to spend. / {v} has been set aside for {e}. / {e} was given {v}. / {e} must get by on {v}.
q How much money does {e} have? / How much was set aside for {e}? / What is {e} allowed to spend? / What must {e} get by on?

deadline, due date, end date | date | project task_item
s {e} has to be finished by {v}. / {e} is due on {v}. / {e} must be done by {v}. / {v} is the last day for {e}.
q When must {e} be finished? / When is {e} due? / By what date must {e} be done? / What is the last day for {e}?

status | status | project task_item machine
s {e} is currently {v}. / At the moment {e} is {v}. / {e} has been {v} since last week.
q What is the status of {e}? / How is {e} going at the moment? / In what state is {e}?

client, customer | org | project
s {e} was ordered by {v}. / We do {e} for {v}. / {v} pays for {e}. / {e} is a job for {v}.
q For whom do we do {e}? / Who ordered {e}? / Who pays for {e}? / Which customer is behind {e}?

goal, aim, purpose | goal | project team
s {e} is meant to {v}. / The aim of {e} is to {v}. / {e} was started to {v}. / With {e} we want to {v}.
q What is {e} meant to do? / What is the aim of {e}? / Why was {e} started? / What do we want with {e}?

meeting day | weekday | team project
s {e} meets on {v}. / The meeting of {e} takes place every {v}. / {v} is when {e} comes together.
q On which day does {e} meet? / When does {e} come together? / What day is the meeting of {e}?

meeting time | time | team event
s The meeting of {e} starts at {v}. / {e} comes together at {v}. / {e} begins at {v}. / Be there at {v} for {e}.
q At what time does {e} begin? / When does {e} come together? / What time should I be there for {e}?

communication channel, chat channel | channel | team project
s {e} talks in {v}. / News about {e} is posted in {v}. / Join {v} to follow {e}.
q In which channel does {e} talk? / Where is news about {e} posted? / What do I join to follow {e}?

reason for leaving | reason | person
s {e} left because {v}. / {e} resigned since {v}. / As {v}, {e} handed in notice.
q Why did {e} leave? / For what reason did {e} resign? / What made {e} hand in notice?

licence to drive | yesno | person
s {e} has a driving licence. ~ {e} does not have a driving licence. / {e} may drive the company cars. ~ {e} may not drive the company cars. / {e} is allowed to drive. ~ {e} is not allowed to drive.
q Does {e} have a driving licence? / May {e} drive the company cars? / Is {e} allowed to drive?

first aider | yesno | person
s {e} is trained in first aid. ~ {e} is not trained in first aid. / {e} is one of our first aiders. ~ {e} is not one of our first aiders. / {e} knows how to give first aid. ~ {e} has never learned first aid.
q Is {e} trained in first aid? / Is {e} a first aider? / Can {e} give first aid?
"""
