// What can be wrong with the forms of an address; each function gives the first fault of its kind.
#pragma once

#include "checks/http/canonical.h"

#include <set>

namespace cockpit {

bool isDeepLink(const QUrl &url);
bool hasArrived(const Entry &entry);
bool isDead(const Entry &entry); // nobody answered on its way, though there is an address to ask
bool keepsPath(const Entry &entry);
bool keepsQuery(const Entry &entry);

// The hosts that show visitors a page of their own; one that only sends them on by a page counts as where it leads.
std::set<QString> pageHosts(const std::vector<Entry> &entries);

std::vector<Finding> canonicalFindings(const std::vector<Entry> &entries);

} // namespace cockpit
