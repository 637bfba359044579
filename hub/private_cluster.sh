# A PostgreSQL cluster of our own: reachable over one Unix socket, owned by a user that is not root. Sourced by hub/run
# (a cluster that lasts) and by tests/run (one that is thrown away), after hub/packages.sh.

# find_postgres: sets $pg_bin to the programs of the newest server that is installed.
find_postgres() {
    local candidate
    pg_bin=
    for candidate in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5,5Vr); do
        if [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ]; then
            pg_bin=$candidate
            return
        fi
    done
    if command -v initdb postgres >/dev/null; then
        pg_bin=$(dirname "$(command -v initdb)")
        return
    fi
    fail "No PostgreSQL server is installed: the package is postgresql-15."
}

# cluster_user: PostgreSQL refuses to run as root; then it runs as the user that its package made.
cluster_user() { if [ "$(id -u)" = 0 ]; then echo postgres; else id -un; fi; }

# as_user USER COMMAND…: runs the command as this user when we are root. `exec`s: call it in a subshell or as a job. What
# it starts is told to stop when the caller dies, even by SIGKILL (SIGINT is PostgreSQL's fast shutdown).
as_user() {
    local user=$1 home
    shift
    if [ "$(id -u)" != 0 ]; then exec setpriv --pdeathsig INT "$@"; fi
    home=$(getent passwd "$user" | cut -d: -f6)
    exec setpriv --reuid="$user" --regid="$user" --init-groups --pdeathsig INT env HOME="${home:-/}" USER="$user" LOGNAME="$user" "$@"
}

# make_folder FOLDER USER MODE
make_folder() {
    mkdir -p "$1"
    if [ "$(id -u)" = 0 ]; then chown "$2:" "$1"; fi
    chmod "$3" "$1"
}

# check_entrance FOLDER USER: every folder above must let the user through.
check_entrance() {
    if (as_user "$2" test -x "$1"); then return; fi
    fail "The user $2 cannot enter $1: a folder above it is closed to others." \
        "Choose another place with --state DIR, for example under /var/lib."
}

# init_cluster DATA [initdb option…]: makes the cluster unless it is there. It is made beside and renamed, so that a
# half-made one is never taken for a whole one.
init_cluster() {
    local data=$1 user major
    shift
    user=$(cluster_user)
    major=$("$pg_bin/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
    if [ -e "$data/PG_VERSION" ]; then
        if [ "$(cat "$data/PG_VERSION")" != "$major" ]; then
            fail "$data was written by PostgreSQL $(cat "$data/PG_VERSION"), but PostgreSQL $major is installed." \
                "Install postgresql-$(cat "$data/PG_VERSION"), or move the data over with pg_upgrade."
        fi
        return
    fi
    rm -rf "$data.new"
    (as_user "$user" "$pg_bin/initdb" --pgdata="$data.new" --username=postgres --auth=peer --encoding=UTF8 \
        --locale=C.UTF-8 --data-checksums "$@") >/dev/null
    mv "$data.new" "$data"
}

# start_cluster DATA SOCKET_DIR LOG [postgres option…]: starts the server as our child and waits until it answers; its
# process is $cluster_pid.
start_cluster() {
    local data=$1 sockets=$2 log=$3 tries=0
    shift 3
    (as_user "$(cluster_user)" setsid "$pg_bin/postgres" -D "$data" -c listen_addresses= \
        -c unix_socket_directories="$sockets" -c log_error_verbosity=terse "$@") >>"$log" 2>&1 </dev/null &
    cluster_pid=$!
    until "$pg_bin/pg_isready" -q -h "$sockets"; do
        tries=$((tries + 1))
        if ! kill -0 "$cluster_pid" 2>/dev/null || [ "$tries" -gt 1200 ]; then
            tail -n 20 "$log" >&2
            fail "PostgreSQL did not start; its log is $log."
        fi
        sleep 0.05
    done
}

# stop_process PID SIGNAL SECONDS: asks a child to stop, insists after the time.
stop_process() {
    local pid=$1 tries=0
    if [ -z "$pid" ] || ! kill "-$2" "$pid" 2>/dev/null; then return 0; fi
    while kill -0 "$pid" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -gt $(($3 * 20)) ]; then kill -KILL "$pid" 2>/dev/null || true; fi
        sleep 0.05
    done
}
