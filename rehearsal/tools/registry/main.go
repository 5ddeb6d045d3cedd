// A registry on localhost that forgets everything when it ends: what Azure Container Registry does
// for a pipeline, as far as the pipeline can tell. Prints the port it listens on.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	user := flag.String("user", "", "who may use the registry")
	referrers := flag.Bool("referrers", true, "offer the referrers API")
	writable := flag.String("writable", "", "file that names the repositories open to pushes, one a line")
	flag.Parse()
	// By environment, as other users of the machine see a command line.
	password := os.Getenv("REGISTRY_PASSWORD")

	handler := registry.New(
		registry.WithReferrersSupport(*referrers),
		registry.Logger(log.New(io.Discard, "", 0)),
	)
	if *referrers {
		handler = announceSubject(handler)
	}
	if *writable != "" {
		handler = onlyWrite(*writable, handler)
	}
	if *user != "" {
		handler = demand(*user, password, handler)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go endWithParent()
	log.Fatal(http.Serve(listener, handler))
}

// The one who started the registry holds its standard input open; a registry must not outlive it.
func endWithParent() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

func demand(user, password string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u, p, ok := r.BasicAuth(); ok && u == user && p == password {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="registry"`)
		refuse(w, http.StatusUnauthorized, "UNAUTHORIZED", "authentication required")
	})
}

// The file is read each time, so that it can change while the registry runs.
func onlyWrite(file string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		names, err := os.ReadFile(file)
		if err != nil || !slices.Contains(strings.Fields(string(names)), repository(r.URL.Path)) {
			refuse(w, http.StatusForbidden, "DENIED", "denied: requested access to the resource is denied")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// repository returns "team/app" of "/v2/team/app/manifests/latest".
func repository(path string) string {
	name := strings.TrimPrefix(path, "/v2/")
	for _, kind := range []string{"/blobs/", "/manifests/"} {
		if at := strings.LastIndex(name, kind); at >= 0 {
			name = name[:at]
		}
	}
	return name
}

// A registry that knows referrers says so when it takes one; the library does not, and a client
// that is not told also writes the fallback tag.
func announceSubject(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/manifests/") {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				refuse(w, http.StatusBadRequest, "MANIFEST_INVALID", err.Error())
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			var manifest struct {
				Subject *struct{ Digest string } `json:"subject"`
			}
			if json.Unmarshal(body, &manifest) == nil && manifest.Subject != nil {
				w.Header().Set("OCI-Subject", manifest.Subject.Digest)
			}
		}
		next.ServeHTTP(w, r)
	})
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"errors": []map[string]string{{"code": code, "message": message}},
	})
}
