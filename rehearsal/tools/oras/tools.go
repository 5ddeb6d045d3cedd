//go:build tools

package oras

import _ "oras.land/oras/cmd/oras"
