package lang

// InputError is input that can't be taken: the field that is wrong, and the key of
// the catalogue that says what to do, with its arguments.
type InputError struct {
	Field string
	Key   string
	Args  []any
}

// Invalid makes an InputError.
func Invalid(field, key string, args ...any) *InputError { return &InputError{field, key, args} }

func (e *InputError) Error() string { return "input: " + e.Field + ": " + e.Key }

// Say tells it to a person.
func (e *InputError) Say(l Language) string { return l.Say(e.Key, e.Args...) }
