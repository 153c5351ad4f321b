// What a user of Kapacitor writes in Go: an agent that holds each window against a rolling history by Welch's t-test, on
// Kapacitor's own package for agents. The same job as ../python_ttest.py.
package main

import (
	"log"
	"os"

	"github.com/influxdata/kapacitor/udf/agent"
)

type handler struct {
	agent     *agent.Agent
	field     string
	alpha     float64
	window    rollingMoments
	histories map[string]*rollingMoments
}

func (h *handler) Info() (*agent.InfoResponse, error) {
	return &agent.InfoResponse{
		Wants:    agent.EdgeType_BATCH,
		Provides: agent.EdgeType_BATCH,
		Options: map[string]*agent.OptionInfo{
			"field": {ValueTypes: []agent.ValueType{agent.ValueType_STRING}},
			"size":  {ValueTypes: []agent.ValueType{agent.ValueType_INT}},
			"alpha": {ValueTypes: []agent.ValueType{agent.ValueType_DOUBLE}},
		},
	}, nil
}

func (h *handler) Init(request *agent.InitRequest) (*agent.InitResponse, error) {
	h.histories = make(map[string]*rollingMoments)
	for _, option := range request.Options {
		switch value := option.Values[0].Value.(type) {
		case *agent.OptionValue_StringValue:
			if option.Name == "field" {
				h.field = value.StringValue
			}
		case *agent.OptionValue_IntValue:
			if option.Name == "size" {
				h.window.size = int(value.IntValue)
			}
		case *agent.OptionValue_DoubleValue:
			if option.Name == "alpha" {
				h.alpha = value.DoubleValue
			}
		}
	}
	return &agent.InitResponse{Success: true}, nil
}

func (h *handler) BeginBatch(*agent.BeginBatch) error {
	h.window.clear()
	return nil
}

func (h *handler) Point(point *agent.Point) error {
	h.window.add(point.FieldsDouble[h.field])
	return nil
}

func (h *handler) EndBatch(end *agent.EndBatch) error {
	history := h.histories[end.Group]
	if history == nil {
		history = &rollingMoments{size: h.window.size}
		h.histories[end.Group] = history
	}
	anomalous := false
	if len(history.values) > 1 && len(h.window.values) > 1 {
		t, p := welch(history, &h.window)
		anomalous = p < h.alpha
		h.answer(end, t, p, anomalous)
	}
	if !anomalous {
		for _, value := range h.window.values {
			history.add(value)
		}
	}
	return nil
}

func (h *handler) answer(end *agent.EndBatch, t, p float64, anomalous bool) {
	h.agent.Responses <- &agent.Response{Message: &agent.Response_Point{Point: &agent.Point{
		Time: end.Tmax, Name: end.Name, Group: end.Group, Tags: end.Tags, ByName: end.ByName,
		FieldsDouble: map[string]float64{"t": t, "pvalue": p},
		FieldsBool:   map[string]bool{"anomalous": anomalous},
	}}}
}

func (h *handler) Snapshot() (*agent.SnapshotResponse, error) { return &agent.SnapshotResponse{}, nil }

func (h *handler) Restore(*agent.RestoreRequest) (*agent.RestoreResponse, error) {
	return &agent.RestoreResponse{Success: true}, nil
}

func (h *handler) Stop() { close(h.agent.Responses) }

func main() {
	a := agent.New(os.Stdin, os.Stdout)
	a.Handler = &handler{agent: a}
	if err := a.Start(); err != nil {
		log.Fatal(err)
	}
	if err := a.Wait(); err != nil {
		log.Fatal(err)
	}
}
