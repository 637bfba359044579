# Installs what is missing from hub/packages.txt. Sourced by hub/run, tests/run and .ci/run, which stand on `set -euo
# pipefail` and have set $root, the checkout.
: "${root:?}"

say() { printf '%s\n' "$@"; }
fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# packages_of GROUP…: the names listed under these groups.
packages_of() {
    local group
    for group in "$@"; do awk -v group="$group" '$1 == group { print $2 }' "$root/hub/packages.txt"; done
}

# missing_packages PACKAGE…: those of them that are not installed.
missing_packages() {
    comm -23 <(printf '%s\n' "$@" | sort -u) <({ installed_packages && node_from_elsewhere; } | sort -u)
}

# Node.js often comes from its makers, whose package brings npm along and excludes Debian's.
node_from_elsewhere() {
    if command -v node >/dev/null; then echo nodejs; fi
    if command -v npm >/dev/null; then echo npm; fi
}

# installed_packages [PATTERN]: none is no error, though dpkg-query says so.
installed_packages() {
    { dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true; } |
        awk '$1 == "installed" { print $2 }'
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# show_apt_progress LOG: turns apt's status lines into one line for a terminal (a line every tenth elsewhere); the rest
# goes to the log.
show_apt_progress() {
    local log=$1 line percent shown=-1
    while IFS= read -r line; do
        case $line in
            dlstatus:* | pmstatus:*)
                percent=${line#*:*:} percent=${percent%%:*} percent=${percent%%[.,]*}
                if [ -t 1 ]; then
                    printf '\r\033[K  %s  %3d %%' "$([ "${line%%:*}" = dlstatus ] && echo downloading || echo installing)" "$percent"
                elif [ "${percent:-0}" -ge $((shown + 25)) ] || [ "${percent:-0}" -lt "$shown" ]; then
                    printf '  %s %d %%\n' "$([ "${line%%:*}" = dlstatus ] && echo downloading || echo installing)" "$percent"
                    shown=$percent
                fi
                ;;
            *) printf '%s\n' "$line" >>"$log" ;;
        esac
    done
    if [ -t 1 ]; then printf '\r\033[K'; fi
}

apt_get() {
    local log=$1
    shift
    # shellcheck disable=SC2094 # both only append
    as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y -o APT::Status-Fd=1 -o Dpkg::Use-Pty=0 "$@" \
        </dev/null 2>>"$log" | show_apt_progress "$log"
}

# The packages of Boost 1.74 and of 1.81 exclude each other: ask before the package manager replaces the older ones.
agree_to_replace_boost() {
    local yes=$1 old answer
    old=$(installed_packages 'libboost*1.74-dev' | tr '\n' ' ')
    if [ -z "$old" ] || [ "$yes" = yes ]; then return; fi
    say "Splot is built with Boost 1.81. Debian's headers of Boost 1.74 cannot stay beside it; apt would remove:" "  $old"
    if [ ! -t 0 ]; then fail "Start again with --yes to agree."; fi
    read -r -p "Replace them? [y/N] " answer
    case $answer in y | Y | yes) ;; *) fail "Nothing was changed." ;; esac
}

# Debian makes and starts a cluster "main" when PostgreSQL arrives. It was not asked for: our cluster is private.
no_main_cluster=/etc/postgresql-common/createcluster.d/splot.conf
forbid_main_cluster() {
    as_root mkdir -p "${no_main_cluster%/*}"
    echo 'create_main_cluster = false' | as_root tee "$no_main_cluster" >/dev/null
}
allow_main_cluster() {
    if [ -e "$no_main_cluster" ]; then
        as_root rm -f "$no_main_cluster"
        as_root rmdir --ignore-fail-on-non-empty "${no_main_cluster%/*}"
    fi
}

# install_packages YES GROUP…: installs what is missing of these groups and says which. YES is "yes" to replace Boost
# 1.74 without asking.
install_packages() {
    local yes=$1 log status=0
    local -a missing
    shift
    if ! command -v dpkg-query apt-get >/dev/null; then
        say "This is no Debian: make sure yourself that these are there:" "  $(packages_of "$@" | tr '\n' ' ')"
        return
    fi
    # shellcheck disable=SC2046 # names of packages have no spaces
    mapfile -t missing < <(missing_packages $(packages_of "$@"))
    if [ ${#missing[@]} = 0 ]; then return; fi
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        fail "These packages are missing, and there is no sudo to install them with:" "  ${missing[*]}"
    fi
    case " ${missing[*]} " in *" libboost"*) agree_to_replace_boost "$yes" ;; esac
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    log=$(mktemp)
    trap allow_main_cluster EXIT
    case " ${missing[*]} " in *" postgresql-15 "*) forbid_main_cluster ;; esac
    { apt_get "$log" update && apt_get "$log" install --no-install-recommends "${missing[@]}"; } || status=$?
    allow_main_cluster
    trap - EXIT
    if [ "$status" != 0 ]; then
        tail -n 30 "$log" >&2
        fail "The packages could not be installed; the whole log is in $log."
    fi
    rm -f "$log"
}
