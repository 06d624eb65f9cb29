# ruff: noqa: E501
"""Relations of products, machines, software and price plans.

Format (see ``relations.py``): a header ``attribute, synonym | value type | entity kinds``, a line of
statements (``s``) and a line of questions (``q``), separated by `` / ``. The last statement and the
last question of each relation are kept for tests.
"""

TEXT = """
warranty, guarantee, warranty period | span | product machine vehicle
s {e} is covered by the maker for {v}. / If {e} fails within {v} of purchase, we repair it free of charge. / Buyers of {e} get {v} of warranty. / Defects of {e} are put right at no cost for {v}.
q How long is the warranty on {e}? / For how long is {e} guaranteed? / How long after buying {e} can I claim a free repair? / How long am I covered if {e} breaks?

price, list price, cost | money | product machine software vehicle book
s {e} costs {v}. / Customers pay {v} for {e}. / {e} sells for {v}. / You can buy {e} for {v}.
q How much does {e} cost? / What do I have to pay for {e}? / How expensive is {e}? / What would I spend on {e}?

product code, item number, article number, model number | code | product machine
s {e} is listed in the catalogue as {v}. / Order {e} under {v}. / In the stock system {e} appears as {v}. / Use the number {v} to reorder {e}.
q Under which code is {e} listed? / Which number do I quote to order {e}? / How is {e} coded in the catalogue? / What do I type in to reorder {e}?

launch date, release date | date | product software book
s {e} was launched on {v}. / {e} went on sale on {v}. / {e} first shipped on {v}. / Since {v} customers can buy {e}.
q When was {e} launched? / On what date did {e} go on sale? / When did {e} come out? / Since when can people buy {e}?

weight, mass | weight | product machine vehicle
s {e} weighs {v}. / Without packaging {e} weighs {v}. / {e} tips the scales at {v}.
q How much does {e} weigh? / How heavy is {e}? / What weight do I lift when I carry {e}?

height | length | product machine building
s {e} is {v} high. / {e} stands {v} tall. / From floor to top {e} measures {v}.
q How tall is {e}? / How high is {e}? / How far up does {e} reach?

width | length | product machine vehicle
s {e} is {v} wide. / From side to side {e} measures {v}. / {e} needs an opening of {v}.
q How wide is {e}? / What is the width of {e}? / How much space does {e} take from side to side?

battery life, running time | span | product
s {e} runs for {v} on one charge. / A full battery keeps {e} going for {v}. / {e} has to be charged after {v}. / After {v} of use the battery of {e} is empty.
q How long does the battery of {e} last? / How long can {e} run on a single charge? / After how long must {e} be charged? / How much use do I get out of one charge of {e}?

charging time | span | product vehicle
s {e} is fully charged after {v}. / It takes {v} to charge {e}. / Charging {e} takes {v}. / Leave {e} on the charger for {v}.
q How long does {e} take to charge? / How long does it take until {e} is fully charged? / How long must {e} stay plugged in?

material | material | product building
s {e} is made of {v}. / The housing of {e} is made from {v}. / We build {e} out of {v}. / {e} consists of {v}.
q What is {e} made of? / Which material is used for {e}? / From what is {e} built? / What does {e} consist of?

colour, finish | colour | product vehicle
s {e} comes in {v}. / {e} is painted {v}. / {e} is only sold in {v}. / {e} leaves the factory in {v}.
q What colour is {e}? / In which colour is {e} sold? / In what colour does {e} come? / How is {e} painted?

manufacturer, maker | org | product machine vehicle
s {e} is made by {v}. / {v} manufactures {e}. / {v} builds {e}. / {e} comes from the factories of {v}.
q Who makes {e}? / Which company builds {e}? / By whom is {e} manufactured? / From which firm does {e} come?

supplier, vendor | org | product machine team
s {e} is supplied by {v}. / We buy {e} from {v}. / {v} delivers {e}. / {v} is where we get {e} from.
q Who supplies {e}? / From which company do we buy {e}? / Who delivers {e}? / Where do we get {e} from?

designer, inventor | person | product machine building
s {e} was designed by {v}. / {v} invented {e}. / {v} drew the first plans of {e}. / The idea for {e} came from {v}.
q Who designed {e}? / Who invented {e}? / Whose design is {e}? / Who had the idea for {e}?

maximum temperature, operating temperature | temperature | product machine
s {e} may be used at up to {v}. / Never run {e} above {v}. / {e} switches itself off at {v}. / Heat above {v} damages {e}.
q Up to which temperature can {e} be used? / How hot may {e} get? / At what temperature does {e} switch off? / How much heat can {e} take?

storage temperature | temperature | product food
s Store {e} at {v}. / {e} should be kept at {v}. / {e} has to be stored at {v}. / In the warehouse {e} is held at {v}.
q At what temperature should {e} be stored? / How cold must {e} be kept? / How warm may it be where {e} is kept?

power consumption, rated power | power | product machine
s {e} uses {v}. / {e} draws {v} from the mains. / At full load {e} consumes {v}. / {e} needs {v} to run.
q How much power does {e} use? / How much electricity does {e} draw? / What does {e} consume at full load?

supply voltage, voltage | voltage | product machine
s {e} runs on {v}. / Connect {e} to {v} only. / {e} needs a supply of {v}.
q On which voltage does {e} run? / What voltage does {e} need? / To what supply do I connect {e}?

top speed, maximum speed | speed | vehicle machine
s {e} reaches {v}. / {e} can go as fast as {v}. / {e} is limited to {v}. / {e} never goes faster than {v}.
q How fast is {e}? / How fast can {e} go? / What speed does {e} reach? / To what speed is {e} limited?

range | distance | vehicle product
s {e} covers {v} on one tank. / {e} can travel {v} before it needs refuelling. / {e} gets {v} far. / After {v} the tank of {e} is empty.
q How far does {e} get? / What distance can {e} cover? / How far can I drive {e} without a stop?

capacity, tank size, volume | volume | machine vehicle product
s {e} holds {v}. / The tank of {e} takes {v}. / You can fill {e} with {v}. / {e} is full at {v}.
q How much does {e} hold? / How much fits into {e}? / How big is the tank of {e}? / With how much can I fill {e}?

maximum load, load limit | weight | vehicle machine product
s {e} carries up to {v}. / Do not put more than {v} on {e}. / {e} lifts {v}. / {e} bears no more than {v}.
q How much can {e} carry? / What is the most that {e} lifts? / How heavy may the load on {e} be?

service interval, maintenance interval | frequency | machine vehicle building
s {e} is serviced {v}. / A technician checks {e} {v}. / Have {e} inspected {v}. / {e} has to go to the workshop {v}.
q How often is {e} serviced? / How often must {e} be inspected? / How frequently does {e} need maintenance? / How often does a technician look at {e}?

cleaning interval | frequency | machine room product
s {e} is cleaned {v}. / Wipe {e} down {v}. / Staff clean {e} {v}.
q How often is {e} cleaned? / How frequently should I clean {e}? / How often does somebody wipe {e} down?

filter change, filter life | span | machine product
s The filter of {e} has to be replaced after {v}. / Change the filter of {e} after {v}. / A filter in {e} lasts {v}.
q When must the filter of {e} be changed? / How long does a filter of {e} last? / After how long do I put a new filter into {e}?

spare part number, replacement part | code | machine vehicle
s The seal of {e} has the part number {v}. / When the belt of {e} breaks, order {v}. / Spare parts for {e} are kept under {v}.
q Which spare part do I order for {e}? / What is the part number for {e}? / Under which number are spare parts for {e} kept?

error code, fault code | code | machine software
s When the pressure drops, {e} shows {v}. / {e} reports {v} if the door is open. / {v} on the display of {e} means that it is too hot. / {e} stops with {v} when the sensor fails.
q Which code does {e} show? / What error does {e} report? / What appears on the display of {e}? / With which message does {e} stop?

reset procedure, way to restart | action | machine software product
s To restart {e}, {v}. / If {e} hangs, {v}. / {e} is reset when you {v}. / Should {e} stop working, {v}.
q How do I restart {e}? / What should I do if {e} hangs? / How is {e} reset? / How can I get {e} working again?

current version, latest version | version | software
s The current version of {e} is {v}. / {e} has reached {v}. / All users of {e} should update to {v}. / {e} {v} is now available.
q Which version of {e} is current? / What is the newest version of {e}? / To which version should users of {e} update? / What release of {e} is out now?

minimum memory, memory requirement | memory | software
s {e} needs at least {v} of memory. / Computers with less than {v} cannot run {e}. / {e} requires {v} of RAM. / Install {e} only where {v} of RAM is free.
q How much memory does {e} need? / What RAM is required for {e}? / With how much memory does {e} run?

upload limit, maximum file size | memory | software plan
s Files in {e} may be up to {v}. / {e} rejects files larger than {v}. / {e} accepts uploads of up to {v}.
q How large may a file in {e} be? / What is the biggest file {e} accepts? / From what size on does {e} reject a file?

session timeout, idle limit | span | software
s {e} logs you out after {v}. / After {v} without activity {e} closes the session. / A session in {e} lasts {v}. / {e} asks for the password again after {v}.
q After how long does {e} log me out? / How long does a session in {e} last? / When does {e} close an idle session? / How long until {e} wants my password again?

minimum password length | characters | software
s A password for {e} needs at least {v}. / {e} accepts only passwords of {v} or more. / Choose a password with {v} or more for {e}.
q How long must a password for {e} be? / How many characters does {e} require in a password? / What is the shortest password {e} takes?

failed login limit, number of login attempts | times | software
s {e} locks the account after {v}. / After {v} with a wrong password {e} blocks the user. / {e} allows {v} before it locks you out.
q After how many attempts does {e} lock an account? / How often may I mistype my password in {e}? / How many wrong tries does {e} put up with?

default port, port | port | software
s {e} listens on port {v}. / Open port {v} for {e}. / By default {e} uses port {v}. / {e} can be reached on port {v}.
q On which port does {e} listen? / Which port must be open for {e}? / What port does {e} use?

configuration file, settings file | path | software
s {e} reads its settings from {v}. / The settings of {e} are kept in {v}. / Edit {v} to configure {e}. / Everything about {e} is configured in {v}.
q Where are the settings of {e} kept? / Which file configures {e}? / What file do I edit to set up {e}? / Where does {e} look for its settings?

log file | path | software
s {e} writes its log to {v}. / Messages of {e} end up in {v}. / You find the log of {e} in {v}.
q Where does {e} write its log? / In which file are the messages of {e}? / Where do I look when {e} complains?

install command, command | command | software
s Install {e} with {v}. / To start {e}, run {v}. / {v} starts {e}. / Type {v} to launch {e}.
q How do I install {e}? / What command starts {e}? / What do I type to run {e}? / Which command launches {e}?

licence, license | licence | software
s {e} is published under the {v}. / {e} uses the {v}. / You may use {e} under the terms of the {v}.
q Under which licence is {e} published? / What licence does {e} have? / On what terms may I use {e}?

programming language | language_p | software
s {e} is written in {v}. / {e} was rewritten in {v}. / The developers wrote {e} in {v}.
q In which language is {e} written? / What programming language is {e} based on? / What is {e} coded in?

supported platforms, operating systems | list_os | software
s {e} runs on {v}. / {e} is available for {v}. / You can install {e} on {v}.
q On which systems does {e} run? / For which platforms is {e} available? / Where can I install {e}?

backup schedule, backup frequency | frequency | software team
s {e} is backed up {v}. / Backups of {e} are made {v}. / We copy the data of {e} {v}.
q How often is {e} backed up? / How frequently are backups of {e} made? / How often do we copy the data of {e}?

data retention, retention period | span | software team
s {e} keeps records for {v}. / Data in {e} is deleted after {v}. / Entries in {e} are stored for {v}. / {e} throws old records away after {v}.
q How long does {e} keep records? / After how long is data in {e} deleted? / For how long are entries in {e} stored? / When does {e} throw old records away?

release cycle | frequency | software
s A new release of {e} comes out {v}. / {e} is updated {v}. / The developers publish {e} {v}.
q How often is {e} released? / How frequently is {e} updated? / How often can I expect a new {e}?

reason for the recall, recall reason | reason | product vehicle machine
s {e} was recalled because {v}. / Because {v}, {e} was taken off the market. / The maker recalled {e} since {v}. / {e} had to be withdrawn, as {v}.
q Why was {e} recalled? / Why was {e} taken off the market? / What led to the recall of {e}? / For what reason did {e} disappear from the shops?

monthly fee, monthly price | money | plan software
s {e} costs {v} a month. / Subscribers to {e} pay {v} per month. / {e} is billed at {v} every month. / Each month {v} is charged for {e}.
q How much is {e} per month? / What does {e} cost each month? / What is the monthly charge for {e}? / How much leaves my account every month with {e}?

annual fee, yearly price | money | plan
s {e} costs {v} a year. / If you pay yearly, {e} costs {v}. / The annual bill for {e} comes to {v}.
q How much is {e} per year? / What do I pay for {e} annually? / What does {e} cost if billed once a year?

number of users, seats | users | plan software
s {e} includes {v}. / {e} is limited to {v}. / Up to {v} can work with {e}. / {e} is meant for {v}.
q How many people can use {e}? / How many users does {e} include? / For how many users is {e} meant? / How many accounts come with {e}?

storage, storage space | memory | plan product
s {e} includes {v} of storage. / With {e} you get {v} of space. / {e} stores up to {v}. / There is room for {v} on {e}.
q How much storage does {e} include? / How much space do I get with {e}? / How much data fits on {e}?

trial period, free trial | span | plan software
s {e} can be tried free of charge for {v}. / You can test {e} for {v} before paying. / The first {v} of {e} are free. / New customers use {e} for {v} without paying.
q How long can I try {e} for free? / How long is the trial of {e}? / For how long is {e} free? / When do I have to start paying for {e}?

notice period, cancellation period | span | plan company
s {e} can be cancelled with {v} of notice. / To leave {e}, give notice {v} ahead. / Contracts with {e} end {v} after notice.
q What notice must I give to cancel {e}? / How long before the end must I cancel {e}? / How far ahead do I have to say that I am leaving {e}?

support hours, opening hours of the helpdesk | hours | plan team software
s Support for {e} is available {v}. / The helpdesk of {e} answers {v}. / You reach support for {e} {v}. / Somebody picks up the phone for {e} {v}.
q When is support for {e} available? / At what times can I reach the helpdesk of {e}? / When does the helpdesk of {e} answer? / When will somebody pick up the phone for {e}?

response time, first response time | span | plan team
s {e} guarantees a reply within {v}. / With {e}, you get an answer after {v} at most. / Tickets of {e} are answered within {v}.
q How fast does {e} reply? / How soon will I get an answer from {e}? / How long do tickets of {e} wait at most?

guaranteed uptime, availability | percent | plan software
s {e} is available {v} of the time. / {e} promises an uptime of {v}. / The service level of {e} is {v}.
q What uptime does {e} promise? / How much of the time is {e} available? / How reliable is {e} according to its service level?

discount | percent | plan product company
s {e} comes with a discount of {v} for schools. / Students get {v} off {e}. / We take {v} off the price of {e}.
q What discount is there on {e}? / How much do students save on {e}? / By how much is {e} reduced?

shelf life, expiry | span | food product
s {e} keeps for {v}. / {e} is good for {v} after opening. / Use {e} within {v}. / After {v} {e} has to be thrown away.
q How long does {e} keep? / How long is {e} good after opening? / Within what time must {e} be used? / When do I have to throw {e} away?

main ingredient, key ingredient | ingredient | food
s {e} is made with {v}. / The most important ingredient of {e} is {v}. / Without {v} there is no {e}. / {e} gets its taste from {v}.
q What is {e} made with? / What is the main ingredient of {e}? / What goes into {e}? / What gives {e} its taste?

allergens | list_food | food
s {e} contains {v}. / Traces of {v} may be found in {e}. / People who cannot eat {v} should avoid {e}.
q Which allergens does {e} contain? / What may {e} contain traces of? / Who should avoid {e}, people who cannot eat what?

baking time, cooking time | span | food
s {e} is baked for {v}. / {e} has to cook for {v}. / Leave {e} in the oven for {v}. / {e} comes out of the oven after {v}.
q How long is {e} baked? / How long does {e} have to cook? / For how long is {e} in the oven? / When do I take {e} out of the oven?

oven temperature | temperature | food
s {e} is baked at {v}. / Heat the oven to {v} for {e}. / The oven must be at {v} before {e} goes in.
q At what temperature is {e} baked? / How hot must the oven be for {e}? / To what do I heat the oven for {e}?

fuel, energy source | fuel | vehicle machine
s {e} runs on {v}. / {e} is powered by {v}. / Fill {e} with {v} only. / {e} burns nothing but {v}.
q What does {e} run on? / Which fuel does {e} need? / By what is {e} powered? / What do I fill {e} with?

noise level | decibel | machine product vehicle
s {e} produces {v}. / At full speed {e} makes a noise of {v}. / {e} is no louder than {v}.
q How loud is {e}? / How much noise does {e} make? / What noise must I expect from {e}?

connection, interface | interface | product machine
s {e} is connected through {v}. / {e} sends its data over {v}. / Link {e} to the network by {v}.
q How is {e} connected? / Over what does {e} send its data? / What links {e} to the network?

protection class | code_ip | product machine
s {e} meets {v}. / {e} is rated {v} against dust and water. / The housing of {e} is tested to {v}.
q What protection class does {e} have? / How is {e} rated against water? / To what standard is the housing of {e} tested?

waterproof | yesno | product vehicle
s {e} is waterproof. ~ {e} is not waterproof. / {e} can be used in the rain. ~ {e} must not be used in the rain. / Water does no harm to {e}. ~ {e} is damaged by water.
q Is {e} waterproof? / Can {e} be used in the rain? / May {e} get wet?

offline mode | yesno | software
s {e} works without the internet. ~ {e} does not work without the internet. / You can use {e} offline. ~ {e} cannot be used offline. / {e} needs no connection. ~ {e} always needs a connection.
q Does {e} work offline? / Can I use {e} without the internet? / Is {e} usable without a connection?

dishwasher safe | yesno | product
s {e} may go into the dishwasher. ~ {e} must not go into the dishwasher. / The dishwasher is fine for {e}. ~ Never put {e} in the dishwasher. / {e} is dishwasher safe. ~ {e} is not dishwasher safe.
q Can I put {e} in the dishwasher? / Is {e} dishwasher safe? / May {e} be washed in the machine?

refundable | yesno | product plan event
s {e} can be returned for a refund. ~ {e} cannot be returned. / We refund {e} on request. ~ We never refund {e}. / Money paid for {e} is given back on request. ~ Money paid for {e} is not given back.
q Can I get a refund for {e}? / Is {e} refundable? / Will I get my money back for {e}?
"""
