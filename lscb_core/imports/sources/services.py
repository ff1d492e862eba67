"""What British public services are called, by the published group of the source of referral.

Each list is headed `group strength`: "certain" words are the name of a council's own department, "sure"
words decide whatever stands beside them, "fair" words decide
unless a sure word stands against them, "slight" words decide only where every word is understood. After
`=` stands the official code, where the words leave no doubt of it. Plurals need no entry of their own.
"""

SERVICES = """
[health sure]
health service, nhs, general practitioner=3A, general practice=3A, family doctor=3A, doctor, dr
gp surgery=3A, gp practice=3A, doctors surgery=3A, medical centre, health centre, health clinic
community health, health visitor=3B, health visiting=3B, school nurse=3C, school nursing=3C
school health, midwife, midwives, midwifery, midw, maternity, obstetric, antenatal, perinatal, neonatal
health serv, primary health, other primary health=3D, secondary health, hospital, ae=3E
accident emergency=3E, emergency department=3E, casualty=3E, urgent care, walk in centre, walk in clinic
urgent treatment, minor injury unit, ambulance, paramedic, paediatrician, paediatric, nurse, nursing, matron
hospice, family nurse partnership, hospital ward, family nurse practitioner, cahms, camh, mental health, amht
psychiatrist, psychiatric, psychiatry, clinical psychologist, clinical psychology, dentist, dental
dentistry, orthodontist, optician, optometrist, pharmacist, pharmacy, chemist, physiotherapist
physiotherapy, physio, speech language, speech therapist, speech therapy, gen practitioner=3A, dietitian
dietician, audiology, audiologist, radiographer, health worker, health care, healthcare
health authority, health trust, university hospital, primary care, clinical commissioning
registrar birth, foundation trust, acute trust, acute service, health board, health department
named doctor, designated doctor, sexual health, family planning, contraception, community paediatrician
health social care trust, ward round, ward staff, ward sister, ward manager, mental health team
mother baby unit, intensive care, oncology, gynaecology, haematology, dermatology, radiology, cardiology
orthopaedic, early intervention psychosis, child development centre, child development team
eating disorder, wellbeing service, continuing health care, gum clinic, day hospital, hospital discharge
outpatient, inpatient, health professional, emergency medicine, out of hours gp=3A, gp out of hours=3A
other health, health other, patient, ambulance service, child health, looked after nurse
health practitioner, secondary care, self harm team, medic, hospital consultant, psychological therapy
health advisor, health provider, emotional health, health assistant, podiatrist, podiatry, chiropodist
chiropody, orthoptist, surgeon, anaesthetist, sonographer, phlebotomist, phlebotomy, psychotherapist
psychotherapy, child psychotherapist, neurology, neurologist, urology, rheumatology, ophthalmology
endocrinology, immunisation, vaccination, health protection, healthy child programme, infirmary, birth centre
labour ward, delivery suite, stroke unit, burns unit, assessment ward, postnatal, polyclinic, 0 19 service
0 5 service, 5 19 service, 0 19 team, community first responder, dialysis, prosthetics, orthotics
neurodevelopmental, neurodisability, health promotion, stop smoking, needle exchange, health trainer
social prescriber, continence, weight management service
[health firm]
health
[health fair]
medical, surgery, clinic, clinical, consultant, locum, psychologist, psychological, therapy
substance misuse service, drug alcohol service, drug service, alcohol service, addiction
drug alcohol worker, emergency service, rapid response, crisis resolution, med, community matron
[health slight]
ot, occupational therapist, occupational therapy, therapist, acute, psychology
[schools sure]
school, primary school, secondary school, academy, sixth form, 6th form, head teacher, headteacher
teacher, pupil referral unit, nursery school, infant school, junior school, grammar school
special school, high school, boarding school, independent school, private school, free school, schooling
middle school, faith school, teaching assistant, school governor, parent governor, church school
deputy head, school staff, school counsellor, school college, headmaster, headmistress, lower school
upper school, first school, primary academy, special academy
[schools fair]
post 16, nursery provision, nursery setting, early year setting, early year nursery setting
child minding setting, childminding setting, nursery childminding setting, head year, learning mentor
parent support adviser, parent support advisor, pupil, sch, teach
[education sure]
education service, education serv, education department, education dept, education welfare
education psychologist, educational psychologist, education psychology, educational psychology, ed psych
edu psych, attendance officer, school attendance, attendance service, local education authority
education authority, education other, other education, virtual school, education inclusion
elective home education, home education, missing education, education officer, further education, fe
higher education, adult education, training provider, school admission, school improvement
behaviour support, home tuition, education team, education support, education safeguarding
education access, attendance team, attendance welfare, hospital education, school transport
education staff, psychology education, education entitlement, traveller education, education traveller
learning support service, education transport, education safety, admissions team, education tribunal team
home school liaison, autism outreach, hearing impaired service, visual impairment teacher
[education broad]
education, educational, edu, educ, educate
[education fair]
uni, university, tuition, tutor, parent partnership, attendance, apprenticeship, teacher training
[housing sure]
housing, landlord, homeless, homelessness, la housing, local authority housing, council housing
housing association, housing officer, housing department, housing benefit, tenancy, sheltered housing
temporary accommodation, supported accommodation, arms length management organisation
registered social landlord, social landlord, homeless person unit, rough sleeper, letting agent
housing option, estate agent, tenant, hous, bed breakfast, homeless shelter, sheltered scheme
tenancy sustainment, resettlement officer, resettlement worker, resettlement team, floating support
scheme manager sheltered housing, housing warden, house multiple occupation, rent officer, rent arrears
peabody, places people, guinness trust, guinness partnership, notting hill genesis, stonewater, bromford
sanctuary housing, clarion housing, riverside housing
[housing fair]
hostel, supported living, sheltered, foyer, lettings
[police sure]
police, constabulary, policing, police officer, police constable, public protection unit
british transport police, child abuse investigation, detective, police staff, metropolitan police
military police, police station, policeman, policewoman, police sergeant, police inspector, custody suite
custody sergeant, special constable, chief constable, sergeant, neighbourhood policing, traffic police
scotland yard, counter terrorism, child exploitation online protection, safer neighbourhood team
domestic abuse investigation, domestic violence unit, missing person unit, protecting vulnerable people
organised crime unit, sexual offence investigation
[police fair]
cid, merlin, force
[other_legal sure]
court, solicitor, barrister, lawyer, probation, prison, hm prison, immigration, judge, legal agency
other legal agency, other legal, legal service, magistrate, border agency, border force
crown prosecution, prosecution, young offender institution, youth offending institution
secure training centre, tribunal, coroner, law centre, law firm, guardian ad litem, legal representative
legal aid, hm court, parole, national probation service, custody service, court service, offender manager
offender management, approved premises, bail hostel, detention centre, removal centre, remand centre
youth custody, court protection, high court, sheriff court, crown office, procurator fiscal
children reporter, childrens hearing, paralegal, legal executive, notary, public guardian, official solicitor
criminal injury compensation, care quality commission, cqc, benefit agency, visa immigration
[other_legal fair]
legal, law society, leg, asylum, home office, judicial, childrens guardian
"""

