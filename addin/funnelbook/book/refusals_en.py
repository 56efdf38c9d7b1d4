"""How English notes say that a customer must not be called again, and what only sounds like it."""

from __future__ import annotations

from funnelbook.book.refusal_grammar import Grammar, Unless, either, words

_CALL = either(
    "call", "contact", "ring", "phone", "telephone", "bother(?! with)", "disturb", "harass", "reach out", "dial"
)
_CALLING = words("calling contacting ringing phoning bothering disturbing harassing dialling dialing")
_CALLED = words("called contacted rung phoned telephoned bothered disturbed harassed dialled")
_CALLS = either("calls", "contact", "phone calls")
_WHOM = words("me us him her them my our his their the name phone number details customer")
_NOT = either(r"\bnot", "n['’]t", r"\bnever", r"\bno longer")
_LISTS = words("list database system records")
_COMPLAINT = words(r"report complain\w* sue police lawyer legal complaint")

_SAYS = either(
    r"(?<!they )(?<!she )(?<!he )(?<!who )(?<!we )(?<!i )(?:do not|do ?n['’]?t|never|must ?n['’]?t|must not|should not"
    r"|shouldn['’]?t|not to)"
    rf" (?:please |ever |you ever )?(?:try to |be )?(?:{_CALL}|{_CALLED})\b",
    rf"\b(?:never|not) to (?:ever )?{_CALL}\b|\bask(?:ed|s) (?:that )?we not {_CALL}\b",
    rf"\b(?:stop|stopped|quit|cease|no more|no further|enough) (?:us |all |the |any |with |from |these |those "
    rf"|your )*(?:{_CALLING}|{_CALLS})\b",
    rf"\bno (?:cold |sales |phone )*calls,? please\b|\b(?:asked for|asks for|wants?|wanted|requests?|requested"
    rf"|demand\w*) no (?:more |further )?{_CALLS}\b",
    r"\bno cold calls\b|(?:^|[,;.] ?)no (?:phone )?(?:calls|contact)(?=$|[.!;]| ?$|,? (?:please|e ?mail|text|only)\b)|\bnever phone\b",
    r"\b(?:customer|client|contact|he|she) (?:is |has )?(?:deceased|passed away|died)\b|^(?:deceased|passed away)\b",
    rf"(?:{_NOT}|\bstop) (?:wants?|wish(?:es)?|like|appreciate|accept|being|wanting|want(?:ing)?)?(?: ?(?:to|you|us|you to|being))?"
    rf" ?(?:be |being )(?:{_CALLED})\b",
    rf"{_NOT} (?:wants?|wish|like|accept|take)s? (?:(?:any|more|further|our|your|these|sales|phone|marketing|to get|to receive"
    rf"|cold)+ )*(?:calls|contact)\b",
    rf"{_NOT} (?:wants?|wish|like)s? (?:us|me|you|anyone|anybody|any of us) (?:to )?{_CALL}\b|{_NOT} (?:wants?|wish)s? to hear from\b",
    r"\b(?:asked|asks|wants?|wanted|like|likes|requests?|requested|demands?|demanded|please|to be|be) (?:us |me |to |be |have |get "
    r"|(?:his|her|their|my|our) |(?:name|number|details) )*(?:removed?|deleted from)\b",
    rf"\bremove(?:d)? (?:{_WHOM} )*{_WHOM}\b|\bremov\w+ (?:\w+ ){{0,4}}from (?:\w+ ){{0,3}}{_LISTS}\b|\brequest\w* (?:for )?removal\b",
    rf"\b(?:take|took|taken|get|strike|cross|keep) (?:\w+ ){{1,3}}off (?:\w+ ){{0,3}}{_LISTS}\b|\boff (?:the |our "
    rf"|your )?(?:\w+ )?(?:list|database)\b",
    r"\b(?:delete|erase|lose|forget) (?:my|our|his|her|their) (?:phone |contact )?(?:number|details|data|contact)\b|\b(?:gdpr"
    r"|data) erasure\b",
    r"\bunsubscrib\w*|\bopt(?:ed|s|ing)?[ -]?out\b|\bdnc[lc]?\b|\bblack-?list\w*|\bblocked (?:us|me|our|my|the number)\b",
    r"\bcease and desist\b|\bleave (?:me|us|him|her|them) alone\b",
    rf"\b(?:call|calling|ring|phone|contact) (?:\w+ )?again\b[^.;!?\n\x00]{{0,30}}\b{_COMPLAINT}\b",
    rf"\b{_COMPLAINT}\b[^.;!?\n\x00]{{0,25}}\b(?:if|when|should)\b[^.;!?\n\x00]{{0,15}}\b(?:{_CALL}|{_CALLED}) (?:\w+ )?again\b",
    r"\btake (?:\w+ ){0,2}(?:name|number|me|us|him|her|them) off\b|\bbe taken off(?=$|[.,;!])|\b(?:on|with) (?:the )?c?tps\b",
)  # fmt: skip
_CUE = (
    "n['’o]t (?!in|an|re|av|su|th|so|ye|qu)|dont|never|must|stop|quit|cease|more|further|enough|remov|off|asked for|if |need to"
    "|tps|unsub|opt|black|block|alone"
    "|again|delete|eras|lose|forget|dnc|no longer|no calls|no contact|deceased|passed|died|no cold|no sales|no phone|we not"
)
_OTHERS = words(  # of whom or where the customer is not
    "office mobile landline reception cell desk home old work boss accountant secretary number wife husband assistant mother father "
    "son daughter partner colleagues? warehouse shop"
)
_DAY = words("mon tue wed thu fri sat sun")

