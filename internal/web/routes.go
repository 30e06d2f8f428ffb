package web

import "slices"

// Routes is every address of the house. A page's own stand in its file.
func Routes() []Route {
	return slices.Concat(
		homeRoutes,
		sourcesRoutes, jobRoutes,
		measuredRoutes, presenceRoutes, gapRoutes, whuffieRoutes,
		publicRoutes, readsRoutes,
		inboxRoutes, threadRoutes, replyRoutes, handlingRoutes, messagesRoutes,
		peopleRoutes, personRoutes, whyRoutes, thanksRoutes, cannedRoutes, noticesRoutes, objectionsRoutes,
		signinRoutes, passkeyRoutes, accountRoutes, welcomeRoutes, settingsRoutes,
		teamRoutes, auditRoutes, tokenRoutes, hookRoutes,
		healthRoutes, eventRoutes, intakeRoutes, outgoingRoutes, apiRoutes,
	)
}
