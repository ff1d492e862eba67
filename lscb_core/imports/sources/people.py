"""What people, charities and other bodies are called, the words that must be asked about, and words
that say nothing of who refers. Written as in `source_services`; after [asks ...] come the likeliest groups.
"""

PEOPLE = """
[individual sure]
family member=1A, relative=1A, father=1A, mother=1A, mum=1A, mummy=1A, dad=1A, daddy=1A, stepfather=1A
stepmother=1A, step father=1A, step mother=1A, step parent=1A, stepparent=1A, stepdad=1A, stepmum=1A
step dad=1A, step mum=1A, brother=1A, sister=1A, sibling=1A, uncle=1A, aunt=1A, auntie=1A, aunty=1A
cousin=1A, niece=1A, nephew=1A, grandparent=1A, grand parent=1A, grandfather=1A, grandmother=1A
grandma=1A, grandad=1A, granddad=1A, gran=1A, nan=1A, grandson=1A, granddaughter=1A, grandchild=1A
great grandparent=1A, son=1A, daughter=1A, daughter in law=1A, son in law=1A, mother in law=1A
father in law=1A, sister in law=1A, brother in law=1A, husband=1A, wife=1A, spouse=1A, ex partner=1A
boyfriend, girlfriend, maternal, paternal, household member=1A, foster carer=1A, foster parent=1A
foster mother=1A, foster father=1A, private foster carer=1A, special guardian=1A, kinship carer=1A
adopter=1A, adoptive parent=1A, parent carer=1A, parent guardian=1A, birth parent=1A, birth mother=1A
birth father=1A, biological parent=1A, extended family=1A, birth family=1A, immediate family=1A
neighbour=1B, acquaintance=1B, family friend=1B, friend of family=1B, stranger=1D, member public=1D
general public=1D, community member=1D, self referral=1C, self referred=1C, individual self=1C
other individual=1D, individual, individual other=1D, other service user, young person self=1C
child self=1C, passer by=1D, other relative=1A, other family=1A, members community=1D, local resident=1D
own referral=1C, themselves=1C, himself=1C, herself=1C
[individual fair]
parent=1A, carer=1A, friend=1B, partner=1A, self=1C, guardian=1A, service user, employer=1D, employee=1D
babysitter=1B, lodger, client=1C, workmate=1B, community contact=1B, ind, landlady
[individual slight]
family=1A, public=1D, young person=1C, person
[anonymous slight]
anonymous, anonymously, anon, anonymised, anonymous caller, anonymous referral, name withheld
[unknown slight]
unknown=10, not known=10, not recorded=UN, not stated=10, not given=10, unspecified=10, not specified=10
unk=10, nk=10, not mapped=10, no source=10, not provided=UN, unrecorded=UN, un=UN, not sure=10
source unknown=10, unidentified=10, not entered=UN, blank=UN, missing=UN
"""

BODIES = """
[other sure]
childrens centre, child centre, voluntary, volunteer, charity, charitable, third sector, 3rd sector
voluntary sector, voluntary organisation, voluntary agency, voluntary group, non statutory
non governmental, independent agency, independent provider, independent sector, private sector
private agency, private provider, service provider, commissioned service, commissioned, child line
adoption uk, foster agency, barnardo, childline, womens aid, women aid, refuge, victim support, relate
salvation army, samaritan, action for children, children society, family action, citizen advice, age uk
age concern, mencap, catch 22, catch22, addaction, turning point, change grow live, place2be, kooth
caritas, save the children, crimestopper, red cross, st john ambulance, church, mosque, synagogue
temple, faith, religious, priest, vicar, clergy, imam, rabbi, pastor, diocese, scout, brownie
sport club, football club, youth club, community group, community centre, community organisation, fire
fire rescue, fire brigade, fire service, firefighter, domestic abuse service, domestic violence service
fostering agency, adoption agency, helpline, government department, rape crisis, barnado
domestic violence adviser, domestic violence advisor, domestic abuse adviser, domestic abuse advisor
national youth advocacy, coram, parish church, sports coach, family line, crossroad, young carer
carers centre, carer association, carers trust, princes trust, home office dbs, refugee council
other independent agency, independent agency provider, agency provider, other voluntary, centrepoint
[other fair]
ofsted, advocate, advocacy, military, army, navy, armed force, utility, provider, club, char
residential home, residential care home, care provider, home care external, independent organisation
other professional, other source, not listed, other organisation, any other, foodbank, food bank
school holiday club, other provider, retailer, gas, press
[other slight]
home care, connexion, project, association, society
[asks other_legal la_services hard]
cafcass, children family court advisory support service, court advisory service
[asks la_services other hard]
lado, local authority designated officer, designated officer, home start, homestart, day care, daycare
day centre, family hub, family centre, family intervention project
[asks police la_services other hard]
marac, multi agency risk assessment conference
[asks other_legal other hard]
crc, community rehabilitation company, dwp, job centre, jobcentre
[asks other health hard]
cpn
[asks individual other la_services]
councillor, cllr
[asks other other_legal la_services]
dbs, disclosure barring, disclosure information, national crime agency, nca
[asks schools education la_services other]
nursery, pre school, preschool, playgroup, play group, creche, early year, early year provider, college
alternative provision, childcare, child care, after school club, breakfast club, mat, sen, send
special educational need
[asks individual education other]
childminder, child minder
[asks schools education other]
child minding, childminding
[asks la_services other]
contact centre, childrens home, care home, home carer, other internal, other internal service
youth worker, outreach, caf, common assessment
[asks education other]
training, workplace
[asks health other]
pathway
[asks police la_services]
public protection
[asks other la_services]
health safety executive, health safety
[asks police other_legal]
law, mappa, enforcement
[asks la_services health other]
registrar, safeguarding team, safeguarding unit, safeguarding hub, learning disability team
drug alcohol, public health, substance misuse, drug, alcohol, ooh, out hours, counsellor, rehab, las
[asks health police other]
sarc, sexual assault referral centre, crisis team, domestic abuse, domestic violence
[asks housing la_services other health]
accommodation, shelter, support worker, ward, warden
[asks la_services other_legal]
other ola
"""

NEUTRAL = """
parson, carter, corner, policy, hotel, clarity, course, chance, charge, reaching, garden, leader, custom
team, service, serv, officer, staff, worker, manager, professional, practitioner, assistant, lead
senior, coordinator, co ordinator, adviser, advisor, personal, unit, group, hub, centre, office, out
borough, city, town, area, local, district, county, north, south, east, west, central, community, child
children, agency, young, people, adult, support, help, assessment, referral, referrer, contact, other
various, external, existing, case, notification, standard, source, code, no, none, non, any, all
organisation, sector, listed, member, based, primary, secondary, special, independent, private
statutory, committee, specialist, head, deputy, joint, commission, agent, practice, care, home, house
trust, foundation, general, whole, england, english, uk, london, british, national, royal, heath, within
own, another, via, through, who, is, mapped, on, with, as, other than, emergency, safeguarding
protection, concerned, resident, residential, etc, not, internal, provision, establishment, setting
step, up, down, early, action, station, named, designated, provider, cyp, line, way, new, old, type
category, mr, mrs, ms, miss, day, night, weekend, working, meeting, social, work, authority, street
road, park, green, hall, men, women, boy, girl, baby, infant, teenager, caller, call, letter, email
phone, telephone, online, form, report, enquiry, request, information
"""
