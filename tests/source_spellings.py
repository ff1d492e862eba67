"""Spellings of sources of referral of our own invention, as other councils might write them."""

_BY_GROUP = {
    "individual": """
1a) Family member / relative / carer | Parents | Mum | Paternal grandmother | Maternal Aunt | Ex-partner
Next door neighbour | Self referral (young person) | 1C - Self | Childs father | Parent or Carer
Extended Family Member | Friend of the family | Member of the Public (known) | Individual: stranger
INDIVIDUAL - Aquaintance | Foster carers | Special Guardian | Step-mother | Child/Young Person (self)
IND: Family | Neigbour | Kinship Carer | Family Friend | 1D. Other individual inc. MP
Relative (Aunt/Uncle) | MEMBER OF THE PUBLIC | Mother's partner | Concerned Neighbour | d) 1D: Individual
1A: Family member | 01) Individual - Family Member | 1A Family/Relative/Carer | Individual - Family
Grandparent (Maternal) | Fathers partner | Birth Mother | Half brother | Adoptive Parents
Child (self referral) | Self - young person | Neighbours/Friends
Individual: Acquaintance (inc. Neighbours and Childminders) | Individual other (incl strangers and MPs)
Members of Public | Household members | Great Aunt | Young Person - Self | 1b - Acquaintance
Husband/Wife/Partner
""",
    "schools": """
2A | Primary Schools | School - Head Teacher | Academies | Secondary / High School
Schools (incl. academies) | School Staff Member | Teacher | Designated teacher at school
2a - education - schools | Pupil Referral Unit (PRU) | Sixth form college | Special Schools
Class teacher | Infant & Junior School | School SENCO | Education: Primary school | Independent School
Scool | Nursery School | SCHOOLS | e) 2A: Schools | 03) Schools | School (Primary) | School (Secondary)
Education - Secondary School | Educ - Schools | Local School | Head of Year - High School
School - Academy | Out of Area School | School - Special | Private School | School Receptionist
St Mary's Catholic Primary School | Deputy Headteacher
""",
    "education": """
2B | Education Welfare Service | Educational Psychologist | EWO/EPS | Education - excluding schools | LEA
Education Welfare Officer (EWO) | Attendance & Inclusion Team | Ed Psych
Education services (not schools) | School Attendance Officer | 2b) Education other | Virtual School
Elective Home Education Team | Children Missing Education | Educaton Services | University
f) 2B: Education services | 2B Education Services (Excluding Schools) | Education Dept
Education Psychology Service | Educational Welfare Officer | Education - Other
Education other than school | Education Service - EWO | Education Authority | Education Inclusion Service
Education Dept. (not schools) | FE College
""",
    "health": """
3A: GP | G.P. | General Practitioners | GP's surgery | Health Visitors | HV | H/V | Health visitor team
School Nurses | SN | Midwives | Midwife (hospital) | Acute Hospital Trust | A + E | A&E dept
Accident and Emergency Department | ED - Emergency Department | North West Ambulance Service NHS Trust
Paramedics | CAMHS Tier 3 | C.A.M.H.S | Community Psychiatric Nurse | Adult Mental Health Team
Mental Health Trust | 3F Other Health Services | Health professional | Dentists
Speech & Language Therapist | Physiotherapy | Paediatric Ward | Peadiatrician | District Nurses
Practice Nurse | Drug and Alcohol Service | Perinatal mental health | NHS 111 | Clinical Psychologist
Hospital (not A&E) | Primary Care Trust | Health vistor | CCG | Minor Injuries Unit
Health services: primary care (not GP) | Family Nurse Partnership (FNP) | Hospice | Sexual Health Clinic
Hospital - maternity | h) 3B: Health services | j) 3D: Health Services | Health Service - Health Visitor
Health Services : Midwife | Health - GP Practice | HEALTH - AMBULANCE | Health - Hospital
Health Services - Dentist | Hospital A & E | Hospital Accident and Emergency | Hospital Ward
Hospital Consultant | Childrens Hospital | Maternity Hospital | Community Nurse | Specialist Nurse
Child and Adolescent Mental Health Service (CAMHS) | Child & Adolescent Mental Health
Adult Mental Health Services | Mental Health Nurse | East Midlands Ambulance | Ambulance Trust | NHS Trust
NHS - Other | Health Visitng Service | Gen Practitioner | General Practioner | GP / Health Centre
Health Trust - Other | Other health services - eg hospice | Other Primary Health Service
Primary Health Care | Secondary Health Services | SALT | Speech Therapist | Health Services - CAMHS Duty
FNP Nurse | Safeguarding Nurse - Hospital | Accident & Emergancy
""",
    "housing": """
Housing Department | Housing Officer | Housing Assoc. | Registered Social Landlord | Homeless Persons Unit
Council Housing | 4 - Housing | Private landlord | Housing / Homelessness | Housing Options Team
Tenancy support officer | HOUSING ASSOCIATION | Homelesness Team | 4: HOUSING | Local Authority Housing
Housing - Homelessness | Housing (Local Authority) | LA Housing Dept | Housing Trust | Housing - Council
Housing Services - Private Landlord | Landlord / Housing Association | Hostel Staff
""",
    "la_services": """
5A | Adult Social Services | Children's Social Care | Other Local Authority Children's Services
Another council | Youth Offending Team (YOT) | YOS | Youth Justice Team | Local authority - early help
Early Help Hub | Early Intervention Service | Emergency Duty Team (EDT) | Out of hours duty team
Social Services - Other LA | Leaving Care Team | Fostering Team | Local Authority - Internal Department
Council - Environmental Health | 5B - Other internal | MASH | Children with Disabilities Team | Libraries
Troubled Families Team | Community Safety Team | Council officer | Family Support Service | County Council
LA (excluding housing) | Other Council Department | Youth Services | Team Around the Family
Borough Council dept | Social care services | n) 5A: LA services | o) 5B: LA Services | 5C Other LA
LA services - other internal (excl. housing) | Local Authority Services - Other Internal
Local Authority - External | LA - Early Help | LA - YOT | Local authority services - social care
Social Services Emergency Duty Team | Adults Services | Adult Social Care Team | Adult Safeguarding Team
Children's Services | Childrens Social Work Team | Another Local Authority
Other Local Authority - Social Care | Social Work Team | Independent Reviewing Officer
Early Help Team Manager | Early help practitioner | Youth Offending Service (YOS) | Adoption Team
Looked After Children's Team | Council Department | SSD - Adults | OLA | Council's Contact Centre
""",
    "police": """
6 | Police Officer | Police - PPU | Metropolitan Police | Police Public Protection Unit
West Midlands Police | Polce | British Transport Police | Police (DV notification)
Police - domestic abuse | Constabulary | Child Abuse Investigation Team | q) 6: Police
Police - Neighbourhood | Police Referral Unit | Police Protection Unit | Local Police
Police - Domestic Violence Unit | POLICE/PVP | Police Child Protection Team | PCSO | 08) Police
""",
    "other_legal": """
7 | Other legal agency | Legal Agency - Courts | Family Court | Probation Service
National Probation Service (NPS) | Prison Service | HM Prison | Immigration Service
Home Office Immigration | UKBA | Solicitor | Solicitors firm | Crown Prosecution Service | Legal - Court
Magistrates Court | Other Legal (Courts, Probation, Cafcass, Prison) | Coroner's Officer | Probaton
Border Force | r) 7: Other legal agency | 7: Other Legal Agency | Other legal agencies | Court
County Court | Crown Court | Family Courts | Probation | Probation Officer | Prison - HMP | Immigration
Immigration Officer | Legal Services - Solicitor | Lawyers | Legal agency: probation
Other Legal Agency - Prison | UK Border Agency | Youth Court
""",
    "other": """
8 | NSPCC | NSPCC Helpline | Barnardo's | Childrens center | Voluntary/Community Group | Charity
Third Sector Organisation | Voluntery organisation | Refuge | Church | Faith group | Fire Service
Other - voluntary organisation | Independent provider | Independent Fostering Agency | IDVA Service
Youth club | Citizens Advice | Action for Children | Samaritans | Salvation Army
Other: children's centre, independent providers | s) 8: Other | 8: Other
8 Other - voluntary organisations | Voluntary | Voluntary Sector Agency | Voluntary Agencies
Children's Centre / Sure Start | Childrens Centre Worker | Independent Agency
Independent Sector Provider | Charities | Other - Voluntary | Other (Voluntary organisation)
Other - Children's Centre | Community Group | Domestic Violence Service | Domestic Abuse Refuge | Mosque
Fire and Rescue | Childline / NSPCC | Barnados | Faith Organisation | Other Professional Agency
""",
    "anonymous": """
9 | Anonymous | Anon | ANONYMOUS. | 9 - Anonymous caller | Anonymous Referral | t) 9: Anonymous
Anonymous Caller | Annonymous
""",
    "unknown": """
10 | unknown source | Not stated | u) 10: Unknown | Source unknown | Not stated / not known | Unkown
Unknown / not recorded
""",
}

