// Package presence measures who gets an answer, how soon, how evenly and in how
// human a voice.
package presence

import "github.com/entregent/entregent/conversation"

// Measure takes the presence of the organisation in a log.
func Measure(log *conversation.Log, options Options) Report {
	return Report{Version: Version, Parameters: options.Parameters.or(Published())}
}
