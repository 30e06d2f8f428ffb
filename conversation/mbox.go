package conversation

func (rd *reading) mbox(in *lines) error { return ErrForm }
func (rd *reading) eml(in *lines) error  { return ErrForm }
func isPostmark(s string) bool           { return false }