_WITH_SHORT_FORMS = {
    "individual": """
MGM | PGF | Maternal grandparents (MGP) | MOP | FRND | OREL | Daughter-in-law | SMOT | NBR | FCAR | YP
Other (including strangers, MPs) | Individual - MP | PTNR | FAM | Ex-husband | Passer-by / stranger
SREF
""",
    "schools": """
HLTA | SFC | Head of Sixth Form | School ELSA | PRISCH | Nursery Provision | Childminding setting
Early Years Settings | Primary SENDCo | DHT | SpecSch | HOY
""",
    "education": """
AWO | EPS | EWT | EMTAS | Home Tuition | EOTAS | Education - Childminders / Nurseries
Travellers Education Service | VSH | CMEO | Education Psychologist (EP) | BSS
""",
    "health": """
OPD | NWAS | SECAMB | CRHTT | EIP Team | PICU | MIU | CCNT | CMW | PMHW | HTT | LACN | Podiatry
Surgeon | Phlebotomist | Health - CPN | Infirmary | Royal Infirmary - Labour Ward | CDC | TAMHS worker
RMN | AMU | GOSH | Health Protection Team | Psychotherapist | SCPHN | HCA | Rapid Response (RR)
0-19 Service | WMAS paramedics
""",
    "housing": """
HSG | Supported Living (SLIN) | TMO | HSGA | Tenancy Sustainment | Resettlement Officer | Housing warden
Scheme Manager (Sheltered Housing) | Peabody | TSW | Places for People
""",
    "la_services": """
EHH | YJS | IAT | DOLS | FGCS | LCT | SWA | EHO | TYS | Trading Standards
Director of Children's Services | Children's Services Department (not EDT) | NRPF | Short Breaks Team
LA services - LADO | Local Welfare Assistance | CSP | FSW | LACT | Supervising Social Worker | CTAX
Civic Centre | OT (SSD) | Town Hall | DCT | Sure Start / Children's Centre
""",
    "police": """
GMP | PVP | SNT | Police Sergeant | WYP | Custody Suite | DAIT | VPN | PSNI | Police Inspector | CEOP
Special Constable
""",
    "other_legal": """
STC | OPG | CQC | Offender Manager | FDAC | Detention Centre | MAGS | GAL | Court of Protection | PDU
Approved Premises | CICA | High Court | SOLS
""",
    "other": """
CVS | RNIB | CHISVA | SSAFA | LFB | St Giles Trust | Spurgeons | Safe Families | Street Pastors
YoungMinds | Winston's Wish | Kidscape | Member of Parliament (MP) | MP & Councillor | NDCS | FBO
Missing People | Family Lives | Sea Cadets | National Autistic Society | Trussell Trust | Sunday school
Lucy Faithfull Foundation | Women's Centre | NCT | Gurdwara | Karma Nirvana | IMCA | Girlguiding
Swimming club | Army Welfare Service | Kids Company | Migrant Help | Mencap | Cruse | Crisis UK
Befriending service | FRS | Alzheimer's Society | MIND
""",
    "anonymous": """
Not known: anonymous caller | Anonymous / Unknown
""",
    "unknown": """
NR | Not recorded/Anonymous
""",
}

