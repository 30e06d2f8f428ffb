package speech

import "github.com/entregent/entregent/conversation/prose"

// Nobody says whether an account's name says that it has no owner.
func Nobody(account string) bool {
	switch string(prose.Fold(nil, account)) {
	case "guest", "anonymous", "anonyme", "invite", "visiteur", "visitor", "unknown", "inconnu", "ghost", "[deleted]", "deleted":
		return true
	}
	return false
}

// An account is taken to be shared by many people when it opened so many
// threads, hardly ever came back to one, and was signed with CrowdNames names.
const (
	crowdThreads = 50
	crowdOpens   = .9
	CrowdNames   = 5
)

// OpensAsMany says whether an account that opened so many threads, of so many
// messages it said, is used as many people would use it.
func OpensAsMany(opened, said int) bool {
	return opened >= crowdThreads && float64(opened) >= crowdOpens*float64(said)
}
