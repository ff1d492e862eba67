"""Charities and projects by name, and entries that mean something only where nothing stands beside them.

Written as in `source_services`. Names that are everyday words ("Wired", "Together") are among the latter.
"""

PROJECTS = """
[other sure]
st giles trust, redthread, safer london, abianda, chance uk, oasis trust, xlp, kids company, spurgeon
safe families, pause project, missing people, railway children, unseen uk, hope justice, medaille trust
migrant help, refugee action, red cross, freedom torture, karma nirvana, ikwro, southall black sisters
ashiana, imkaan, hestia, mankind initiative, mens advice line, safelives, survivors trust, survivors uk
napac, lucy faithfull, stop it now, safeline, rape sexual abuse support, sexual violence adviser
sexual violence advisor, sexual violence service, supportline, rethink mental illness, mind charity
richmond fellowship, phoenix future, adfam, alcoholics anonymous, narcotics anonymous, gamcare, swanswell
with you charity, we are with you, st mungo, depaul, nightstop, emmaus, shelter charity, crisis uk
carers uk, alzheimer society, dementia uk, parkinson uk, stroke association, epilepsy action, diabetes uk
royal national institute, rethink, sense charity, scope charity, guide dogs, deaf children society
national autistic society, autistic society, autism charity, ambitious about autism, whizz kidz, caudwell
newlife foundation, ronald mcdonald house, clic sargent, young lives cancer, teenage cancer trust
rainbow trust, together short lives, lullaby trust, child bereavement uk, winstons wish, grief encounter
cruse bereavement, bereavement charity, young minds, youngminds, kidscape, papyrus, childrens trust charity
family fund, family lives, parentline, gingerbread charity, family right group, fostering network
grandparents plus, contact family charity, national childbirth trust, toy library, credit union
trussell trust, fareshare, little village, baby bank, baby basics, clothes bank, christians against poverty
street pastor, norwood ravenswood, jewish care, catholic childrens society, muslim youth helpline
muslim womens network, islamic relief, gurdwara, chaplain, sunday school, welcare, friends families travellers
equality council, terrence higgins, stonewall, mermaids uk, albert kennedy trust, galop, lgbt foundation
girlguiding, girl guide, sea cadet, army cadet, air cadet, boys brigade, girls brigade, woodcraft folk
duke edinburgh award, street league, uk youth, girls friendly society, streetgames, ssafa
royal british legion, help heroes, combat stress, army welfare, naval welfare, navy welfare
royal air force, ministry defence, prison advice care trust, nepacs, women in prison, howard league
together women, women centre, nelson trust, anawim, trevi house, one25, beyond street, changing lives
mental health advocate, child advocate, young runaways, runaways project, 42nd street, off record
befriending, mentoring project, advice centre, drop in centre, play bus, playbus, toddler group
parent toddler, dance school, riding school, driving school, martial art, karate club, swimming club
swim club, gymnastics club, rugby club, cricket club, boxing club, football academy, holiday camp
village hall, community cafe, residents association, tenants association, food project
internet watch, marie collins, equality human rights, care inspectorate, general medical council
national society prevention, unicef, action for children, save the children fund, parenting staff
rehab officer, sure start childrens centre, sure start local programme, sure start centre
[other fair]
mp, member parliament, member senedd, assembly member, befriender
[la_services fair]
hearthstone, i art, iart, isend, gateway service
"""

ALONE = """
[la_services sure]
early year, gateway, family matters
[other sure]
talkshop, wired, open door, safe centre, together, rethink, mermaid, guide, cub, cadet
kids inspired, no limit, streetwise, pause, compass, humankind, unseen, gingerbread
family intervention project worker, intensive family support service family support
education training workplace establishment, workplace, training establishment
other agency
"""
