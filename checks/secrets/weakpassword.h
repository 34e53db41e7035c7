// Passwords that whoever tries some tries first. Internal to the folder.
#pragma once

#include "checks/secrets/connectionaddress.h"
#include "models/vocabulary.h"

#include <string_view>

namespace cockpit {

// "letmein", "Welcome1!", "p4ssw0rd", "123456": one of the list (stand-ins.json), however it is dressed up. No copy of
// the value is made.
bool isWeakPassword(std::string_view value);

// Everybody can ask it: a name with a domain that is nobody's own, or an address of the open network. Not those that
// RFC 2606, 6761, 6762 and 8375 keep for samples and homes, RFC 1918, 6598, 3927, 4193 and 4291 for networks of one's
// own, and not what documentations call a host.
bool isPublicHost(std::string_view host);

// A weak password with which everybody gets in: it opens more than one that nobody guesses. Of a word that forms have
// in a password's place ("password", "changeme") the user decides: "user" is a documentation's. Redis needs none.
bool opensToEverybody(const ConnectionAddress &address);
bool opensToEverybody(std::string_view value);

// The same of a password that stands apart from its host: before it stands "jdbc:…//host" or "Server=host;".
bool opensToEverybody(std::string_view before, std::string_view password);

// A weak password, and all hosts are those of documentations: "admin:admin@proxy.foo.com".
bool isOfSampleHosts(const ConnectionAddress &address);

// How serious a value is that opens to everybody: Critical, as nobody needs to find it. With a form's word it is as
// serious as its rule says: a database that everybody can ask is open with it. At a site it may be a sample that
// somebody filled in: Medium at most for the user that every server comes with ("https://admin:password@…", which
// documentations write as well).
Severity severityOfWeak(std::string_view value, Severity ofRule);

} // namespace cockpit