COUNCIL = """
[la_services certain]
childrens service department, department childrens service, childrens social care department
[la_services sure]
la service, local authority service, council service, social care, social service, social worker
social work, social serv dept, adult social care=5A, adult service, adults ss, childrens service
early help=5D, emergency duty, out of hours duty, leaving care, fostering team, adoption team
adoption service, fostering service, looked after child team, looked after children, children in care
disability team, children disability, disabled children team, multi agency safeguarding hub
first response, front door, community safety, trading standard, library, county council, borough council
city council, district council, unitary authority, town council, parish council, other council=5C
another council=5C, other local authority=5C, another local authority=5C, other la=5C, another la=5C
other las=5C, another las=5C, external la=5C, neighbouring authority=5C, independent reviewing officer
adult safeguarding, safeguarding adult, child protection chair, family group conference
team around family=5D, team around child=5D, hospital social worker, mental health social worker
hospital social work, school social worker, social work assistant, early help assessment=5D
youth offending team=5B, integrated youth support, care leaver, approved social worker
court social worker, housing social worker, police social worker, la department
local authority department, adult community service, neighbourhood service, children adult service
social service department, family support social worker, council department, children social work
emergency social service, social care direct, approved mental health professional, director childrens service
director adult service, supervising social worker, duty social worker, permanence team, short break team
placement team, kinship team, special guardianship team, edge care, recourse public fund, town hall
civic centre, chief executive office, principal social worker, corporate parenting, court social work team
best interest assessor, deprivation liberty safeguards, first contact service, child need team
children looked after team, family information service, street scene, planning department, building control
parking service, electoral service, substance misuse team, substance misuse staff
[la_services fair]
local welfare assistance, emergency assistance, welfare assistance, crisis fund, accommodation manager
early year team, early year service, early year adviser, early year advisor, special need panel, museum
leisure centre, swimming pool, sports centre, park ranger, blue badge, household support fund
la, local authority, council, internal, youth offending=5B, youth justice=5B, youth service=5B
youth support=5B, youth hub=5B, youth inclusion=5B, young people service=5B, troubled family=5D
stronger family=5D, supporting family=5D, strengthening family=5D, early intervention=5D, early support
early start=5D, environmental health=5B, leisure=5B, licensing=5B, highway=5B, anti social behaviour=5B
council tax=5B, revenue benefit=5B, transition team, targeted support, care manager, adult team
duty team, assessment team, community care, child protection team, children team, family support service
commissioning, adoption, personal advisor, personal adviser, transport service, refuse collection, sc
hsc, registration service, lac team, leaving care advisor, care management, adult disability, after care
aftercare
[la_services slight]
department, family support, family support worker, family support team, neighbourhood, residential care
nursing home, portage, sure start, sen team, send team, caseworker, customer service
"""
