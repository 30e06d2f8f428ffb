// Package work is the pages of those who answer: the inbox, threads, messages, canned
// replies, notices, and the same for programs that bring messages and carry answers.
package work

import (
	"slices"

	"github.com/entregent/entregent/internal/web"
)

// Routes are the pages' addresses.
func Routes() []web.Route {
	return slices.Concat(inboxRoutes, threadRoutes, replyRoutes, handlingRoutes, messagesRoutes, cannedRoutes, noticesRoutes, intakeRoutes, outgoingRoutes)
}