_UNLESS = (
    # a time, a place, a while that passes
    Unless(
        before=r"(?:\b(?:before|until|till|during|while)(?: [\w:]+){1,3}|\bfor now|\bat the moment|\bright now"
        r"|\bin the (?:morning|afternoon|evening)"
        r"|\bat (?:work|home|night))[，,]?\s?(?:please )*\s?"
    ),
    Unless(
        after=r"\s(?:(?:him|her|them|us|me|again|back|in|at all) )*"
        r"(?:before|until|till|after|next|during|between|while|when|unless|right now|now\b(?!,? (?:on|or))|too|so (?:early|late"
        r"|often)|yet"
        r"|for (?:a|an|one|two|three|the next|another|\d+)|to(?:day|morrow)|at (?:\d|work|home|night|lunch)|on (?:his|her|the"
        r"|weekend|week)\w*"
        rf"|on {_DAY}\w*|(?:in the|this) (?:morning|afternoon|evening|week|month|year)|mornings|evenings|afternoons|weekends"
        rf"|lunch|(?:once|twice|\d times|three times) a\b)"
    ),
    Unless(within="^(?!.*stop)", after=r" (?:\w+ )?(?:every|each) (?:day|week|hour|time)\b"),
    # not him, or no call at all
    Unless(after=rf" (?:at |to |in )?(?:the|his|her|their|this|that|my)(?: {_OTHERS})(?:'s)?\b"),
    Unless(after=r" (?:it\b|accounting|accounts\b|finance|reception|head office)"),
    Unless(before=r"\b(?:receptionist|gatekeeper|reception|switchboard)(?: (?:says|said|told us|has|just))* ?"),
    Unless(after=rf" ?[,;.][^.;\n]{{0,30}}\b{_CALL} (?:\w+ ){{0,2}}(?:{_DAY}\w*|tomorrow|next|after|in \w+)\b"),
    # no call is needed, since all is settled
    Unless(within="^no (?:more|further)", after=r" (?:are |is )?(?:needed|necessary|required)\b"),
    # of something else than a customer: an item, a fee
    Unless(
        within="remove",
        after=r"(?= ?(?:\w+ ){0,3}(?:fee|item|line|cost|charge|discount|option|delivery|installation|quote|offer|printer|old)\b)",
    ),
    Unless(within="opt", after=r" of (?!(?:all |any |our |the |your |phone |marketing |sales |further )*(?:calls|contact"
    "|marketing|list|e-?mails?))"),
    # denied, lifted, or he called by himself
    Unless(
        before=r"(?:\bnot|\bnever|n['’]t|\bno (?=\w)|\bnobody)(?: ?\b(?:ask|asked|want|wanted|yet|say|said|to|be|been|request"
        r"|requested|us|have"
        r"|has|formally)){1,3} |(?:\bnot|\bnever|n['’]t) |\bno longer (?:on )?(?:the )?"
    ),
    Unless(after=r"[^\n.;]{0,20}\b(?:called|came|rang|wrote|reached out) (?:us )?(?:back|himself|herself|again)"),
)  # fmt: skip

GRAMMAR = Grammar(_CUE, _SAYS, (r"\b", r"\b"), _UNLESS)
