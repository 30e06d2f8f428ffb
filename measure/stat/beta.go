package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// betaCDF is the distribution function of Beta(a,b) at x (the regularised
// incomplete beta function), to about 14 digits: a continued fraction (NIST
// Handbook 8.17.22, by Lentz's method) times the density. y is 1-x, given apart
// so that neither loses digits near 0. gonum's has 11 digits for large a and b.
func betaCDF(x, y, a, b float64) float64 {
	if !(x > 0) {
		return x // 0, or NaN
	}
	if x > (a+1)/(a+b+2) {
		return 1 - betaCDF(y, x, b, a)
	}
	c, d := 1.0, 1/(1-(a+b)*x/(a+1))
	f := d
	for m := 1.0; m < 1e6; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		c, d = 1+even/c, 1/(1+even*d)
		f *= c * d
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		c, d = 1+odd/c, 1/(1+odd*d)
		f *= c * d
		if math.Abs(c*d-1) < 1e-16 {
			break
		}
	}
	return binomialDensity(a, b, x, y) * b / (a + b) * f
}

// betaQuantile inverts betaCDF: x with the share p below it, and y = 1-x.
func betaQuantile(p, a, b float64) (x, y float64) {
	if p > .5 {
		y, x = betaQuantile(1-p, b, a)
		return x, y
	}
	x = mathext.InvRegIncBeta(a, b, p)
	for range 20 { // Newton's steps polish the last digits
		density := binomialDensity(a, b, x, 1-x) * a * b / (a + b) / (x * (1 - x))
		step := (betaCDF(x, 1-x, a, b) - p) / density
		next := x - step
		if !(next > 0 && next < 1) || next == x {
			break
		}
		x = next
		if math.Abs(step) < 1e-15*x {
			break
		}
	}
	return x, 1 - x
}

// binomialDensity is (a+b)!/(a!b!)·x^a·y^b for a and b that need not be whole,
// by Loader's way (2000), which subtracts no large logarithms.
func binomialDensity(a, b, x, y float64) float64 {
	n := a + b
	logs := stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n*x) - deviance(b, n*y)
	return math.Exp(logs) * math.Sqrt(n/(2*math.Pi*a*b))
}

// stirlingError is what Stirling's formula lacks of ln(n!).
func stirlingError(n float64) float64 {
	if n < 16 {
		lg, _ := math.Lgamma(n + 1)
		return lg - (n+.5)*math.Log(n) + n - .5*math.Log(2*math.Pi)
	}
	s := 1 / (n * n)
	return (1./12 - s*(1./360-s*(1./1260-s*(1./1680-s*(1./1188-s*691/360360))))) / n
}

// deviance is x·ln(x/m)+m-x, by a series where x and m are near.
func deviance(x, m float64) float64 {
	if math.Abs(x-m) >= .1*(x+m) {
		return x*math.Log(x/m) + m - x
	}
	v := (x - m) / (x + m)
	sum, term := (x-m)*v, 2*x*v
	for k := 3.0; ; k += 2 {
		term *= v * v
		next := sum + term/k
		if next == sum || math.IsNaN(next) {
			return next
		}
		sum = next
	}
}

// studentQuantile is how many standard errors on each side make the confidence
// when the error itself is known with the given degrees of freedom.
func studentQuantile(confidence, freedom float64) float64 {
	if !(confidence > 0 && confidence < 1 && freedom > 0) {
		return math.NaN()
	}
	x, y := betaQuantile(1-confidence, freedom/2, .5)
	return math.Sqrt(freedom * y / x)
}

// fTail is the chance that a value of the F distribution is above f.
func fTail(f, d1, d2 float64) float64 {
	all := d2 + d1*f
	return betaCDF(d2/all, d1*f/all, d2/2, d1/2)
}
