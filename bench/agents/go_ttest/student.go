package main

import "math"

// Welch's t and its two-sided p-value.
func welch(a, b *rollingMoments) (t, p float64) {
	ofA, ofB := a.variance()/a.count(), b.variance()/b.count()
	t = (a.mean - b.mean) / math.Sqrt(ofA+ofB)
	degrees := (ofA + ofB) * (ofA + ofB) / (ofA*ofA/(a.count()-1) + ofB*ofB/(b.count()-1))
	return t, incompleteBeta(degrees/2, 0.5, degrees/(degrees+t*t))
}

// The regularised incomplete beta function by its continued fraction (Abramowitz & Stegun 1964, 26.5.8).
func incompleteBeta(a, b, x float64) float64 {
	if x <= 0 || x >= 1 {
		return math.Min(math.Max(x, 0), 1)
	}
	if x > (a+1)/(a+b+2) {
		return 1 - incompleteBeta(b, a, 1-x)
	}
	ofBoth, _ := math.Lgamma(a + b)
	ofA, _ := math.Lgamma(a)
	ofB, _ := math.Lgamma(b)
	front := math.Exp(ofBoth-ofA-ofB+a*math.Log(x)+b*math.Log1p(-x)) / a
	return front / continuedFraction(a, b, x)
}

// 1 + d1/(1 + d2/(1 + ...)), from the front (modified Lentz: Thompson & Barnett 1986, Journal of Computational Physics 64, p. 490).
func continuedFraction(a, b, x float64) float64 {
	const tiny = 1e-300
	value, numerator, denominator := 1.0, 1.0, 0.0
	for step := 1; step < 10000; step++ {
		m := float64(step / 2)
		d := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		if step%2 == 1 {
			d = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		}
		denominator = 1 / nonzero(1+d*denominator, tiny)
		numerator = nonzero(1+d/numerator, tiny)
		change := numerator * denominator
		value *= change
		if math.Abs(change-1) < 1e-15 {
			break
		}
	}
	return value
}

func nonzero(value, tiny float64) float64 {
	if math.Abs(value) < tiny {
		return tiny
	}
	return value
}
