// The project's routes that can be asked at a host: they only read, and their address is whole.
#pragma once

#include "checks/engine/check.h"

#include <QUrl>

#include <vector>

namespace cockpit {

struct HostRoute
{
    QUrl url;
    AccessClass access = AccessClass::SignedIn;
    bool isGuessed = false; // the access class comes from the address's name alone
    bool operator==(const HostRoute &) const = default;
};

// Each address once, in the project's order. look.host is set. Routes without a host belong to the API's (apiHost());
// where an address holds a template, what was met in its place is asked for, or nothing.
std::vector<HostRoute> routesToRead(const Look &look);

// An address that changes something: nothing is sent there but a question before the change (OPTIONS).
struct WriteRoute
{
    QByteArray method;
    QUrl url;
    bool operator==(const WriteRoute &) const = default;
};
// Each address once, with the first of its methods, and none that is read, too. Else as above.
std::vector<WriteRoute> routesToWrite(const Look &look);

} // namespace cockpit
