package manage_test

import (
	"testing"

	"github.com/entregent/entregent/internal/web/manage"
	"github.com/entregent/entregent/internal/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m, manage.Routes()) }

// Every page's JSON is there at once, and is what the document says.
func TestEveryPageIsThereForPrograms(t *testing.T) { webtest.EveryPage(t, manage.Routes()) }
