package persons_test

import (
	"testing"

	"github.com/entregent/entregent/internal/web/persons"
	"github.com/entregent/entregent/internal/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m, persons.Routes()) }

// Every page's JSON is there at once, and is what the document says.
func TestEveryPageIsThereForPrograms(t *testing.T) { webtest.EveryPage(t, persons.Routes()) }
