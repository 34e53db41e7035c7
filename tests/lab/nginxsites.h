// Virtual hosts for nginx, each with one deliberate trait: one thing wrong, or one thing right that looks wrong. Beside
// it everything is as it should be, so that whatever is found comes from the trait.
#pragma once

#include "models/target.h"
#include "tests/lab/realserver.h"

namespace cockpit::lab {

struct NginxSite
{
    NginxHost host;
    HostRole role = HostRole::App;
    QStringList expected = {}; // "http.csp missing", sorted; empty: nothing is wrong
};

std::vector<NginxSite> nginxSites();

} // namespace cockpit::lab
