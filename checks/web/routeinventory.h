// Every route of the product that can be learnt from outside (facts 15), beside those that the project lists.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

struct RouteInventory
{
    std::vector<Route> routes; // found, each once, with where it came from; not those that only the project lists
    QStringList sources;       // stable words of what was read: "links", "forms", "page code", "robots.txt", "sitemap",
                               // "OpenID", "OpenAPI", "GraphQL"
    int hostsRead = 0;         // with their first page, or what else they hand out where the product refuses that one
    int hostsSilent = 0;       // hosts whose page could not be had
};

// The page of each host with its links, forms and code; robots.txt, sitemaps, OpenID and API documents; an open GraphQL
// schema. Polite: one page a host, and files at fixed places. Each question is asked once a run.
RouteInventory routeInventory(const Look &look);

// The name of the host that routes without a host are on; empty without hosts.
QString usualHostOf(const Target &target);

} // namespace cockpit
