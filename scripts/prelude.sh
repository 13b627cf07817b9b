# shellcheck shell=bash
# Sourced by every script here: where the project is, how they speak, how they start and stop a program.
set -euo pipefail
shopt -s inherit_errexit

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s: %s\n' "$0" "$*" >&2
    exit 1
}

# The value of a variable: from the environment, even an empty one, else from .env, else empty.
setting() {
    local key=$1
    if [[ -v $key ]]; then
        printf '%s\n' "${!key}"
    elif [[ -f $root/.env ]]; then
        sed -n -E "s/^[[:space:]]*(export[[:space:]]+)?${key}[[:space:]]*=[[:space:]]*//p" "$root/.env" |
            tail -n 1 | sed -E 's/[[:space:]]+(#.*)?$//; s/^"(.*)"$/\1/; s/^'\''(.*)'\''$/\1/'
    fi
}

# A port of the loopback address, at or after the one given, on which nobody listens.
free_port() {
    local port first=$1
    for ((port = first; port < first + 100; port++)); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            printf '%s\n' "$port"
            return
        fi
    done
    fail "no free port from $first on"
}

# One script of a kind at a time in this checkout. The lock goes with the process, however it ends.
# Programs started later must not inherit descriptor 9: a daemon would hold the lock for ever.
take_lock() {
    local file=$1 message=$2
    mkdir -p -- "$(dirname -- "$file")"
    exec 9>>"$file"
    flock --nonblock 9 || fail "$message"
}

# Prints the options by which `swift test` begins so many tests at a time and no more: more than wait for their
# turn to start processes (EndToEndTests), and so few that none waits long for a thread. Without a bound, which some
# versions of Swift do not offer, each step of a test queues up behind all others, and its time limit runs meanwhile.
bound_tests() {
    local help option=--experimental-maximum-parallelization-width
    help=$(swift test --help-hidden)
    [[ $help != *"$option"* ]] || printf '%s %d\n' "$option" "$1"
}

# Prints what failed in a run of `swift test`, whose output is in the file given: below all the rest, since a long log
# is cut off at its beginning or middle.
repeat_failures() {
    local what
    what=$(grep -E '^(✘|↳) |: Fatal error|Assertion .* failed|SUMMARY: ' -- "$1" |
        grep -vE '^(✘ (Suite|Test run) |↳ (Testing Library Version|Target Platform):)') || true
    [[ -z $what ]] || printf '%s\n' "--- what failed, once more:" "$what"
}

# --- One supervised program -------------------------------------------------------------------------------------
# It runs in a session of its own, so a Ctrl-C reaches this script only, which passes it on exactly once: the
# service takes a second signal as "end at once". Should this script be killed, the kernel ends the program.

child=
signals=0
readonly stop_seconds_max=60

supervise() {
    setsid setpriv --pdeathsig TERM -- "$@" 9>&- &
    child=$!
}

signal_child() {
    kill "-$1" -- "-$child" 2>/dev/null || kill "-$1" "$child" 2>/dev/null || true
}

# The trap for INT, TERM and HUP.
on_signal() {
    signals=$((signals + 1))
    [[ -n $child ]] || exit 130
    signal_child TERM
}

# Waits for the program, or, once a signal came, for its orderly end; returns its exit code.
await_child() {
    local code=0 tick
    while ((signals == 0)); do
        code=0
        wait "$child" || code=$?
        ((signals > 0)) || break
    done
    for ((tick = 0; signals > 0 && tick < stop_seconds_max * 20; tick++)); do
        kill -0 "$child" 2>/dev/null || break
        sleep 0.05 || true
    done
    # What the program left behind in its session ends with it.
    kill -KILL -- "-$child" 2>/dev/null || true
    if ((signals > 0)); then
        code=0
        wait "$child" || code=$?
    fi
    child=
    return "$code"
}
