# Sourced by installer/run and tests/run: installs what is missing of the sections asked for.
# install_packages LIST SECTION…

packages_of() { # LIST SECTION…
    local list=$1
    shift
    awk -v wanted=" $* " '
        /^#/ || NF == 0 { next }
        /^\[/ { section = substr($0, 2, length($0) - 2); next }
        index(wanted, " " section " ") { print $1 }' "$list"
}

missing_packages() { # PACKAGE…
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done
}

install_packages() { # LIST SECTION…
    command -v dpkg-query >/dev/null || {
        echo "This script installs packages with apt, which this system does not have." >&2
        echo "Install the packages of $1 by hand, then build with: cmake --preset release && cmake --build --preset release" >&2
        return 1
    }
    local missing
    # shellcheck disable=SC2046
    missing=$(missing_packages $(packages_of "$@"))
    [ -n "$missing" ] || return 0
    echo "Installing:" $missing >&2
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "Please install these packages as root, then run this again:" >&2
            echo "  apt-get install --no-install-recommends" $missing >&2
            return 1
        }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -q >&2 || echo "The package lists could not be refreshed; trying with what is there." >&2
    # shellcheck disable=SC2086
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >&2
}
