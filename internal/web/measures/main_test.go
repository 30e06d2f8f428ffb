package measures_test

import (
	"testing"

	"github.com/entregent/entregent/internal/web/measures"
	"github.com/entregent/entregent/internal/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m, measures.Routes()) }

// Every page's JSON is there at once, and is what the document says.
func TestEveryPageIsThereForPrograms(t *testing.T) { webtest.EveryPage(t, measures.Routes()) }
