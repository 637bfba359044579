# A PostgreSQL for tests: no disk is waited for, and nothing of it stays. Sourced by tests/run and tests/browser/run after
# hub/packages.sh and hub/private_cluster.sh; they set $cluster_pid and $scratch empty before.
: "${root:?}"

# start_throw_away_cluster: says where it is in SPLOT_TEST_POSTGRES.
start_throw_away_cluster() {
    local user
    user=$(cluster_user)
    find_postgres
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/splot-tests.XXXXXX")
    chmod 711 "$scratch"
    make_folder "$scratch/s" "$user" 0700
    make_folder "$scratch/data" "$user" 0700
    check_entrance "$scratch/data" "$user"
    init_cluster "$scratch/data/cluster" --no-sync --username=splot
    printf 'local all all trust\n' >"$scratch/data/cluster/pg_hba.conf" # the folder of the socket is the password
    start_cluster "$scratch/data/cluster" "$scratch/s" "$scratch/postgres.log" -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c max_connections=300 -c shared_buffers=128MB -c autovacuum_naptime=10min
    export SPLOT_TEST_POSTGRES="host=$scratch/s user=splot dbname=postgres"
}

end_throw_away_cluster() {
    trap '' INT TERM
    stop_process "${cluster_pid:-}" INT 10
    if [ -n "$scratch" ]; then rm -rf "$scratch"; fi
}
