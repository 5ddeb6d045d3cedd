//go:build tools

package notation

import _ "github.com/notaryproject/notation/cmd/notation"
