# Checks for the tools that the front doors need; sourced by ./run and ./test.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

stop() { echo "$1" >&2; exit 1; }

need_dotnet() {
  command -v dotnet >/dev/null || stop "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
  dotnet --version >/dev/null 2>&1 || stop "The .NET SDK that global.json asks for (10.0) is missing."
}

need_node() {
  command -v npm >/dev/null || stop "Node 20 or newer is missing: https://nodejs.org"
}

# The browser tests drive a real Chromium: the one in CHROMIUM, an installed one, Playwright's own, or Debian's (as root).
need_chromium() {
  if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] || stop "CHROMIUM names '$CHROMIUM', which is not a program."
    export CHROMIUM; return
  fi
  find_chromium && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests …"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1 || true
    find_chromium && return
  fi
  stop "No Chromium found for the browser tests. Install it (Debian: apt-get install chromium), run 'npx playwright install chromium', or set CHROMIUM to its path."
}

find_chromium() {
  local candidate
  for candidate in chromium chromium-browser google-chrome google-chrome-stable; do
    if candidate="$(command -v "$candidate")"; then export CHROMIUM="$candidate"; return 0; fi
  done
  for candidate in "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome; do
    if [ -x "$candidate" ]; then export CHROMIUM="$candidate"; return 0; fi
  done
  return 1
}
