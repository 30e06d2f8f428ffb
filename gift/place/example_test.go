package place_test

import (
	"fmt"

	"github.com/entregent/entregent/gift/place"
)

func Example() {
	for _, p := range place.Find("valence") {
		fmt.Println(p.Code, p.Name, p.Department.Name(), p.Population)
	}
	_, sure := place.Clear(place.Find("valence"))
	fmt.Println("sure:", sure)
	// Output:
	// 26362 Valence Drôme 64458
	// 82186 Valence Tarn-et-Garonne 5289
	// 16392 Valence Charente 192
	// sure: false
}
