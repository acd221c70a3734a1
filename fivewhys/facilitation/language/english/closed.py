"""The closed classes of English words, all in lower case: data only."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE_FINITE = _words("am is are was were")
BE = BE_FINITE | _words("be been being")
HAVE_FINITE = _words("have has had")
HAVE = HAVE_FINITE | _words("having")
DO_FINITE = _words("do does did")
DO = DO_FINITE | _words("doing done")
MODALS = _words("can could may might must shall should will would ought")
PAST_AUXILIARIES = _words("was were had did")

SUBJECT_PRONOUNS = _words("i we they he she")
OBJECT_PRONOUNS = _words("me us them him")
REFLEXIVES = _words("myself yourself himself herself itself ourselves yourselves themselves")
OTHER_PRONOUNS = _words(
    """it you one everyone everybody everything someone somebody something anyone anybody
    anything nobody nothing none mine ours theirs yours hers others another each-other"""
)
PRONOUNS = SUBJECT_PRONOUNS | OBJECT_PRONOUNS | REFLEXIVES | OTHER_PRONOUNS

ARTICLES = _words("the a an my our your their its his her every whose teh hte")
PRONOUN_DETERMINERS = _words(
    """this that these those all both some any each many few several most much more less enough
    no half either neither another such what which plenty fewer least"""
)
DETERMINERS = ARTICLES | PRONOUN_DETERMINERS
PLURAL_DETERMINERS = _words("these those both many few several fewer")
SINGULAR_DETERMINERS = _words("a an this that each every another either neither")

PREPOSITIONS = _words(
    """of for with from at into by without about against among amid around between behind
    beneath beside besides beyond despite during except inside near onto outside per than
    through throughout toward towards under underneath until till unlike upon via within
    across along above below after before since like past alongside plus minus versus vs
    concerning regarding including excluding following according apart aboard amongst given
    as because due owing opposite worth"""
)
PARTICLES = _words("round up out off back in on down over away through around about along apart by")
TIME_PREPOSITIONS = _words("after before since until till")
"""Prepositions that open clauses as well."""
STRICT_PREPOSITIONS = _words(
    """of for with from at into without against among between during despite onto per than
    toward towards under upon via within across by"""
)

COORDINATORS = _words("and or but nor plus &")
SUBORDINATORS = _words(
    """because since if when whenever while whilst although though unless until till once
    before after as that whereas whether lest so where wherever how why"""
)
CAUSAL = _words(
    """because since so although though whereas but yet due owing thus therefore hence as
    thanks cos coz cuz"""
)
FRONTED = _words(
    """if when whenever while whilst although though unless until till once before after as
    whereas since because given even despite"""
)
RELATIVES = _words("who whom which that whose where when why")
WH = _words("who whom whose which what where when why how whatever whoever whichever however")
QUESTION_STARTERS = _words("who whom whose which what where when why how")

NEGATIONS = _words("not n't never")
NEGATIVE_OPENERS = _words(
    "rarely seldom hardly scarcely barely never nowhere nor neither little only not"
)

FREQUENCY_ADVERBS = _words(
    """usually often sometimes always regularly frequently normally generally typically
    constantly occasionally routinely still again nowadays currently now today tonight
    yesterday tomorrow recently lately previously originally finally eventually suddenly"""
)
MIDDLE_ADVERBS = _words(
    """usually often sometimes always regularly frequently normally generally typically
    constantly occasionally routinely still currently recently previously originally finally
    eventually suddenly also"""
)
ADVERBS = FREQUENCY_ADVERBS | _words(
    """also almost already alone alright altogether anyway anymore anywhere apparently apart
    aside away back badly else elsewhere enough even ever everywhere far fast forever
    forward further here instead just later yet maybe merely more most much nearly never
    nowhere once only otherwise overnight overall perhaps quite rather really right simply
    so somehow somewhere soon straight then there therefore though thus together too twice
    thrice very well yet together upstairs downstairs abroad ahead afterwards beforehand
    early late long hard low high daily weekly monthly yearly hourly nightly not hardly
    scarcely barely rarely seldom in-house by-hand however moreover furthermore nevertheless
    nonetheless meanwhile besides hence indeed kind sort somewhat wrong backwards upwards
    downwards outdoors indoors online offline manually"""
)
HEDGES = _words("maybe perhaps probably possibly apparently presumably supposedly likely")

TIME_NOUNS = _words(
    """second minute hour day night morning afternoon evening noon midnight week weekend
    fortnight month quarter season year decade monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october
    november december spring summer autumn fall winter shift time christmas easter ramadan
    today tonight yesterday tomorrow"""
)
TIME_DETERMINERS = _words("last this next every each one some most the that")

PLURALS = _words(
    """people men women children feet teeth mice geese police staff data media criteria crew
    cattle personnel folk folks clergy headquarters indices vertices analyses diagnoses
    crises alumni kids guys customers team management maintenance it dispatch"""
)
ALWAYS_PLURAL = _words("people men women children feet teeth mice geese police criteria folks")

NOT_CONTRACTIONS = {
    "didnt": "did", "doesnt": "does", "dont": "do", "wasnt": "was", "isnt": "is", "arent": "are",
    "werent": "were", "wouldnt": "would", "couldnt": "could", "shouldnt": "should", "hasnt": "has",
    "havent": "have", "hadnt": "had", "cant": "can", "wont": "will", "mustnt": "must",
    "neednt": "need", "aint": "is",
}  # fmt: skip
"""Contractions with not as people type them without the apostrophe."""

JOINED = {
    "cannot": ("can", "not"), "theres": ("there", "'s"), "thats": ("that", "'s"),
    "whats": ("what", "'s"), "hes": ("he", "'s"), "shes": ("she", "'s"), "weve": ("we", "'ve"),
    "theyve": ("they", "'ve"), "youve": ("you", "'ve"), "ive": ("i", "'ve"),
    "theyre": ("they", "'re"), "youre": ("you", "'re"), "im": ("i", "'m"),
    "theyll": ("they", "'ll"), "youll": ("you", "'ll"), "itll": ("it", "'ll"),
}  # fmt: skip
"""Other words that people type as one."""

NOT_STEMS = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
"""What is left of a modal when n't is cut off."""

