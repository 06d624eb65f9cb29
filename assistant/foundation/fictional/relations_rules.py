# ruff: noqa: E501
"""Rules of handbooks, service terms and FAQs. Format: see ``relations_things.py``.

``{r}`` is a group of people and ``{e}`` the organisation; statements may leave the organisation
out, because in a handbook only the title names it.
"""

TEXT = """
annual leave, holiday entitlement, paid leave | days | rule
s {r} have {v} of paid leave a year. / {r} may take {v} off every year. / Each year {r} are given {v} of holiday. / {v} of holiday are granted to {r}.
q How many days of leave do {r} have? / How much holiday do {r} get? / How many days off are there for {r}? / How much paid time off can {r} take each year?

home office, remote work | days | rule
s {r} may work from home for {v} a week. / Up to {v} a week can be worked at home by {r}. / {r} are allowed {v} of remote work per week. / {r} need to be in the office on all but {v} a week.
q How many days can {r} work from home? / How much remote work is allowed for {r}? / How often may {r} stay at home to work? / On how many days a week can {r} work remotely?

probation, probation period, trial period | span | rule
s {r} start with a probation of {v}. / For {r} the probation lasts {v}. / The contract of {r} becomes permanent after {v}.
q How long is the probation of {r}? / For how long are {r} on probation? / After what time does the contract of {r} become permanent?

notice period | span | rule
s {r} must give {v} of notice. / {r} who want to leave tell us {v} ahead. / The notice period for {r} is {v}. / {r} can leave after {v} of notice.
q What notice must {r} give? / How far ahead must {r} say that they are leaving? / How long before leaving do {r} have to hand in notice?

sick note, medical certificate | span | rule
s {r} hand in a doctor's note after {v}. / A medical certificate is needed from {r} after {v} of illness. / {r} who are ill for more than {v} bring a certificate.
q When do {r} need a doctor's note? / After how long must {r} bring a medical certificate? / How long can {r} be ill without a certificate?

expense limit, spending limit | money | rule
s {r} may spend {v} without approval. / Purchases above {v} by {r} must be approved. / {r} can buy things for up to {v} on their own. / For anything over {v}, {r} need a signature.
q How much may {r} spend without approval? / Up to what amount can {r} buy things on their own? / From which sum do {r} need approval? / When do {r} need a signature for a purchase?

meal allowance, daily allowance, per diem | money | rule
s {r} receive {v} a day for meals on business trips. / On trips, {r} are paid {v} for food per day. / Meals of {r} are covered up to {v} a day.
q How much do {r} receive for meals? / What is paid to {r} for food on business trips? / Up to what amount are meals of {r} covered?

hotel limit | money | rule
s {r} may book hotels for up to {v} a night. / A room for {r} must not cost more than {v}. / We pay {v} a night for the hotel of {r}.
q How much may a hotel for {r} cost? / What do we pay per night for {r}? / What is the most expensive room {r} can book?

mileage rate | money_small | rule
s {r} who drive their own car get {v} per kilometre. / For each kilometre, {r} are paid {v}. / Private cars of {r} are refunded at {v} per kilometre.
q How much do {r} get per kilometre? / What is paid to {r} for using a private car? / At which rate is driving refunded to {r}?

receipt deadline, expense deadline | span | rule
s {r} hand in receipts within {v}. / Receipts of {r} are accepted for {v}. / Claims by {r} that come after {v} are not paid.
q How soon must {r} hand in receipts? / For how long are receipts of {r} accepted? / How much time do {r} have to claim expenses?

return period, right of return | span | rule
s {r} can send goods back within {v}. / {r} have {v} to return an order. / Goods are taken back from {r} for {v} after delivery. / After {v}, {r} can no longer return anything.
q How long do {r} have to return an order? / Within what time can {r} send goods back? / Until when after delivery are goods taken back from {r}? / How much time do {r} have to change their mind?

delivery time, shipping time | span | rule
s Orders reach {r} within {v}. / Delivery to {r} takes {v}. / {r} receive their parcel after {v}. / {r} wait {v} for a parcel.
q How long does delivery to {r} take? / When do {r} receive their parcel? / How soon do orders reach {r}? / How long do {r} wait for a parcel?

shipping cost, delivery charge, postage | money_small | rule
s Shipping costs {r} {v}. / {r} pay {v} for delivery. / We charge {r} {v} to send a parcel.
q How much is shipping for {r}? / What do {r} pay for delivery? / What are {r} charged for sending a parcel?

free shipping threshold, minimum order | money | rule
s For {r}, shipping is free from {v}. / {r} pay no postage on orders above {v}. / {r} who order for at least {v} get free delivery.
q From which amount is shipping free for {r}? / How much must {r} order to get free delivery? / When do {r} pay no postage?

late fee, penalty, overdue charge | money | rule
s {r} who are late pay {v}. / A fee of {v} is charged to {r} for each late payment. / Being late costs {r} {v}.
q What do {r} pay for being late? / How much is the late fee for {r}? / How much does it cost {r} to miss the date?

payment term, time to pay | span | rule
s {r} pay invoices within {v}. / Invoices to {r} are due after {v}. / We give {r} {v} to pay.
q How long do {r} have to pay an invoice? / When are invoices to {r} due? / How much time do we give {r} to pay?

deposit, security deposit | money | rule
s {r} leave a deposit of {v}. / A deposit of {v} is taken from {r}. / Before the start {r} put down {v}.
q How much deposit do {r} leave? / What deposit is taken from {r}? / How much do {r} have to put down?

membership fee, subscription | money | rule
s {r} pay {v} a year. / The fee for {r} is {v}. / {r} are members for {v} a year. / Membership costs {r} {v}.
q How much do {r} pay a year? / What is the fee for {r}? / What does membership cost {r}?

age limit, minimum age | age | rule
s {r} must be at least {v} old. / {r} are admitted from the age of {v}. / {r} younger than {v} are not accepted.
q How old must {r} be? / From which age are {r} admitted? / Below what age are {r} not accepted?

baggage allowance, luggage limit | weight | rule
s {r} may bring {v} of luggage. / The luggage of {r} may weigh {v}. / Bags of {r} heavier than {v} cost extra.
q How much luggage may {r} bring? / How heavy may the bags of {r} be? / From what weight do {r} pay extra for bags?

check-in time, arrival time | span | rule
s {r} check in {v} before departure. / {r} should arrive {v} early. / The desk closes for {r} {v} before departure.
q How early must {r} check in? / How long before departure should {r} arrive? / When does the desk close for {r}?

borrowing limit, loan limit | items | rule
s {r} may borrow {v} at a time. / No more than {v} are lent to {r}. / {r} can take {v} home.
q How many items may {r} borrow? / How much is lent to {r}? / How many things can {r} take home?

loan period | span | rule
s {r} may keep borrowed things for {v}. / Loans to {r} last {v}. / {r} bring things back after {v}.
q How long may {r} keep borrowed things? / How long do loans to {r} last? / When must {r} bring things back?

training, mandatory training, safety course | frequency | rule
s {r} attend the safety course {v}. / The safety course is repeated by {r} {v}. / {r} are trained in safety {v}.
q How often do {r} attend the safety course? / How frequently are {r} trained in safety? / How often must {r} repeat the course?

password change | frequency | rule
s {r} change their password {v}. / {r} have to choose a new password {v}. / Passwords of {r} are renewed {v}.
q How often must {r} change their password? / How frequently do {r} choose a new password? / How often are passwords of {r} renewed?

inventory, stock check | frequency | rule
s {r} count the stock {v}. / The shelves are checked by {r} {v}. / {r} make an inventory {v}.
q How often do {r} count the stock? / How frequently do {r} check the shelves? / How often is an inventory made by {r}?

incident report, emergency number | phone | rule
s In an emergency, {r} call {v}. / {r} report accidents on {v}. / Accidents are reported by {r} under {v}.
q Which number do {r} call in an emergency? / On which number do {r} report accidents? / What should {r} dial when something happens?

approver, approval | job | rule
s Requests of {r} are approved by {v}. / {r} ask {v} for approval. / {v} signs the requests of {r}. / The requests of {r} land on the desk of {v}.
q Who approves requests of {r}? / Whom do {r} ask for approval? / Who signs for {r}? / Who has to agree before {r} can go ahead?

form, application form | code | rule
s {r} apply with form {v}. / The form for {r} is {v}. / {r} fill in {v}.
q Which form do {r} fill in? / With which form do {r} apply? / What paper do {r} need to hand in?

submission address, where to apply | email | rule
s {r} send applications to {v}. / Requests from {r} go to {v}. / {r} write to {v} to apply.
q Where do {r} send applications? / To which address do requests from {r} go? / Where can {r} apply?

parking | place_in | rule
s {r} park {v}. / Parking for {r} is {v}. / Cars of {r} are left {v}.
q Where do {r} park? / Where is parking for {r}? / Where can {r} leave their cars?

entrance, access | place_in | rule
s {r} come in {v}. / The way in for {r} is {v}. / {r} enter {v}.
q Where do {r} come in? / Where is the way in for {r}? / Which way do {r} enter?

badge colour, badge | colour | rule
s {r} wear a {v} badge. / The badge of {r} is {v}. / {r} can be told by their {v} badge.
q What colour is the badge of {r}? / Which badge do {r} wear? / By what badge can {r} be told?

protective equipment, safety gear | equipment | rule
s {r} must wear {v}. / Without {v}, {r} may not go in. / {r} put on {v} first.
q What must {r} wear? / Without what may {r} not go in? / What do {r} have to put on?

working hours, core hours | hours | rule
s {r} work {v}. / {r} have to be there {v}. / {r} are expected {v}.
q When do {r} work? / At what times must {r} be there? / What are the hours of {r}?

pay day | monthday | rule
s {r} are paid on the {v} of the month. / Salaries of {r} arrive on the {v}. / On the {v}, {r} receive their money.
q When are {r} paid? / On which day of the month do {r} get their money? / When do salaries of {r} arrive?

bonus | percent | rule
s {r} get a bonus of {v}. / {r} receive {v} on top of their pay. / At the end of the year {r} are given {v} more.
q What bonus do {r} get? / How much do {r} receive on top of their pay? / How much more are {r} given at the end of the year?

pension contribution | percent | rule
s We pay {v} into the pension of {r}. / {r} get {v} towards their pension. / The pension of {r} grows by {v} of pay.
q How much is paid into the pension of {r}? / What do {r} get towards their pension? / How generous is the pension of {r}?

discount for groups, price reduction | percent | rule
s {r} get {v} off. / {r} pay {v} less. / We give {r} a reduction of {v}.
q What reduction do {r} get? / How much less do {r} pay? / How much do {r} save?

parental leave | span | rule
s {r} can take {v} of parental leave. / After a birth, {r} stay at home for {v}. / Parental leave for {r} lasts {v}.
q How long is parental leave for {r}? / How long may {r} stay at home after a birth? / How much time off do {r} get for a new baby?

break, lunch break | span | rule
s {r} have a break of {v}. / The lunch break of {r} lasts {v}. / {r} rest for {v} at noon.
q How long is the break of {r}? / How long may {r} rest at noon? / How much time do {r} have for lunch?

reason for the rule, purpose | reason | rule
s {r} must not use the lift because {v}. / Because {v}, {r} stay outside. / {r} have to wait, as {v}.
q Why must {r} not use the lift? / Why do {r} stay outside? / What is the reason that {r} have to wait?

procedure, what to do | action | rule
s If the alarm rings, {r} {v}. / In case of fire, {r} {v}. / When the power fails, {r} {v}.
q What do {r} do if the alarm rings? / What should {r} do in case of fire? / How do {r} react when the power fails?

document, required document | document | rule
s {r} must show {v}. / {r} bring {v}. / Nobody among {r} gets in without {v}.
q What must {r} show? / What do {r} have to bring? / What do {r} need to get in?

retention of documents | span | rule
s {r} keep files for {v}. / Files are stored by {r} for {v}. / {r} may destroy papers after {v}.
q How long do {r} keep files? / For how long are files stored by {r}? / When may {r} destroy papers?

pets | yesno | rule
s {r} may bring pets. ~ {r} may not bring pets. / Dogs of {r} are welcome. ~ Dogs of {r} are not allowed. / {r} can have animals with them. ~ {r} cannot have animals with them.
q May {r} bring pets? / Can {r} bring a dog? / Are animals allowed for {r}?

overtime pay | yesno | rule
s Overtime of {r} is paid. ~ Overtime of {r} is not paid. / {r} are paid for extra hours. ~ {r} are not paid for extra hours. / {r} get money for working longer. ~ {r} get no money for working longer.
q Is overtime of {r} paid? / Are {r} paid for extra hours? / Do {r} get money for working longer?

weekend work | yesno | rule
s {r} work at weekends. ~ {r} do not work at weekends. / Weekends are working days for {r}. ~ Weekends are free for {r}. / {r} come in on Sundays too. ~ {r} never come in on Sundays.
q Do {r} work at weekends? / Must {r} come in on weekends? / Are Sundays working days for {r}?
"""
