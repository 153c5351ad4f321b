package main

import "math"

// Mean and variance of the latest values, brought up to date with each value that comes and goes.
type rollingMoments struct {
	size    int
	values  []float64 // a ring once it is full
	oldest  int
	mean    float64
	squares float64
}

func (r *rollingMoments) clear() {
	r.values, r.oldest, r.mean, r.squares = r.values[:0], 0, 0, 0
}

func (r *rollingMoments) add(value float64) {
	if len(r.values) == r.size {
		r.replaceOldest(value)
		return
	}
	r.values = append(r.values, value)
	apart := value - r.mean
	r.mean += apart / float64(len(r.values))
	r.squares += apart * (value - r.mean)
}

func (r *rollingMoments) replaceOldest(value float64) {
	oldest, before := r.values[r.oldest], r.mean
	r.values[r.oldest] = value
	r.oldest = (r.oldest + 1) % r.size
	r.mean += (value - oldest) / float64(r.size)
	r.squares += (value - oldest) * (value - r.mean + oldest - before)
}

func (r *rollingMoments) count() float64 { return float64(len(r.values)) }

func (r *rollingMoments) variance() float64 {
	return math.Max(r.squares, 0) / (r.count() - 1)
}