CLAUSE_TAKERS = _words(
    """think know say assume believe mean ensure hope claim tell feel find show see realise
    realize suppose guess suspect expect understand notice forget decide discover report
    fear note suggest conclude confirm hear learn wish worry bet reckon imply indicate prove
    remember promise swear insist admit agree announce complain state presume pretend
    imagine dream figure warn"""
)
"""Verbs after which a clause may follow without “that”."""

INTRANSITIVE = _words(
    """accelerate accumulate act adhere agree alarm answer apologise apply argue arise arrive
    ask back-fire backfire become begin behave belong bend blister blow boil bounce break
    breathe buckle bulge burn burst call care cease change charge chip choke clash clear
    climb clog close coast cohere collapse collide come compete complain comply compound
    comprise conflict connect consist continue contract cool cooperate cope corrode count
    crack crash creep crumble cry curl cycle dance deal decay decide decline decrease
    default degrade depart depend deteriorate deviate die differ diminish dip disagree
    disappear disconnect dissolve divert dive double drag drain drift drill drip drive drop
    drown dry duplicate dwindle ease eat elapse emerge end enter err erode escalate escape
    evaporate evolve exist exit expand expire explode fade fail fall falter ferment fight
    fill finish fire fit flake flap flare flash flicker flip float flood flow fluctuate fly
    foam focus fold follow fork form freeze function fuse gather get give-up glow go grow
    hallucinate halt hang happen harden heal heat help hesitate hide hit hold hurry hurt
    idle improve increase inflate insist intervene invoice jam join jump keep kick kneel
    know labour lag land lapse last laugh lead leak lean learn leave lie lift linger listen
    live load lock log look loop loosen lose lower manage march matter mature melt merge
    migrate misbehave misfire miss mix mould mount move multiply mutate nod object occur
    open operate oscillate oscillate overflow overheat overlap overrun oversleep panic part
    participate pass pause pay peak peel perform perish persist phone pile play point pop
    pour practise practice press proceed progress proliferate protest pull push quit race
    rain rattle react read rebel reboot recede recover recur reduce refuse register relapse
    relax relent rely remain reoccur repeat reply resign resonate respond rest restart
    result resume retire return reverse revert revolt ring rip ripen rise roll rot rotate
    run rush rust sag sail scale scatter seep seize separate settle shake shatter shed shift
    shine ship shout shrink shut sit sink skid skip slacken sleep slide slip slow smell
    smoke snap snow soften solidify sour spark speak spill spin spiral splash splinter split
    spoil spread sprout stabilise stack stagnate stall stand stare start starve stay steam
    stick stiffen stop strain stretch strike struggle stumble succeed suffer surge survive
    swap swell swim swing switch sync synchronise talk tarnish taste tear tend terminate
    thaw thicken think throttle tick tilt time tip tire topple trade trail train travel
    tremble trip triple try turn twist unravel vanish vary vibrate volunteer vote wait walk
    wander want warp wash wear weaken weep wilt win wither wobble work worry worsen wrap
    yell yield hydrate graduate aim apply attend agree interact correspond communicate
    deploy compile build sell print boot ship scan sound appear seem look feel get turn go
    come move"""
)
"""Verbs that can stand without an object, so that “the valve opened” is a sentence."""

