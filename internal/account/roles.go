package account

// Roles is a set of roles. The sets are constants: nothing can change at run time
// who is allowed.
type Roles uint8

const (
	nobody Roles = 1 << iota
	reader
	member
	teammate
	manager
	admin
)

// Sets often meant. Anyone includes whoever didn't sign in.
const (
	Anyone    = nobody | SignedIn
	SignedIn  = reader | member | teammate | manager | admin
	Watching  = reader | teammate | manager | admin // the measures
	Working   = teammate | manager | admin          // the inbox
	Managing  = manager | admin
	AdminOnly = admin
)

// Has says whether a role is in the set; one that isn't known never is.
func (s Roles) Has(r Role) bool {
	of := map[Role]Roles{Nobody: nobody, Reader: reader, Member: member, Teammate: teammate, Manager: manager, Admin: admin}
	return s&of[r] != 0
}
