# Notation with the trust in the folder $trust, and nothing of the user's own configuration.
trusting() { NOTATION_CONFIG="$trust" NOTATION_LIBEXEC="$trust/plugins" "$notation" "$@"; }

# A registry chooses the text of its errors. A terminal would obey control characters.
printable() { tr -d '\000-\037\177'; }

# Resolves an image once, and verifies what it resolved to. Sets `resolved` to the image by digest,
# `verdict` to one or two words, and `reason` to what Notation says.
judge() {
  local said
  resolved="" verdict=verified reason=""
  if ! said=$(trusting list "$1" 2> "$trust/said"); then
    verdict="not readable" reason=$(tail -n 1 "$trust/said" | printable)
    return 1
  fi
  resolved=${said%%[[:space:]]*}
  if trusting verify --verbose "$resolved" > "$trust/said" 2>&1; then return; fi
  said=$(< "$trust/said")
  # One good signature would be enough. Of several bad ones, the best one counts.
  case "$said" in
    *"no signature is associated"*) verdict=unsigned ;;
    *"no applicable trust policy"*) verdict="not covered" ;;
    *" is revoked"*) verdict=revoked ;;
    *"digital signature has expired"*) verdict=expired ;;
    *"no timestamp countersignature"*) verdict="not timestamped" ;;
    *"authenticity validation failed"*) verdict="untrusted identity" ;;
    *"integrity validation failed"* | *"content descriptor mismatch"*) verdict=altered ;;
    *) verdict="not verified" ;;
  esac
  reason=$(sed -En 's/.*(Failure reason: |failed verification with error: |^Error: )//p' "$trust/said" | head -n 1 | printable)
  return 1
}