BARE_OBJECT = _words("make get keep leave find let help")

ABBREVIATIONS = _words(
    """mr. mrs. ms. dr. prof. st. no. nr. vs. e.g. i.e. etc. approx. dept. inc. ltd. co. fig.
    p.m. a.m. jr. sr."""
)

COMMON_NAMES = _words(
    """mark bill will may grace rose jack rob pat frank sue bob art dean drew faith hope joy
    ruby june april august chase miles max ray gene skip chip victor violet olive ivy daisy
    iris dawn eve penny sandy rusty josh nick peg randy carol robin jay jean gale norm herb
    buck cliff clay heath wade lance pierce reed ward cook carter hunter mason taylor tyler
    parker page amber crystal jade pearl ginger basil angel christian earl duke jordan dale
    glen lane melody harmony charity patience apple amazon oracle outlook excel slack zoom
    meta oracle harry tony jimmy jenny molly lily holly bella kelly terry jerry larry barry
    peter ken dan don ben sam tom tim jim joe john jo"""
)
"""First names that are ordinary words as well, or might be taken for one."""

NUMBER_WORDS = _words(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million dozen zero first second third dozens hundreds thousands"""
)
OPEN_ADVERBS = _words(
    """fast long hard low high early late daily weekly monthly yearly hourly nightly well right
    wrong far only overall straight alone rather badly"""
)
"""Adverbs that are adjectives or nouns just as often."""

NOT_FORMS = {"can": "can't", "will": "won't", "shall": "shan't"}
"""Contractions with n't that change their first part."""
FULL_FORMS = {"'re": "are", "'m": "am", "'ve": "have", "'ll": "will"}
DENIALS = _words(
    """no not n't never nobody nothing none neither nor few little nowhere hardly rarely seldom"""
)
REASONS = _words("according because as although though whereas despite given even having")
MOVABLE = _words(
    """if when whenever while until till once before after since last this next every each"""
)
"""Words that open a fronted phrase which can just as well stand at the end."""

TIME_TAKERS = _words("save take cost lose waste spend last need wait add gain require")
"""Verbs whose object may be a time: “saved ten minutes”."""
GERUND_TAKERS = _words(
    """keep start stop begin continue finish need try mean avoid require involve risk cause
    stand sit lie come go"""
)
"""Verbs that a form in -ing often follows."""

PLURAL_MODIFIERS = _words(
    """sales parts goods customs operations systems savings earnings accounts materials claims
    returns complaints logistics communications news services human-resources admissions
    benefits results needs standards works business process access address status bus focus
    series means lens sports electronics drinks clothes arms futures tactics basics mains
    fees"""
)
"""Words with -s that stand before other nouns: “sales order”, “parts list”."""

NEVER_PASSIVE = _words(
    """fail occur happen arrive expire collapse lapse vanish disappear crash emerge persist
    remain stay appear seem belong consist depend exist rely rain snow wait sleep work last
    tend stall struggle leak drip corrode rust seize overheat jam trip wilt die end stop
    start drift break"""
)
"""Verbs that are no shortened passive even after a bare noun: “pump failed at noon”."""

FOREIGN_ARTICLES = _words("de het een der die das ein eine le la les une el los las un il lo gli")

ROUNDING = _words("""about around over under above below roughly approx. approximately some at
    least most up to nearly almost only even just exactly""")
"""What says how exact the number after it is."""

CAPITALISED = _words(
    """african american arabic asian australian austrian belgian brazilian british bulgarian
    canadian chinese croatian czech danish dutch english estonian european finnish flemish french
    german greek hungarian icelandic indian irish italian japanese korean latin latvian lithuanian
    mexican norwegian portuguese romanian russian scottish serbian slovak slovenian spanish
    swedish swiss turkish ukrainian welsh christmas easter python java linux"""
)
"""Words that keep their capital wherever they stand."""

PRODUCTS = _words(
    """salesforce facebook youtube sharepoint firefox snowflake dropbox photoshop powerpoint
    mailchimp servicenow workday github gitlab bitbucket postman pagerduty onedrive icloud
    paypal whatsapp linkedin instagram datadog cloudflare freshdesk zendesk hubspot
    quickbooks jetbrains openshift"""
)
"""Products whose names look like two words written as one."""