_ASKED = """
Police MASH notification (Merlin) | Other | Others | Agency | Worker | CAFCASS | LADO | MARAC
Professional | Team | XYZ | ZZT | - | N/A | 3 | 2 | Education or Health | Police / School
6: Health visitor | 3B Police | Nursery | College | Support Worker | Councillor | Other - Health Visitor
Partnership | Drugs | Public Health | Referral | Anonymous neighbour | test | 99 | Housing / Social Care
Law | Domestic Abuse | Other (please specify) | Cafcass Officer
Local Authority Designated Officer (LADO) | Miscellaneous | QQ | C19 | Multi-agency | Employer / School
5A Police | 4 - Health | 7: Housing | 1A School nurse | Parent Support Group | Nursery / Childminder
Childminder | Pre-school | Health / Education | Police and Social Care | Mr Smith | Via web form | Email
Duty | Manager | Practitioner | Agency Worker | Volunteer Police Cadet | Not Applicable
CRC | Emergency | Hub | SPA | SPOC | Home-Start | Other Legal Agency (e.g. CAFCASS)
Education - Nursery | Day centre | TBC | ED | PO | HO | FC | UTC | NASS | Substance misuse
Police / Housing | Support | Family Hub | CP | DV | Pre-school / College | Anonymous friend
Court: LADO | UASC | FPC | HPU | NPT | YCS
"""


def _apart(text: str) -> list[str]:
    return [words.strip() for line in text.strip().splitlines() for words in line.split(" | ")]


_LISTS = [*_BY_GROUP.items(), *_WITH_SHORT_FORMS.items()]
INVENTED = [(group, words) for group, text in _LISTS for words in _apart(text)]
"""Group and spelling: what a person who knows the official list would say."""
ASKED = ["", *_apart(_ASKED)]
"""What nobody can tell without asking the council."""
