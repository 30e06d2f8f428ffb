package speech

var cuesEN = []cue{
	{Question, []string{
		"^ (how|why|when|where|what|which|who|whose)", "^ (is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|am|may|might) (i|you|we|they|it|he|she|there|this|that|the|anyone|anybody|someone|somebody|my|your)", "(anyone|anybody|someone) (know|knows|have|has|help|tried|else|got)", "(i|i'm|am|was|just) (wonder|wondering)",
		"(do|does|would) (you|anyone|anybody) (know|have)", "how (do|can|would|should|to)", "(i'd|i would) (like|love) to know", "any (idea|ideas|news|update|updates|chance|eta|help|advice|suggestions)",
	}},
	{Request, []string{
		"(could|can|would|will) (you|someone|anyone|somebody|u) [please|pls|plz] *", "^ [please|pls|plz] (help|send|fix|tell|check|give|add|remove|let|explain|reply|respond|answer|advise|call)", "(please|pls|plz) (help|send|fix|tell|check|give|add|remove|let|explain|reply|respond|answer|advise|call|can|could)", "need (help|your help|some help|assistance)", "(i'd|i would) (like|appreciate|love)", "i (want|need) (my|a|you|to)",
	}},
	{Complaint, []string{
		"(doesn't|does not|don't|didn't|won't|isn't|not|never|stopped|cannot|can't) (work|working|works|load|loading|open|start|connect|respond|arrive|arrived)", "still (waiting|no|not|haven't|broken|nothing)", "(terrible|awful|horrible|ridiculous|unacceptable|disgusting|pathetic|useless|worst|appalling|disgrace|rubbish)", "(broken|crash|crashes|crashed|bug|error|issue|issues|problem|problems)",
		"(disappointed|disappointing|frustrated|frustrating|furious|annoyed)", "no (response|reply|answer)", "fed up", "waste of",
	}},
	{Acknowledgement, []string{
		"(we've|we have|we|i've) received your", "(we're|we are|i'm|i am|i'll|we'll|i will|we will|team is|let me) .. (looking into|look into|investigating|investigate|checking|check on|working on)", "(get|getting|be) back (to|with) you", "a (ticket|case) has been", "(passed|pass|passing|forward|forwarded|forwarding|escalate|escalated) .. (team|on|along|to)", "(we|i) (hear|understand) you", "we appreciate your patience", "thanks for (reaching out|letting us know|the feedback|your feedback|bringing|your patience)",
	}},
	{Deflection, []string{
		"(dm|pm|message|email) (us|me)", "(send|shoot|drop) (us|me) [a|an] (dm|pm|direct|private|message|email|note)", "via (dm|pm|direct message)", "(contact|call|ring) (our|the|us|customer|support)", "(see|visit|check) (our|the) (help|faq|support|website)", "(follow|dm) .. (follow|dm) (us|me)", "reach out to (our|the|us)", "join us in dm", "in dm", "by dm",
	}},
	{Thanks, []string{"thank you", "thanks", "thank u", "thx", "thks", "ty", "cheers", "many thanks", "thanks a lot", "thank you so much", "(much|really) appreciated", "(i|we) [really] appreciate (it|your help|the help)"}},
	{courtesy, []string{"thanks in advance", "thank you in advance", "many thanks in advance", "(thanks|thank you) for (your|the) (patience|understanding|feedback|message|interest)", "(thanks|thank you) for (contacting|reaching|letting us|bringing|flying|choosing|sharing)", "no (thanks|thank you)", "thanks anyway", "sorry to hear", "sorry (that|for your) *"}},
	{courtesy | sour, []string{"thanks for nothing"}},
	{sour, []string{"(ruining|ruined|losing|lost|wasting|delay|delayed|nothing|worst|terrible|awful)"}},
	{Praise, []string{"(great|good|nice|awesome|excellent|fantastic|amazing) (job|work|service|stuff|project|product)", "well done", "keep up the", "(congrats|congratulations|kudos)", "i love (this|it|your|the)"}},
	{Solved, []string{"(it|that|this|everything|all) [is|'s] (works|working|worked|fixed|resolved|sorted) [now|perfectly|fine|great]", "(that|this|it) (fixed|solved|did|worked|sorted) [it|the|that]", "(problem|issue) (solved|fixed|resolved|sorted)", "(solved|resolved|fixed) $"}},
	{SelfSolved, []string{"(never mind|nevermind|nvm)", "(found|figured|worked) (it|the problem|it out|the answer|the solution) [myself|out]", "i (managed|solved) .. myself"}},
	{Withdrawn, []string{"(please|pls) (ignore|disregard|delete)", "(ignore|disregard) (my|this|that)", "forget (it|about it)"}},
	{Apology, []string{"(we|i) [sincerely|do|truly] (apologize|apologise)", "(we're|we are|i'm|i am|so|very|really) [so|very|really|truly] sorry", "(our|my) [sincere|sincerest] apologies", "apologies", "sorry (for|about)"}},
	{Promise, []string{"(we'll|we will|i'll|i will) (update|keep|let|inform|notify|post|share) (you|updates|everyone|more)", "next update", "(more|another) (update|news|information) .. (by|on|tomorrow|soon|later)"}},
	{Automatic, []string{"(automated|automatic|auto) (message|reply|response|email|notification)", "(do not|don't) reply to this", "out of [the] office"}},
	{Greeting, []string{"^ (hi|hello|hey|dear|good morning|good afternoon|good evening)", "(regards|best regards|kind regards|best wishes|have a (great|nice|good) (day|weekend|one)|sincerely)", "welcome"}},
	{soft, []string{"how are you", "how is it going", "(right|eh|huh) $"}},
	{answer, []string{"you (can|could|need|should|must|have) *", "(because|due to|caused by)", "^ (yes|no|yep|nope|try|go to|click|restart|use)", "you'll (need|have|find)"}},
}
