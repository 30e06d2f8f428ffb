package board

// Act says whether somebody gives or asks.
type Act string

// The acts.
const (
	Offer Act = "offer"
	Ask   Act = "ask"
)

// Kind says what is offered or asked.
type Kind string

// The kinds. A Thing is kept, a Loan comes back; food to fetch is a Thing, food
// eaten together a Table.
const (
	Ride  Kind = "ride"
	Bed   Kind = "bed"
	Thing Kind = "thing"
	Skill Kind = "skill"
	Loan  Kind = "loan"
	Table Kind = "table"
	Other Kind = "other"
)
