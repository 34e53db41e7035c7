// The parts of an address that somebody signs in at. Internal to the folder.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

namespace cockpit {

// scheme://[user[:password]@]host[:port][,host[:port]…][/…] (RFC 3986 section 3.2; a list of hosts is how MongoDB and
// PostgreSQL write a cluster). Views into the value.
struct ConnectionAddress
{
    std::string_view chosen; // the password; the user where there is none; else empty
    std::string_view user;   // empty where there is no password
    std::string_view hosts;  // with their ports, parted by commas
    std::string_view scheme; // "postgres", "mongodb+srv", in the value's letter case
};

// Nothing where the value has no scheme.
std::optional<ConnectionAddress> connectionAddressOf(std::string_view value);

// The list of hosts that an address has at this place.
std::string_view hostsAt(std::string_view rest);

// Without its port; an IPv6 address keeps its brackets.
std::string_view withoutPort(std::string_view host);

// Whether an @ follows in the same word behind the address that ends at `end`: what looks like its host is a piece of
// the password then ("postgres://app:pa@ss?wo/rd@db.acme.io" up to "ss").
bool goesOnToAnotherHost(std::string_view text, size_t end);

// One of the hosts has a domain or a number: a name of one word, such as "db", can be asked for in one composed network
// alone.
bool isReachedByName(const ConnectionAddress &address);

// Whether it is true of every host, and there is one. What is asked gets the host without its port.
template<typename Predicate>
bool isEachHost(std::string_view hosts, Predicate isTrue)
{
    if (hosts.empty())
        return false;
    for (size_t at = 0; at <= hosts.size();) {
        const size_t end = std::min(hosts.find(',', at), hosts.size());
        if (!isTrue(withoutPort(hosts.substr(at, end - at))))
            return false;
        at = end + 1;
    }
    return true;
}

} // namespace cockpit
