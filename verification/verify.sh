# Finds Notation, or downloads it for this run.
find_notation() {
  notation=$(type -P notation || true)
  if [ -n "$notation" ]; then return; fi
  local url=$NOTATION_URL sha256=$NOTATION_SHA256
  case "$(uname -sm)" in
    "Linux x86_64") ;;
    "Linux aarch64") url=$NOTATION_ARM64_URL sha256=$NOTATION_ARM64_SHA256 ;;
    *)
      echo "Install Notation first: https://notaryproject.dev/docs/user-guides/installation/cli/" >&2
      exit 2
      ;;
  esac
  echo "Downloading Notation for this run." >&2
  curl --fail --silent --show-error --location --retry 3 --output "$folder/notation.tar.gz" "$url"
  echo "$sha256  $folder/notation.tar.gz" | sha256sum --check --strict --quiet
  tar --extract --gzip --file "$folder/notation.tar.gz" --directory "$folder" notation
  notation="$folder/notation"
}

# Gets a password for the registry from the Azure CLI, unless there is one. Without both, Notation
# uses what Docker is logged in to.
log_in() {
  if [ -n "${NOTATION_PASSWORD:-}" ] || ! type -P az > /dev/null; then return; fi
  local label=${LOGIN_SERVER%%.*} hash=()
  # With a domain name label, the login server begins with the name and a hash.
  if [ "$label" != "${label#*-}" ]; then hash=(--suffix "${label#*-}"); fi
  if ! NOTATION_PASSWORD=$(az acr login --name "$REGISTRY" ${hash[@]+"${hash[@]}"} \
    --expose-token --query accessToken --output tsv 2> "$folder/said"); then
    echo "The Azure CLI has no login for $LOGIN_SERVER. Docker's login is used." >&2
    unset NOTATION_PASSWORD
    return
  fi
  export NOTATION_USERNAME=00000000-0000-0000-0000-000000000000 NOTATION_PASSWORD
}

# Says what verification says of one image, by its digest and with its signed metadata.
verify() {
  if [[ "$1" != "$LOGIN_SERVER"/* ]]; then
    # The password is for this registry only.
    echo "✗ not in $LOGIN_SERVER, the registry of this script: $1"
    return 1
  fi
  local name=${1%@*} last is_bad=0
  last=${name##*/}
  # Beside a digest, a tag says nothing.
  if [ "$name" != "$1" ]; then name="${name%/*}/${last%%:*}"; fi
  judge "$name${1#"${1%@*}"}" || is_bad=1
  if [ "$is_bad" = 0 ]; then echo "✓ verified: $name"; else echo "✗ $verdict: $name"; fi
  if [ -n "$resolved" ]; then echo "  ${resolved##*@}"; fi
  if [ "$is_bad" = 0 ]; then
    sed -n '1,/user metadata/d; s/^\([a-z][^ ]*\)  *\(.*[^ ]\) *$/  \1: \2/p' "$trust/said" | sort
  else
    fold -s -w 76 <<< "$reason" | sed 's/^/  /'
  fi
  return "$is_bad"
}

main() {
  trap - EXIT
  local image failed=0
  if [ $# -eq 0 ]; then
    usage >&2
    exit 2
  fi
  for image in "$@"; do
    case "$image" in
      -h | --help) usage && exit ;;
      -*) usage >&2 && exit 2 ;;
    esac
  done
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trust="$folder/trust"
  export NOTATION_CACHE=${NOTATION_CACHE:-$folder/cache}
  write_trust
  find_notation
  log_in
  for image in "$@"; do verify "$image" || failed=1; done
  exit "$failed"
}
main "$@" < /dev/null
