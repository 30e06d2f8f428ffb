package prose_test

import (
	"fmt"

	"github.com/entregent/entregent/conversation/prose"
)

func Example() {
	text := "> Ça marche ?\nL'économie d'aujourd'hui n'est pas finie, @ana !\n-- \nMarie"
	var m prose.Message
	m.Read(text)
	for _, t := range m.Tokens {
		fmt.Printf("%s:%v ", t.Text(text), t.Kind)
	}
	fmt.Println(m.Language())
	// Output: L':word économie:word d':word aujourd'hui:word n':word est:word pas:word finie:word ,:punct @ana:mention !:punct fr
}

func ExampleShingles() {
	a := prose.Shingles(nil, "Hi Ana, thanks for reaching out. Please send your order 4471 to our team.")
	b := prose.Shingles(nil, "Hi Bob, thanks for reaching out! Please send your order 92 to our team.")
	fmt.Println(prose.Jaccard(a, b))
	// Output: 1
}
