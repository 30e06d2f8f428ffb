package table

import (
	"bufio"

	"github.com/entregent/entregent/conversation"
)

func readWorkbook(in *bufio.Reader, im *conversation.Importer) error { return nil }
