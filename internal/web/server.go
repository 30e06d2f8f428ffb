package web

// Server is the web of one house.
type Server struct{}
