package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/entregent/entregent/presence"
)

// change changes published parameters, by the names that reports print.
func change(p *presence.Parameters, values map[string]float64) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := set(p, name, values[name]); err != nil {
			return err
		}
	}
	return plausible(p)
}

// set changes one of them.
func set(p *presence.Parameters, name string, value float64) error {
	hours := map[string]*presence.Hours{"t1_hours": &p.T1, "tau_hours": &p.Tau, "matured_hours": &p.Matured, "merge_hours": &p.Merge}
	counts := map[string]*int{"min_appeals": &p.MinAppeals, "min_askers": &p.MinAskers, "draws": &p.Draws, "waiting_shown": &p.WaitingShown}
	numbers := map[string]*float64{
		"asker_cap": &p.Cap, "max_width": &p.MaxWidth, "people_target": &p.PeopleTarget, "template_jaccard": &p.TemplateJaccard,
		"confidence": &p.Confidence, "false_alarm_days": &p.FalseAlarmDays, "surge_ratio": &p.SurgeRatio,
	}
	if !(value > 0) || math.IsInf(value, 1) {
		return fmt.Errorf("parameter %s is %v: it must be above 0", name, value)
	}
	if field, ok := hours[name]; ok {
		*field = presence.Hours(value)
	} else if field, ok := numbers[name]; ok {
		*field = value
	} else if field, ok := counts[name]; ok {
		if value != math.Trunc(value) {
			return fmt.Errorf("parameter %s is %v: it must be a whole number", name, value)
		}
		*field = int(value)
	} else {
		names := slices.Concat(slices.Collect(maps.Keys(hours)), slices.Collect(maps.Keys(counts)), slices.Collect(maps.Keys(numbers)))
		slices.Sort(names)
		return fmt.Errorf("there is no parameter %s; there are %s", name, strings.Join(names, ", "))
	}
	return nil
}

// plausible says which bounds changed parameters must keep.
func plausible(p *presence.Parameters) error {
	usual := presence.Published()
	t1, tau := cmp.Or(p.T1, usual.T1), cmp.Or(p.Tau, usual.Tau)
	switch {
	case t1 >= tau:
		return fmt.Errorf("parameter t1_hours is %v: it must be below tau_hours, which is %v", t1, tau)
	case p.Confidence >= 1:
		return fmt.Errorf("parameter confidence is %v: it must be below 1, as .95", p.Confidence)
	case p.Cap > 1:
		return fmt.Errorf("parameter asker_cap is %v: it is a share, at most 1", p.Cap)
	case p.TemplateJaccard > 1:
		return fmt.Errorf("parameter template_jaccard is %v: it is a share, at most 1", p.TemplateJaccard)
	}
	return nil
}
