// What a cluster makes of generated files, without a cluster: Helm renders a chart, and the engine of
// Gatekeeper reviews pods. The request is JSON on standard input, and the answer JSON on standard output.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/types"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/releaseutil"
	"sigs.k8s.io/yaml"
)

type request struct {
	Render *renderRequest
	Review *reviewRequest
}

// One release of a chart for each text of values.
type renderRequest struct {
	Chart, Name, Namespace string
	Values                 []string
}

// What a template in Rego v0 says about requests to create or to update pods.
type reviewRequest struct {
	Rego  string
	Query string
	// What the provider answers, in the form that Gatekeeper gives to Rego. `asked` is added.
	Answer map[string]any
	// Each one has an `object`, and an `oldObject` if it is an update.
	Requests []any
}

func main() {
	var asked request
	err := json.NewDecoder(os.Stdin).Decode(&asked)
	var answer any
	switch {
	case err != nil:
	case asked.Render != nil:
		answer, err = render(*asked.Render)
	case asked.Review != nil:
		answer, err = review(context.Background(), *asked.Review)
	default:
		err = fmt.Errorf("nothing to do")
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(answer)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// For each text of values, the objects of the release.
func render(asked renderRequest) ([][]any, error) {
	chart, err := loader.LoadDir(asked.Chart)
	if err != nil {
		return nil, err
	}
	releases := [][]any{}
	options := chartutil.ReleaseOptions{Name: asked.Name, Namespace: asked.Namespace, IsInstall: true}
	for _, text := range asked.Values {
		given, err := chartutil.ReadValues([]byte(text))
		if err != nil {
			return nil, err
		}
		values, err := chartutil.ToRenderValues(chart, given, options, nil)
		if err != nil {
			return nil, err
		}
		files, err := engine.Render(chart, values)
		if err != nil {
			return nil, err
		}
		objects, err := parse(files)
		if err != nil {
			return nil, err
		}
		releases = append(releases, objects)
	}
	return releases, nil
}

func parse(files map[string]string) ([]any, error) {
	objects := []any{}
	for path, file := range files {
		for _, document := range releaseutil.SplitManifests(file) {
			var object map[string]any
			if err := yaml.UnmarshalStrict([]byte(document), &object); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			if object["kind"] != nil {
				objects = append(objects, object)
			}
		}
	}
	return objects, nil
}

// For each request, what the query finds.
func review(ctx context.Context, asked reviewRequest) ([]any, error) {
	query, err := rego.New(
		rego.Query(asked.Query),
		rego.Module("template.rego", asked.Rego),
		rego.SetRegoVersion(ast.RegoV0),
		rego.StrictBuiltinErrors(true),
		rego.Function1(
			&rego.Function{Name: "external_data", Decl: types.NewFunction(types.Args(types.A), types.A)},
			func(_ rego.BuiltinContext, question *ast.Term) (*ast.Term, error) {
				answer := maps.Clone(asked.Answer)
				answer["asked"] = question.Value
				value, err := ast.InterfaceToValue(answer)
				return ast.NewTerm(value), err
			},
		),
	).PrepareForEval(ctx)
	if err != nil {
		return nil, err
	}
	found := []any{}
	for _, request := range asked.Requests {
		input := map[string]any{"review": request}
		results, err := query.Eval(ctx, rego.EvalInput(input))
		if err != nil {
			return nil, err
		}
		found = append(found, results[0].Expressions[0].Value)
	}
	return found, nil
}
