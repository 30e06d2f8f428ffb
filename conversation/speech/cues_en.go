package speech

// Words that English cues share.
const (
	be     = "(is|are|am|was|were|isn't|aren't|'s|'re)"
	aux    = "(is|are|am|was|were|do|does|did|can|could|would|will|should|shall|has|have|had|isn't|don't|doesn't|can't|'s)"
	who    = "(i|you|u|we|they|it|he|she|there|this|that|these|those|any|anyone|anybody|someone|somebody|everyone|nobody|my|your|our|the|ur)"
	asking = "(how|what|what's|why|when|where|which|who|whom|if|whether)"
	thing  = "(it|this|that|app|website|site|page|link|service|phone|internet|wifi|broadband|connection|payment|order|account|update|system|device|unit|everything|nothing)"
)

// cuesEN are the English cues.
var cuesEN = []cue{
	{Question, []string{
		"^ (how|why|when|where|who) " + aux, "^ (what|which) " + aux, "^ (what|which) * " + aux, "^ (what|which) * * " + aux,
		"^ how (much|many|long|often|far|big|come|about|to)", "^ (whose|what about|what if|why not)", "^ (what|which|where) exactly",
		"how (do|can|should|would|could|long|much|many) (i|we|you|one|does|do|is|are|will)", "how to", "what (do|should|can) (i|we)",
		"^ (is|are|do|does|did|can|could|would|will|should|has|isn't|aren't|don't|doesn't|can't|couldn't|wouldn't|won't|hasn't|haven't) " + who,
		"^ (am|may|can|could|shall|should|have|had|was|were) (i|you|we|they|u|anyone|anybody|someone)",
		"^ (are|has|have|does) * (allowed|available|open|possible|included|needed|required|ok|okay|normal|safe|been)", "^ has the * been",
		"^ (anyone|anybody|someone|somebody) [else|here] (know|knows|have|has|having|help|tried|seen|seeing|getting|got|built|using|able|managed|" +
			"done|explain|experienced|noticed|else)",
		"(anyone|anybody) (know|tried|else seeing|else having|else getting)",
		"why (can|can't|cannot|do|does|did|is|are|don't|doesn't|didn't|won't|isn't|would|should) (i|you|my|the|it|we|they|this|that|there|your|u)",
		"i wonder " + asking, "(i|i'm|am|was|just|been|we|we're|were|also) wondering", "wondering " + asking, "(just|only|was|i'm) curious",
		"(i'd|i would|would|'d) (like|love|be interested) to know", "(like|love|want|need|trying|keen) to (know|understand|find out|learn)",
		"trying to (work|figure|find) out",
		"(don't|do not|can't|cannot|couldn't) [really|quite|seem to] (know|understand|work out|figure out|find out) (how|what|why|where|which) (to|my)",
		"(don't|do not|can't|cannot|couldn't) understand " + asking,
		"(don't|do not) see (a|any) way", "(no|not any) idea (how|what|where|why) (to|this|my|i)", "not sure (how|what|where|which) (to|i)",
		"not sure why my", "not sure [if|whether] .. (right place|correct place|possible|correct|normal)",
		"any (idea|ideas|thoughts|suggestions|suggestion|clue|clues|pointers|tips|word|news|update|updates|eta|chance|guidance|luck)",
		"(is|was) (it|this|that|there) (possible|normal|correct|right|safe|ok|any|a way)",
		"(do|did|does) (you|anyone|anybody|u) (know|have|think|mean|sell|offer|need|want|recommend)",
		"(have|has) (you|anyone|anybody|someone|somebody) (tried|got|seen|ever|done|any|a|checked|managed|considered)",
		"(my|a|one|quick|another|few|two|three|following) (question|questions|querie|query) [is|are|about|for|on|regarding|to]",
		"hoping (you|someone|somebody|anyone) (could|can|might)",
		"^ (any|anybody|anyone)", "^ what size", "is there (a|any|some) (way|chance|reason|plan)", "did you (get|manage|receive|find|try|ever)",
	}},
	{mute, []string{
		"(know|see|understand|shows|show|explains|explain|depends|depending|about|learn|on|guide|tutorial|wrote|matter) how to", "^ what (a|an) *",
		"^ what (you|they|we|i|he|she|it|this|that) *", "that's (what|how|why)", "no (question|questions)", "a question of", "without question",
		"the question is",
		"if you have any (question|questions)", "any (other|further|more) (question|questions)", "^ (will|can|would) do", "^ had",
		"^ how (nice|cool|great|lovely|awesome)", "any (help|questions) you", "if (anyone|anybody|someone|you) (has|have) any *", "anyone has any",
		"(might|may|could) (be|have)",
	}},
	{Request, []string{
		"(could|can|would|will|may) (you|u|someone|anyone|somebody|anybody) [please|pls|plz|kindly|maybe|perhaps|possibly|just|also] *",
		"(please|pls|plz) *", "kindly *", "(please|pls|plz) $", "pretty please",
		"^ (help|fix|sort|refund|unblock|treat|explain|send|give|tell) (me|us|my|our|this|it|out|the|your|him|her|them)", "^ help $",
		"(please|to|can|could|someone|you|anyone|pls|somebody) (help|assist) (me|us)",
		"help (me|us) (with|to|out|find|understand|please|fix|get|solve|here)", "help me $", "tell (me|us) (why|how|what|when|where|if)",
		"(i|we) (need|require) [your|some|any|more|urgent] (help|assistance|advice|support|guidance|info|information)",
		"(i|we) (want|wish|demand|request|expect) (my|our|a|an|the|to) (refund|money|cancel|return|change|speak|order|know)",
		"(i'd|i would|we'd|we would|i) [also|really|just] (like|love|appreciate|want|wish) to (see|have|return|cancel|get|change|speak|talk|ask|" +
			"request|report|complain|book|join|order|be|add|suggest|swap|exchange|move|move|unsubscribe|close|buy|rent|borrow)",
		"(i'd|i would|we'd|we would) (like|love|appreciate) (a|an|my|the|it|your|if|some|any)",
		"(i|we) need (a copy|a refund|a receipt|an invoice|a replacement|my|your|someone|somebody|to speak|to talk|to know|to cancel|to return|to change)",
		"(grateful|great|nice|helpful|good|useful|awesome|appreciated|lovely|brilliant) if (you|someone|there|this|it|we|anyone|somebody|the|my)",
		"(any|all|your|some|much) (help|assistance|advice|input|insight|insights|feedback|guidance|hints) .. (appreciated|welcome|great|grateful|gratefully)",
		"any (help|assistance|advice)", "looking for (a|an|some|something|someone|help|advice|any|where)",
		"(need|want) (help|your help|some help) [with|on|please]", "let me know", "(hoping|hope) (someone|somebody|anyone|you) (can|could|might|will)",
		"feature request", "(point|direct) me (to|in|at)", "(would|could|can|might) it be possible", "do you mind", "would you mind",
		"(please|pls) advise", "would love to see", "i (request|demand|insist)", "we (request|demand|ask) that", "can (someone|anyone|somebody|anybody) *",
		"(i|i've|i have|just) [already|just] (sent|dm'd|dmed|emailed|messaged|pm'd) (you|u) [guys]",
		"(thanks|thank you|many thanks) in advance for (sending|providing|confirming|letting|checking|fixing|replying|getting|sharing|answering) *",
		"(thanks|thank you) for your cooperation", "(thanks|thank you) for (not|turning|keeping|leaving|respecting|using) *", "how about (an|a|some) *",
		"want my money back",
	}},
	{mute, []string{
		"(please|pls) (excuse|check out|try|note|see|find|read|use|refer|do|click|press|be|enjoy|bear|accept|don't hesitate|feel|remember|keep|excuse|forgive|go|follow)",
		"yes please", "let me know (if|when|how|what) you (need|want|have|get|would|require|like|find)",
		"let (us|me) know if (we|i|there's|there is) *", "let (us|me) know if (we|i) can", "(don't|do not) hesitate to", "(ones|one) you need",
		"you can (please|also)",
		"(as|than|that|which|what|where|whatever|so|if|when|then|think|and|hope|suppose) (i|we|you|someone|anyone) (can|could|would|will|may)",
		"can i suggest",
	}},
	{Complaint, []string{
		"(doesn't|does not|don't|didn't|did not|isn't|is not|wasn't|not|never|can't|cannot|stopped|aren't|are not) [even|seem to|actually|really|to|" +
			"be] (work|working|works|worked|load|loading|open|opening|start|starting|connect|connecting|respond|responding|arrive|arrived|deliver|" +
			"delivered|function|functioning|charge|charging|sync|syncing|show up|showing|recognise|recognize|update|updating|boot|booting|received)",
		"(won't|wouldn't|will not) (load|open|start|connect|charge|sync|boot|recognise|recognize|update|let|play|print|turn on|compile|show|stay|" +
			"take|accept|download|save|upload|respond|deliver)",
		"(it|app|site|mine|phone|still|just) won't (work|function)",
		"(doesn't|don't|does not|didn't) (download|save|accept|take|give me|give us|deliver|ship|turn|sound|go)",
		"(hasn't|haven't|has not|have not) (shipped|left|moved|updated|been delivered|been credited)",
		"(i|we|and|still|but|also|it) (can't|cannot|can not|couldn't|could not) [seem to|even|actually] (get|log|login|access|open|find|connect|" +
			"upload|download|send|create|add|make|sign|install|hear|reach|contact|type|change|save|play|watch|book|buy|pay|print|adjust|sent|submit|" +
			"update|verify|figure|reset|track|reach|pay|view|delete|edit|join)",
		"unable to", "no longer (works|work|working|able|available)",
		"(keeps|keep|kept|constantly|always|randomly) (crashing|crash|failing|dropping|freezing|freeze|losing|disconnecting|saying|telling|resetting|" +
			"logs|logging|stopping|hanging|getting)",
		"still (waiting|no|not|haven't|hasn't|nothing|broken|don't|doesn't|can't|isn't|having|getting|coming up|happening|no sign)",
		"(haven't|hasn't|have not|has not|never|not|didn't|still) [yet|even|still] (received|heard|arrived|gotten|receive|arrive)",
		"(still|yet) (haven't|hasn't|not|to) [been|be] (got|had|heard|receive|received|arrive|arrived)",
		"(don't|do not|didn't|did not) (get|receive) (any|my|emails|the|a|it) *", "(not|never) received (it|my|the|any|a)",
		"(terrible|awful|horrible|ridiculous|unacceptable|disgusting|disgusted|pathetic|useless|worst|appalling|disgrace|disgraceful|shambles|" +
			"rubbish|atrocious|horrendous|shocking|shameful|incompetent|joke|crap|shit|bullshit|bs|wtf|ffs|smh|sucks|epicfail|worse|garbage|infuriating|" +
			"unreal|scam|robbery)",
		"(bug|bugs) (found|report|in|with|when)", "^ bug", "(a|another|found|possible|following) bug",
		"(is|was|are|been|seems|looks|arrived|got|totally|completely) (broken|faulty|defective|damaged|down again|dead|cracked|late|stuck|blocked|" +
			"locked|hacked|bricked|frozen|wet|soaked|cold)",
		"(website|site|app|server|service|page|network|internet|wifi|wifi's|phone|line) (is|was|are|went|keeps going|still) [been] [completely|" +
			"totally|still] (down|off|out|slow)",
		"^ (website|site|app|server|internet|wifi|wifi's|page) (down|broken|dead)",
		"(map|address|price|bill|amount|name|date|sign|form|link) .. (is wrong|are wrong|is incorrect|is dead|is broken)",
		"(crashes|crashed|crashing|hangs|freezes|glitch|glitching)", "(to|will|it|they) crash",
		"(get|gets|getting|got|gives|giving|throws|shows|same|having|this) [the|an|a|this|following|me|same|some|compiling|compile|fatal|" +
			"all|strange] (error|errors|error message|fatal error)",
		"(a|an|the|all|get|got) @number (error|errors)", "fatal error", "error (code|message|occurred|504|404|500)",
		"(have|having|had|got|has|experiencing|facing|same|hit|seeing|running into) [a|an|the|this|same|some|similar|major|big|serious|also|any|many|" +
			"another] (problem|problems|issue|issues|trouble|difficulty|difficulties|bug)",
		"^ (problem|problems|issue|issues|trouble) (with|when|getting|connecting|loading|in|on|after)",
		"(problem|problems|issue|issues) (persists|remains|continues|still)",
		"(a|have|having|strange|weird|serious) (problem|problems|issue|issues|trouble) (with|when|getting|connecting|loading|is|in)",
		"[a|some] (trouble|problems) (loading|getting|connecting|installing|starting|uploading|with my)", "^ the (trouble|problem|issue) is *",
		"(disappointed|disappointing|disappointment|frustrated|frustrating|furious|annoyed|annoying|upset|angry|fuming|livid|unhappy|unimpressed|not impressed|let down)",
		"not * impressed", "no (response|reply|answer|internet|hot water|heating|explanation|apology|luck)", "to no avail", "fed up",
		"sick (of|and tired)", "(waste|wasted|wasting) (of|my|our|time|hours)",
		"(charged|charging|billed|debited) (me|my|us|twice|for|again|double)", "(i'm|am|was|still|been) being charged", "being charged (for|twice|again)",
		"(you|have|you've) [just] lost (a|@number|another|me|my|two|loyal)", "(packages|package|parcel|luggage|bags) (lost|delayed)",
		"(order|package|parcel|delivery|flight|train) [may|has|is|will|now] [be|been] [possibly] delayed",
		"(what|what's) (happen|happened|happening|going on) (to|with) (your|my|the)",
		"(lost|losing) (my|our|a|another) (bag|bags|luggage|package|parcel|phone|order|customer|wallet|case)", "(loyal|another) customer", "want my money",
		"money back", "(hours|hour|minutes|mins|min|days|weeks|months|hrs) (late|delay|delayed|on hold|waiting|wait|later)",
		"arrived (with a|in pieces|late|soaked|cold|wet|smashed|empty)",
		"(late|delayed|cancelled|canceled|tossed|soaked|smashed|ripped|spoiled|overcharged|stranded|stolen) (again|by|in|my|for|on|flight|order|bus|train)",
		"(another|again) (cancelled|delayed|canceled)",
		"(wrong|missing|damaged|broken) (order|item|items|size|colour|color|product|address|part|parts|food|one)",
		"(order|it|parcel|package|food|flight|train) (was|were|got) (messed|wrong|missing|late|cold|delayed|cancelled|canceled|never|lost|tossed|broken|damaged)",
		"(failed|failing|fails) (on|at|again|every|when)", "(failed|fails) $",
		"(has|have|had|again|just|keeps|renewal|payment|update|upload|import) failed", "(locked|logged|logs|kicked|timed) (me|out) [out|every]",
		"(out of order|off again|gone off|power cut|down again|went down|goes down|of outage)",
		"(nothing|nobody|no one|noone) (happens|happened|works|worked|answers|answered|replies|replied|picks|picked|cares|bothered|helps|helped|knows|told|told us)",
		"(values|readings|figures|results|data) .. (are|is|were|was|seem|look|give|giving) [both|definitely|all] (wrong|" +
			"incorrect|way out|out|off|strange|incorrect|funky)",
		"(funky|incorrect|wrong|strange|weird|inconsistent|inaccurate) (reading|readings|value|values|results|data|figures)",
		"(killed|bricked|broke|ruined|messed up|screwed) (the|my|our|up|it|everything)",
		"(i'm|i am|im|we're|totally|really|completely|now) [a bit|still|really|also] (stuck|struggling|lost|stranded|confused|puzzled|stumped)",
		"struggling (with|to)",
		"(doesn't|does not|don't|didn't|won't|can't) (make sense|allow|let me|respect|care|answer|reply|respond|recognise|match|display|appear|stay|last)",
		"(rejects|refuses|refused|rejected|declined|ignores|ignored|ignoring) (my|me|us|our)", "refused to",
		"(never|not) (responded|answered|replied|had an answer|got an answer|called back|delivered|turned up|showed up)",
		"(waited|waiting|wait|been) [for|over|more than|about|in] (ages|forever|@number)",
		"(an|@number) (hour|hours|minutes|mins|weeks|days) (on hold|late|waiting)",
		"(third|fourth|fifth|second|nth) (time|week|day|month) (this|in|now|that|without|running|and|already)", "for the @number time",
		"(bad|poor|rude|slow|lousy) [customer] (service|experience|support|staff|communication|manners)",
		"(being|are|is|so|very|was) (rude|dishonest|disrespectful)",
		"(ashamed of yourself|ashamed of yourselves|should be ashamed|screwed me|messed up|let me down|lied to|can't be trusted|strikes again|shame " +
			"on|done with you|close the account|close my account)",
		"being slow", "refuses to (give|help|refund|let|answer|pay|give)",
		"how (is|can|could) (this|that|it|you) [even] (be|fair|acceptable|happen|allowed|still)", "never (again|fly|use|using|buying|ordering)",
		"it says (error|invalid|failed|no|unable|not)", "(complaint|complain|complained) .. (repeatedly|times|again)",
		"(formal|official|make a) complaint",
		"(thanks|thank you|thx) for (nothing|ruining|ruin|wasting|losing|lost|leaving|making us wait|making me wait|delaying|cancelling|canceling|" +
			"breaking|charging|ignoring|hanging|hanging up|screwing|messing|destroying|missing|forgetting|not *)",
		"(thanks|thank you|thx) for the * (delay|delays|wait|hour|hours|minute)", "(thanks|thank you|thx) for the * * (delay|delays|wait)",
		"(thanks|thank you|thx) for the (delay|delays|wait)", "(thanks|thank you) a (bunch|million) for", "thanksnothanks",
		"(gee|wow|oh great|yeah) [,] thanks", "missing (from|my|our)", "hour delay",
	}},
	{mute, []string{
		"if (it|this|that|you|they|there|i|we) (doesn't|does not|don't|didn't|isn't|can't|won't|still|get|have|has|had|are|is) *",
		"if you (have|get|see|experience|run into|encounter) [any|a|an|the|more|further] (problem|problems|issue|issues|trouble|error|errors)",
		"(no|without|any|fix|fixed|fixes|fixing|solve|solved|solves|resolve|resolved|resolves|avoid|prevent|cause|causing|found) [a|an|the|this|that|" +
			"any|your|my] (problem|problems|issue|issues|bug|bugs|error|errors|trouble)",
		"(no|not a) problem", "without .. (problem|problems|trouble|issue|issues|error|errors)", "no (problems|worries|issue|issues|trouble|need|longer)",
		"(may|might|can|could|would|will|should) (not|crash|hang|freeze) *", "worst case", "dead (simple|easy|right|on)", "struggling to (see|understand)",
		"won't be", "(not|never|don't) (worry|mind)", "used to", "my problem with", "(worse|late|later) than",
		"why (it|this|that) (didn't|doesn't|did not|does not|won't|isn't) work", "nothing worse", "better late", "sooner or later",
		"still (not sure|don't know|think|works|working|fine|ok|good|going)", "not (only|just|necessarily)", "you (can't|cannot|won't|don't|can not)",
	}},
	{Acknowledgement, []string{
		"(we've|we have|we|i've|i have|i) [just|now|have] (received|got|had|noted|seen|logged|recorded) (your|some reports|reports|this|the reports)",
		"(we're|we are|i'm|i am|i'll|we'll|i will|we will|team is|engineers are|team are|staff are|currently|let me|let us|happy to|glad to|like to|" +
			"love to|want to|going to|we can|i can|can|so we can) .. (looking into|look into|investigating|investigate|checking|check on|working on|work " +
			"on|working to|do some research|on it|aware of|follow up|look at|looking at|take a look|closer look|have a look|reviewing|monitoring|see " +
			"what|see if|dig into)",
		"^ (looking into|looking at|investigating|checking|noted|received|on it|happy to check|glad to check|happy to look|glad to look|will check|will look)",
		"(get|getting|got|be|come|coming|reach|circle|write) back (to|with|in touch) *", "(be|been|get|getting|keep) in touch",
		"(someone|somebody|we|team|agent|specialist|colleague|manager|staff) (will|'ll|shall|should) .. (touch|contact|call|answer|reply|respond|" +
			"back|reach|write|meet|chat)",
		"(a|your) (ticket|case|request|complaint|query|message|enquiry|inquiry) (has|have|was|is) [been|being|now] *",
		"(your|the) (feedback|comments|remarks|concern|concerns|suggestion|suggestions|request|idea|report) (has|have|will be|is being|was|are) [been|being] *",
		"(pass|passed|passing|forward|forwarded|forwarding|escalate|escalated|escalating|share|shared|relay|relayed|send|sent|raise|raised|report|" +
			"reported) [it|this|that|your|the|these] [feedback|comments|concern|concerns|details|info|information|message|suggestion|idea|along|on|over] " +
			"(on|along|to|with) [the|our|my] (team|teams|depot|department|colleague|colleagues|staff|developers|engineers|management|leadership|manager|" +
			"managers|relevant|right|appropriate|store|crew|council|board)",
		"(pass|share|forward|add) (it|this|that|your feedback|that|your comments|these comments|your thoughts) (on|along|to|with|moving)",
		"share your (feedback|comments|concerns|thoughts)", "(we|i) (hear|completely understand|totally understand) (you|your|how)",
		"we understand (you|your|how)", "have asked (colleagues|my colleagues|the|our)",
		"(thanks|thank you) for (flagging|raising|highlighting|bringing|alerting)",
		"(we|we're|working|engineers|teams) [are] working (as|hard|to|on|quickly)",
		"(restore|resolve|fix|sort|resolving) [the|this|it|service|your] [issue|problem|service|out] (as soon as|asap|as quickly|quickly)",
		"(we've|we have|i've|just|i) [just] (sent|responded|replied|answered) (you|to|a|your|via|it)",
		"(we|we've|we'll|i've|have|be) [just|be] (responded|replied|responding|replying) (to|via|in|shortly)", "we are aware",
		"(looking|look) into (this|it|that|your|the)", "(follow|following) up with (you|this|the|our|them)", "under (review|investigation)",
		"being (reviewed|looked|investigated|processed)",
		"(i'll|i will|we'll|we will|let me) (check|ask|find out|raise|pass|look into|speak|talk|give you a call|meet you there|be in contact)",
		"(via|received|got|thanks for|thank you for) [your|the|sending|sending the] (dm|message|email|mail)",
	}},
	{mute, []string{"(told|asked|tried|trying|said|had|advised) [me|us] to (call|contact|email|dm|message|ring|speak|write|visit|go|ask) *", "(i|i've|we|have|already) (called|contacted|emailed|messaged) *"}},
	{Deflection, []string{
		"(dm|pm) (us|me|your|them|with|over|the)",
		"[please|pls|can you|could you|kindly|just] (dm|pm|message|email|mail|call|write to|write|ring|text|contact) (us|our|@email|customer|them|@number)",
		"(dm|pm|message) me",
		"(send|shoot|drop|pop|give|fire) (us|me|over|them) [a|an|your|over|through] (dm|pm|direct|private|message|email|mail|note|line|call|ring|" +
			"shout|details|number|order|quick)",
		"send (us|me) [your|a|the] * (via|by|in|through|over|on) [a|our] (dm|pm|direct|private|email)",
		"(via|by|in|through|over|to) [a|our|your|direct|private|the] (dm|dms|pm|direct message|private message|messages|inbox|chat)", "join us in",
		"meet [us|up|me] [in|over] dm", "meet (you|up) (in|over|there)", "chatting there", "carry on chatting",
		"(contact|call|ring|phone|speak to|speak with|reach out to|reach|talk to|consult|approach|ask|see|try contacting|get in touch with|go to|" +
			"visit|turn to|check with|liaise with) (our|the|your|us|a|customer|them|him|her|an) [local|nearest|customer|technical|support|help|own] " +
			"(team|service|services|support|desk|helpdesk|office|branch|store|shop|seller|vendor|manufacturer|retailer|supplier|department|centre|center|" +
			"attendants|staff|agent|agents|operator|bank|council|landlord|admin|moderators|helpline|hotline|flight|ticket|holidays|itunes|baggage|" +
			"relations|us|airport|counter|provider|website|site|faq|page|forum|community)",
		"(need|have|want|like) to (contact|speak|call|ring|talk|get in touch|reach|ask|write) [to|with] (the|our|them|your|us|a|someone|customer|support|@number)",
		"(best|better|easiest) to (ring|call|write|contact|email|ask|speak)",
		"(use|fill|fill in|fill out|complete|submit|via) (the|our|this|a) [online|contact|web|complaint|complaints|feedback] (form|portal)",
		"(see|visit|check|check out|have a look at|take a look at|consult|read|refer to) [our|the] (help|faq|faqs|support|website|site|webpage|" +
			"knowledge|documentation|terms|status|homepage|page) [centre|center|page|pages|section|site|base|website|for|:]",
		"(click|tap|reach us|reached|contact us|connect|chat|note|tell us more|log|report|claim) [here|over|via|in|on|24/7|@number|form|to|with us|" +
			"out] [here] [at|to|via|on|:] @url",
		"please (click|tap|visit|follow|use|call|contact|ring|phone|dial) *",
		"please (report|make|file|raise|submit|direct|address|write) .. (to|at|with|via|report|claim|form|here)",
		"(address|direct|submit|raise) (it|this|that|your|them|all) .. (to|via|at|with) *",
		"please (provide|share|give|leave|send|submit|use|see|find|discuss|check) .. (here|below|community|link|dms|dm's)",
		"(use|using|follow|click on) (this|the) (link|option|button) [below]", "(reach|reach back|reached) (out to us|us here|out to our)",
		"reach back out", "ask you to (dm|message|email|call|contact)", "(speak|talk) with you (via|by|over) *", "dm (please|pls)",
		"(we've|we have) [just] (answered|replied to|responded to) your *", "follow us", "(follow|dm) [@|and] (dm|follow)",
		"(team|page|account|channel|desk) (only|doesn't|does not|can't|cannot) (handles|handle|deals|deal|help|answer|covers|cover)",
		"(tell|let) us (more|know more)", "(dm|message|email|contact) for (further|more|assistance|help)",
		"please (reach|feel free to reach|feel free to contact) out", "suggest it in", "(call|ring|phone|dial) .. @number", "call (us|them) (on|at|back)",
		"(calling|ringing|phoning) (back|us|them|the)", "support team here", "(can|will) be reached",
	}},
	{Thanks | vague, []string{
		"thank you [so much|very much|again|kindly|all|both|everyone|guys]", "thankyou", "thank u",
		"thanks [a lot|a ton|so much|very much|a million|much|again|v much|loads|all|both|everyone|guys|mate|man]", "thank's", "thanx", "thankx", "thx",
		"thks", "tnx", "tks", "ty", "tysm", "tyvm", "ta very much", "ta $", "cheers (for|mate|man|dude|pal|guys|all|both|everyone|again|very much)",
		"many thanks [again]", "(huge|big|special|warm|sincere) thanks",
		"(thanks|thank you|thx|cheers) [so much|very much|again] for (your|the|any|all|all your) (help|time|support|assistance|attention)",
		"(thanks|thank you|thx) for the attention", "(thanks|thank you|thx) for (help|answer|answers|reply|reading|any)",
	}},
	{Thanks, []string{
		"(thanks|thank you|thx|thank u|cheers|thankyou|thanx|ty) [so much|very much|again|a lot|both|all|guys|mate] for (all|that|this|it|these|" +
			"those|helping|lending|posting|explaining|pointing|checking|verifying|replying|answering|coming|everything|trying|taking|fixing|making|the|" +
			"your|setting|clearing|showing|giving|putting|responding|getting|finding|building|doing|offering|hosting|driving|bringing|sharing|having)",
		"(much|really|greatly|very much|so) (appreciated|obliged)",
		"(i|really|also|do) [really|greatly|truly|do|also|sincerely|very much] appreciate (it|that|this|your|the|all|everything|what)",
		"we (really|truly|greatly) appreciate (it|all|everything|what)", "reply appreciate it",
		"(i'm|we're|am|are|so|very|really|just|how|say|eternally|forever|was) [so|very] grateful", "^ grateful (to|for)", "how grateful", "gratitude",
		"much appreciate it", "(want|wanted|like|say|to) [to|just to] (thank|thank you|thanks) *", "i owe you",
		"thanks to (everyone|everybody|all|both|you|those|u|the team|the volunteers|the two of you)", "thank (everyone|everybody|all) (who|for|of)",
		"many thanks again to *", "thanks to .. for", "(saved|made) my (day|weekend|bacon|life|week)",
		"(couldn't|could not|would not|wouldn't) have .. (without you|without your)", "bless you", "saved us",
		"your (help|advice|tip|suggestion|answer) .. (worked|helped|fixed|solved|saved)",
	}},
	{mute, []string{
		"thanks to", "no thanks", "(would|will|'d|be) [be] [very|so|most|really|eternally|extremely] grateful", "thank (god|goodness|heavens|fuck|christ)",
		"thanks (god|goodness)", "thank (them|him|her|me|anyone|someone|anybody)", "cheers (up|to)", "thankful that", "can't thank (them|him|her)",
		"be (appreciated|grateful)", "(would|will|'d) be [very|much|greatly|really|most|highly|gratefully] (much|greatly|highly|gratefully) appreciated",
		"(would|will|'d) [really|much|greatly|also|very much] (appreciate|be appreciated)", "any * appreciated",
		"(any|some|your) (help|advice|ideas|assistance|input|suggestions|comments|pointers|guidance|insights|feedback) [or] [is|are|would be|will " +
			"be] [much|really|greatly|very much|most|gratefully] appreciated",
	}},
	{courtesy, []string{
		"(thanks|thank you|thx|many thanks|cheers|ty|thank u) [so much|very much] [for your help|for any help|for the help] (in advance|in advanced|" +
			"in anticipation|beforehand)",
		"(no thanks|no thank you)", "thanks anyway", "cheers $", "(thanks|thank you|ty|thx) but",
		"(you're|you are|ur) welcome", "welcome (to|back|aboard|on)", "(have|enjoy) (a|your) (great|good|nice|lovely|safe|wonderful|fantastic) *",
		"enjoy (your|the|it)",
		"(good luck|best of luck|all the best|no problem|no worries|np|yvw|yw|my pleasure|anytime|sure thing|of course|certainly|absolutely|will do|" +
			"got it|understood|fair enough|lol|haha|hehe|wow|aah|ah)",
		"happy (new year|christmas|easter|birthday|holidays|halloween|hallown|friday|monday)", "(good|well) (played|said|spotted)",
		"(i'll|i will|will) (try|give it|have a go|have a look|look at) [it|that|this|a|them] [go|tonight|tomorrow|later|try|out|at it]", "very kind",
		"so kind [of you]", "lovely *",
		"(kind|good|great) words", "as soon as (possible|we|you|i)", "in (no time|due course|the meantime)", "(take|give) care",
		"(count us in|all right|alright)", "much appreciated",
	}},
	{formula, []string{
		"(thanks|thank you|thx|many thanks|thank u|thankyou) [so much|very much|again] for (your|this|the|all your|all the) (patience|understanding|" +
			"feedback|interest|message|dm|email|comment|comments|tweet|attention|consideration|business|loyalty|mention|post|photo|follow|kind|" +
			"cooperation|thoughts|visit|report|continued|custom)",
		"(thanks|thank you|thx|many thanks|thank u) [so much|very much|again|back] for (contacting|reaching|getting in touch|letting|stopping|flying|" +
			"choosing|sharing your|sharing this|sharing with|asking|tweeting|following|looking|visiting|connecting|joining|sending|reporting|the heads|" +
			"checking in|being|taking the time to speak|shopping|travelling|traveling|using|supporting|considering|watching|waiting|staying)",
		"[i'm|i am|we're|we are|am|are] [so|very|really|truly] (sorry|sad|glad|happy|great|good|pleased|delighted) (to|you) (hear|see|know|read|" +
			"learn|liked|like|enjoyed|had|read that)",
		"[i'm|i am|we're|we are] [so|very|really|truly] sorry (that|you|you're|you are|you've|your) *",
		"(need|like|have) to (gather|get|know|collect) [a few|some|more|a bit more] (details|info|information)",
		"if you (need|want) (help|anything|any|assistance) *", "please keep us *", "let's (see what we can|take a look|dig into|take a closer look)",
		"(hope to|can't wait to|look forward to) (see|seeing|have|having|welcome) you", "feel free to (reach|contact|message|dm|call)",
		"(understand|share|appreciate) your (concern|concerns|frustration|disappointment)", "hope this helps", "we hope [to|that] *",
		"(not|never) (our|the) (intention|experience)", "want to (hear|know|learn) more", "(you're|you are) very welcome",
		"(like|never like|love) to hear", "that (doesn't|does not|isn't|is not|'s not) (sound|good|right|the|what|great) [right|good|great|like]",
		"that's not (good|what|right|great|the)", "(happy|glad|here|love|wanted|like|try|willing|trying|ready|able) to (help|assist|chat|hear)",
		"(we|i) can (help|assist|chat)", "(help|assist) you (further|with|out|any|in)",
		"(we'd|we would|i'd|we) [love|like|be happy|be glad] to (help|assist|see what we can do|see if we can help|see)",
		"(we're|we are|i'm) (here|a tweet away|official|so jealous|always here|only a)", "(we|really) look forward", "looking forward", "keep us posted",
		"let us know [if|how|when|what|with|:]", "any (other|further|more) questions", "if you (need|have|would like|require|want|still|'d like) *",
		"(loud and clear|fully understand|totally get|rest assured|bear with us|hang tight|stay tuned|hang in there)",
		"we appreciate (your|it|the|you|this)", "(truly|really|certainly) appreciate (your|you) (loyalty|patience|feedback|support|business|kind)",
		"^ appreciate (you|your|the)", "happy to help", "(strive|striving) to", "(inconvenience|inconveniences) [caused|this|you]",
	}},
	{Praise, []string{
		"(great|good|nice|awesome|excellent|fantastic|amazing|brilliant|superb|wonderful|outstanding|lovely|impressive|beautiful|neat|cool|stunning|" +
			"best|smoothest|perfect|fabulous|incredible|sterling) [customer|little|piece of|bit of|looking] (job|work|service|stuff|project|product|" +
			"addition|support|team|staff|experience|people|crew|idea|thread|post|tutorial|writeup|write up|effort|site|website|app|garden|cake|trip|" +
			"flight|forum|community|summary|guide|stay|food|breakfast|hotel|room|view|views|place|day|evening|meal|show)",
		"well done", "keep up the", "(congrats|congratulations|kudos|bravo|hats off|chapeau)",
		"(i|we|absolutely|just|really) [really|just|absolutely|so] (love|loved|enjoyed|adore|like) (this|it|your|the|that|how|what)",
		"(looks|look|sounds|looking|that's|this is|it's|was|were|is|are|so|really|very|absolutely|truly|been) (great|awesome|fantastic|amazing|" +
			"brilliant|excellent|superb|wonderful|lovely|perfect|beautiful|impressive|delicious|outstanding|delightful|spotless|stunning|fabulous|a " +
			"delight|a blessing|a star)",
		"(what|such) a (lovely|great|wonderful|beautiful|fantastic|nice|brilliant|delightful|blessing|star)",
		"you're (a star|a legend|the best|amazing|awesome|brilliant|a genius|great|a hero)", "da best",
		"(best|loveliest) .. (ever|i've ever|i have ever|in years)", "were the best", "(so much|much|way) (easier|better|nicer) to *",
		"(impressed|delighted|thrilled) (with|by|at) (your|the|this|how)", "5 stars", "(highly|would) recommend",
		"^ (great stuff|good stuff|nice one|good one|good job|good work|great work|great job|very nice)",
	}},
	{Solved, []string{
		"(it|that|this|everything|all|site|app|system|both) [all|just|finally|seems to] (works|worked|work) (now|perfectly|fine now|great now|again|" +
			"like a charm|a treat|nicely|a dream|perfectly now)",
		"(it|that|this|everything|all|both) now (works|work)", "^ now (works|work)", "(it works|it worked|now it works) $", "^ (that|it|this) worked",
		"(everything|all) seems to (work|be working)",
		"(it|everything|all|site|app|system|both) (is|'s|are|seems to be|is now|is all|'s all|'s now|'s been|has been) (working now|working again|" +
			"working perfectly|fixed|resolved|sorted|solved|back to normal|up and running)",
		"(everything|all) seems to be (ok|fine)",
		"(that|this|it|which|doing that) (fixed|solved|sorted|did|has fixed|has solved|seems to have fixed|cured) (it|the|that|this|my)", "did the trick",
		"works (now|again|like a charm|a treat|perfectly|fine now|a dream)", "(now|again|finally) (works|working|running|fixed|solved|sorted|resolved)",
		"working (now|again|perfectly)",
		"(problem|issue|problems|issues|bug|error|mystery) [is|has been|was|now|all] (solved|fixed|resolved|sorted|gone|cured)",
		"(solved|resolved|sorted|fixed) $", "^ (solved|resolved|fixed|sorted)", "all sorted",
		"(has been|have been|been|is now|are now|is|now|finally|already|got it) (fixed|solved|resolved|sorted|rectified|corrected|restored|repaired)",
		"(has|have|i've|we've|now) (fixed|solved|resolved|sorted|corrected|repaired) (it|the|this|that|my|your)",
		"back (to normal|up and running|online|on this|on in|working|in business|up again)",
		"(lights|power|water|service|internet|heating|it|everything|pump|site|came|is|are) [are|is|is now] back (on|up|online|again)",
		"(is|are|up and|now) running (again|now|correctly|perfectly)", "that was it", "got it (working|going|running|sorted|fixed|to work)",
		"problem found", "found the problem", "been sorted", "(fixed|solved|sorted|cured) (it|the problem|the issue|that|by)",
		"now happily (reporting|running|working)",
	}},
	{mute, []string{
		"(not|never|isn't|wasn't|hasn't|haven't|be|get|gets|getting|been|to be|to get|when|until|once|if|not yet|how|should|would|will|might|may|can|" +
			"could|doesn't|didn't|don't|please|nothing|wasn't|to|want) [it|this|that|yet|been|have|be] (fixed|solved|resolved|sorted|working|fix|solve|" +
			"works|work|worked)",
		"(get|getting|have|hoping|hope|need|her|him|your) .. (fixed|sorted|up and running|back to normal|resolved)",
		"(hasn't|haven't|not|still) * (fixed|resolved|sorted|solved)", "none of it worked",
		"(worked|works|working|fixed) (for a|until|fine until|before|yesterday|last|in the past|out|on|with|but|without|if|for)", "it worked for",
		"(how|why|what|when|if|where|whether) (it|this|that|they) (works|worked|is fixed)", "used to work",
	}},
	{SelfSolved, []string{
		"(never mind|nevermind|nvm|scrap that|ignore me|cancel that|disregard that) [i|i've|it|,|found|figured|just|worked]",
		"(never mind|nevermind|nvm|scrap that|ignore me) .. (found|figured|solved|sorted|worked|got|wrong|fixed|had|see)", "^ (never mind|nevermind|nvm)",
		"(i|i've|i have|just|finally|and|update|edit|eventually|ok) [just|finally|now|have|i|actually|eventually|also|since] (found it|figured it " +
			"out|worked it out|sorted it out|found the answer|found the solution|found the problem|found the setting|found the cause|found the reason|" +
			"figured it|solved it|found out what|found out why|found my mistake)",
		"(found|figured|worked) (it|the problem|it out|the answer|the solution) [myself|out]", "(found|worked|figured) (the problem|it out)",
		"problem found",
		"(solved|solve|fixed|fix|answer|answering|sorted|figured|worked|managed) [it|this|to solve|my own|to fix|out|that] (myself|my own question|my own post|my own)",
		"answering my own", "i managed to (solve|fix|sort|find|get it)", "found the (answer|solution) in",
	}},
	{Withdrawn, []string{
		"(please|pls|you can|feel free to|kindly) (ignore|disregard) [my|this|that|the|me] [previous|last|above|earlier|first] [message|post|" +
			"question|request|mail|email|comment]",
		"(please|pls|you can|feel free to|kindly) (delete|remove|close|take down) (my|this|that|the) [previous|last|above|earlier] (message|post|" +
			"question|thread|topic|request|ad|tweet|comment|listing|above|one)",
		"you can (delete|close|remove) this",
		"(ignore|disregard) (my|this|that|the) [previous|last|above|earlier|first] (message|post|question|request|mail|email|tweet|comment|one)",
		"forget (it|about it|i asked|that|my question)", "(i|we) [no longer|don't|do not] [need|want] .. (anymore|any more|any longer)",
		"(i|we) no longer need", "(take|took) (back|down) (my|what)", "i withdraw",
	}},
	{Apology, []string{
		"(we|i) [sincerely|do|truly|deeply|would like to|must|want to|wish to|would like to sincerely|really|wholeheartedly] (apologize|apologise|apologized|apologised)",
		"(we're|we are|i'm|i am|so|very|really|truly|deeply|sincerely|terribly|genuinely) [so|very|really|truly|deeply|sincerely|terribly|genuinely] sorry",
		"(our|my|sincere|sincerest|deepest|many|please accept) [sincere|sincerest|deepest|most sincere|humble] apologies", "apologies (for|about|if)",
		"apologies $", "^ (sorry|apologies) $", "sorry (for|about)", "(i|we) (was|were) wrong to", "(forgive|pardon) (me|us)", "our (mistake|fault|bad)",
		"(my|our) (mistake|fault|bad|error)", "to apologi(se|ze)",
	}},
	{mute, []string{
		"sorry (but|if|to bother|to trouble|to disturb|to say|no|i don't|i can't|it's|that's|mate)",
		"(i'm|i am|we're|we are|so|very|really) [so|very|really|truly] sorry (but|to bother|to disturb|to say)",
		"sorry for (the noise|my|asking|bothering|being|the triple|the double|the dumb|the stupid)", "(not|never|feel|bit) sorry",
		"sorry [, ] (what|which|could|can|did)",
	}},
	{Promise, []string{
		"(we'll|we will|i'll|i will|we shall|will) [also|then|be|have to|of course|certainly|try to|post|have] (update you|update this|update " +
			"everyone|keep you|keep everyone|let you|inform|notify|post another|post an update|post more|share more|share updates|share another|give " +
			"another|publish|report back|update you|post updates|give you an update|tell you more|another update|keep)",
		"(next|another|further|more) (update|updates|bulletin|statement|briefing|news) [here|is|will|comes|follows|due] [be|come|follow|at|by|on|" +
			"tomorrow|soon|later|before|in|@number]",
		"more (news|updates) (at|by|on|tomorrow|soon|later|to come|to follow|shortly|before|this|next)",
		"(keep|keeping) (you|everyone|people|everybody|all) (posted|updated|informed|in the loop)", "watch this space",
		"(update|news|answer|reply|statement) (by|before|tomorrow|on) (monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|tonight|tomorrow|@number)",
		"(i'll|we'll|i will|we will) (see|try|have a look|take a look|look) .. (tomorrow|tonight|later|next week|this week|at the weekend|this " +
			"weekend|on monday|on friday)",
	}},
	{Automatic, []string{
		"(automated|automatic|automatically|auto) [generated|confirmation] (message|reply|response|email|mail|notification|confirmation|generated|" +
			"answer|acknowledgement|sent|reply)",
		"auto reply", "autoreply", "(do not|don't|please don't|not) (reply|respond|answer) to this", "(this|please do) [is|not] (automated|not reply)",
		"out of [the] office", "(mailbox|inbox|address|email|account) is (not|un) (monitored|read|checked|unmonitored)",
		"(is|are) (unmonitored|not monitored)", "(no|limited) access to (mail|email|my mail|my email|emails)",
		"i am (currently away|on leave|on holiday|away) (until|from|till|with|and)",
		"i'm (currently away|on leave|on holiday|away) (until|from|till|with|and)", "generated automatically", "i am a bot",
		"this (bot|action was performed automatically)",
	}},
	{Greeting, []string{
		"^ (hi|hello|hey|dear|hiya|yo|howdy|greetings|evening|morning|good morning|good afternoon|good evening|good day|good night) [there|all|" +
			"everyone|everybody|guys|folks|team|again|to all|both|you]",
		"(regards|best regards|kind regards|kindest regards|best wishes|warm regards|sincerely|yours|yours faithfully|take care|bye|best|see you|see " +
			"you soon|ttyl|speak soon) $",
		"happy (new year|christmas|easter|birthday|holidays|halloween)", "merry christmas",
	}},
	{soft, []string{
		"how are you", "how is it going", "how's it going", "(right|eh|huh|isn't it|aren't they|don't you think|innit|ok|okay|you know) $", "who knew *",
		"who cares", "who needs", "why bother", "what can (you|i|we) say", "why not $", "who knows", "what's not to love", "what could go wrong",
		"(how|isn't it|aren't) (cool|great|nice|lovely|cute) is", "(you ask|he asked|she asked|they asked|asked me|they ask)",
		"are you (kidding|serious|joking) [me]", "fancy that",
	}},
	{answer, []string{
		"(you|u) (can|could|need|should|must|may|might|would|will|have) [also|now|then|always|just|simply|still|either|get|try|need to|have to|be " +
			"able] (to|use|find|try|set|go|change|download|get|do|return|create|see|check|add|view|select|pick|collect|choose|update|restart|reset|" +
			"replace|buy|order|run|expect|still|redeem|track|book|travel)",
		"(because|due to|caused by|turned out|turns out|the reason)",
		"^ (yes|no|yep|nope|yeah|try|hold|press|restart|reset|unplug|go to|click|select|use|turn|make sure|remove|install|open|add|set|change|check " +
			"that|check the|put|first|step)",
		"(should|will) (be back|be fixed|be available|be restored|reopen|arrive|be delivered|be ready|reach you|be up)",
		"(arrives|arriving|opens|open|closes|closed|starts|available|until|between|around) (at|about|from|until|on|by) @number",
		"(we|i|it) (have|has|'ve|'s) (fixed|replaced|refunded|reopened|restored|uploaded|released|published|corrected|delivered|cancelled|removed|added|changed)",
		"(refund|refunded|replacement) (has|was|is|will)", "unfortunately",
		"(is|are|was|were) (now|currently) (available|open|closed|fixed|back|working|live|out|up)", "hit the bridge",
		"(can't|cannot|can not|not able to|unable to) be (changed|transferred|done|used|refunded|returned|combined)",
		"if that (doesn't|does not) (help|work|do)",
		"(hold|press|click|select|tap|plug|unplug|reinstall|restart|reset|update|format|uninstall) (the|your|on|and|it|for|reset|a|all)",
		"try (formatting|restarting|resetting|updating|clearing|using|holding|changing|turning|again|a different|the|this|to)",
		"(fault|problem|cause|error|outage|issue) (is|was|lies|came|comes) (in|with|the|on|from|at|our)",
		"(will|shall) be (credited|refunded|replaced|sent|delivered|back)", "(last week|sold|gone|in stock|out of stock|sold out)",
		"(here's|here is|here are) (how|the|a|what)",
	}},
}
