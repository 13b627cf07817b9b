# shellcheck shell=bash source-path=SCRIPTDIR source=prelude.sh
# Sourced by bench and soak: builds what is measured, starts and ends it, tells on what machine that was.
source "$(dirname -- "${BASH_SOURCE[0]}")/prelude.sh"

# shellcheck disable=SC2034 # bench and soak use them
readonly bench=$root/.local/bench materials=$root/Benchmarks/http
# shellcheck disable=SC2034
readonly server_binary=$root/.build/release/HTTPBenchmarkServer load_binary=$root/.build/release/HTTPLoad
readonly max_connections=20000 descriptors_min=11000
# The server has the same big answer to every id.
# shellcheck disable=SC2034
readonly big_path=/api/ai/result/0190a5b4-c3d2-7e1f-8123-456789abcdef
# A core for the server and one for the load, where there are two: a load tool that never sleeps must not be put on
# the server's core.
server_core=() load_core=()
# What was started and not yet ended, by process id.
declare -A running=()
server='' server_url=''
# Further arguments of the server.
server_words=()

prepare() {
    local flags descriptors
    take_lock "$bench/lock" "another measurement is active in this checkout"
    "$root/scripts/bootstrap" --bench 9>&-
    read -ra flags <<<"${SWIFT_BUILD_FLAGS:-}"
    cd -- "$root"
    swift build -c release --product HTTPBenchmarkServer "${flags[@]}" 9>&-
    swift build -c release --product HTTPLoad "${flags[@]}" 9>&-
    # Ten thousand connections are as many descriptors, on either side.
    descriptors=$(ulimit -H -n)
    [[ $descriptors == unlimited ]] || ((descriptors >= descriptors_min)) ||
        fail "a process may have $descriptors open files here (ulimit -H -n); $descriptors_min are needed"
    ulimit -S -n "$descriptors"
    if taskset -c 0 true 2>/dev/null && taskset -c 1 true 2>/dev/null; then
        # shellcheck disable=SC2034
        server_core=(taskset -c 0) load_core=(taskset -c 1)
    fi
    trap end_all EXIT
    trap 'exit 130' INT TERM HUP
}

# --- Processes --------------------------------------------------------------------------------------------------

# Starts a program beside the script, on a core if one is named, and leaves its id in `started`. Should the script be killed, it ends too.
launch() {
    setpriv --pdeathsig TERM -- "$@" 9>&- &
    started=$!
    running[$started]=$1
}

# Waits for a program that ends by itself, at most so many seconds.
await() {
    local process=$1 seconds=$2 tick code=0
    for ((tick = 0; tick < seconds * 10; tick++)); do
        kill -0 "$process" 2>/dev/null || break
        sleep 0.1
    done
    if kill -0 "$process" 2>/dev/null; then
        end "$process"
        fail "$3: not over after $seconds s"
    fi
    wait "$process" || code=$?
    unset "running[$process]"
    ((code == 0)) || fail "$3: ended with code $code"
}

# Ends a program: in order, and by force when that takes too long.
end() {
    local process=$1 tick
    [[ -n ${running[$process]:-} ]] || return 0
    kill -TERM "$process" 2>/dev/null || true
    for ((tick = 0; tick < 100; tick++)); do
        kill -0 "$process" 2>/dev/null || break
        sleep 0.05
    done
    kill -KILL "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
    unset "running[$process]"
}

end_all() {
    local code=$? process
    trap '' INT TERM HUP
    for process in "${!running[@]}"; do end "$process"; done
    exit "$code"
}

# --- The server -------------------------------------------------------------------------------------------------

# Starts the server with so many loops, on a core if one is named, and waits for its address.
start_server() {
    local loops=$1 tick
    shift
    : >"$bench/server.log"
    launch "$@" "$server_binary" 0 "$loops" "$max_connections" "${server_words[@]}" >"$bench/server.log" 2>&1
    server=$started
    for ((tick = 0; tick < 100; tick++)); do
        server_url=$(head -n 1 -- "$bench/server.log")
        if [[ $server_url == http://* ]]; then return; fi
        kill -0 "$server" 2>/dev/null || break
        sleep 0.05
    done
    cat -- "$bench/server.log" >&2
    fail "the server did not start"
}

stop_server() {
    end "$server"
    server=''
}

# --- Where and what ---------------------------------------------------------------------------------------------

# The circumstances of a measurement, as a JSON object.
circumstances() {
    local commit='' changed=''
    if commit=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null); then
        changed=$(git -C "$root" status --porcelain)
    fi
    jq -n --arg date "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
        --arg commit "${commit:-unknown}${changed:+, changed}" \
        --arg processor "$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)" \
        --argjson cores "$(nproc)" \
        --argjson memory "$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)" \
        --arg load "$(cut -d ' ' -f 1-3 /proc/loadavg)" \
        --arg system "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), Linux $(uname -r)" \
        --arg swift "$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9.]+).*/\1/p' | head -n 1)" \
        --arg nginx "$(PATH=$PATH:/usr/sbin nginx -v 2>&1 | sed 's/.*nginx\///')" \
        --arg wrk "$(wrk -v 2>&1 | sed -n 's/^wrk \([^ ]*\).*/\1/p')" \
        '{date: $date, commit: $commit,
          machine: {processor: $processor, cores: $cores, memory_mib: $memory, system: $system,
                    load_average_before: $load},
          versions: {swift: $swift, nginx: $nginx, wrk: $wrk}}'
}
