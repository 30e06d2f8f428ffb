package presence

import (
	"encoding/json"
	"fmt"

	"github.com/entregent/entregent/measure"
)

// UnmarshalJSON reads what MarshalJSON wrote; null is NaN.
func (b *Beside) UnmarshalJSON(text []byte) error {
	var in struct {
		Name  string       `json:"name"`
		Group string       `json:"group"`
		Value *float64     `json:"value"`
		Unit  measure.Unit `json:"unit"`
		N     int          `json:"n"`
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return fmt.Errorf("reading a figure: %w", err)
	}
	*b = Beside{in.Name, in.Group, measure.Infinite(in.Value), in.Unit, in.N}
	return nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (c *Component) UnmarshalJSON(text []byte) error {
	var in struct {
		Beside []Beside `json:"beside"`
	}
	if err := c.Estimate.UnmarshalJSON(text); err != nil {
		return err
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return fmt.Errorf("reading a component: %w", err)
	}
	c.Beside = in.Beside
	return nil
}

// UnmarshalJSON reads what MarshalJSON wrote. A parameter that isn't known is an
// error: what was measured by it can't be read.
func (p *Parameters) UnmarshalJSON(text []byte) error {
	var in map[string]json.RawMessage
	if err := json.Unmarshal(text, &in); err != nil {
		return fmt.Errorf("reading parameters: %w", err)
	}
	fields := p.fields()
	for name, value := range in {
		field, known := fields[name]
		if !known {
			return fmt.Errorf("reading parameters: %q is none of %s", name, Version)
		}
		if err := json.Unmarshal(value, field); err != nil {
			return fmt.Errorf("reading the parameter %s: %w", name, err)
		}
	}
	return nil
}
