package speech

// cuesBoth are the cues that people use in either language.
var cuesBoth = []cue{
	{Question, []string{"wtf"}},
	{Thanks, []string{"thanks", "thx", "ty"}},
	{Solved, []string{"solved"}},
}
