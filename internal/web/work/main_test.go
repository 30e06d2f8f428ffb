package work_test

import (
	"testing"

	"github.com/entregent/entregent/internal/web/webtest"
	"github.com/entregent/entregent/internal/web/work"
)

func TestMain(m *testing.M) { webtest.Main(m, work.Routes()) }

// Every page's JSON is there at once, and is what the document says.
func TestEveryPageIsThereForPrograms(t *testing.T) { webtest.EveryPage(t, work.Routes()) }
