// dns.inventory: all names that the product shows the world, where each was learnt and what it is likely for. Pass:
// every name that answers is in the project's addresses or in the person's list. Info: there are others, to be looked
// through, or a source of names or one of the names could not be looked at. Warn: a name that looks like staging,
// administration or a tool of the team answers everybody: a lead, since it may be meant so. observed: names[{name,
// purpose (NamePurpose|null), learnt_from[], state (NameState), leads_to, provider, addresses[], listed, status (of its
// page; null: not asked, or no answer)}], wildcard, cut, notes[], not_seen (models/unseen.h).
#pragma once

#include "checks/dns/foundnames.h"
#include "checks/engine/check.h"

namespace cockpit {

// What a visitor of a name gets that is not meant for visitors.
struct PublicPage
{
    QString url;
    int status = 0;
    bool asksForPassword = false;
    bool isHiddenFromSearch = false; // X-Robots-Tag: noindex
    bool isElsewhere = false;        // it leads to another company's page, most often to sign in
    bool isObstacle = false;         // a challenge or a refusal stands in front
    Evidence evidence;
};

struct InventoryName
{
    FoundName found;
    bool isHost = false;            // of the project: its own checks look at it
    std::optional<PublicPage> page; // of the names that are not meant for everybody, where there was an answer
    QString whyNoPage = {};         // then: why nobody knows what it is; empty where nobody listens, or it is open
};

struct InventoryFacts
{
    QString domain;
    std::vector<InventoryName> names;
    QStringList notes;
    bool hasWildcard = false;
    bool isCut = false;
    QStringList unanswered = {}; // names that an earlier look knew, and of which nobody knows whether they are there
};

NameState stateOf(const FoundName &name);
bool isOpen(const PublicPage &page); // to everybody
// Not meant for everybody, by its purpose.
bool isInside(NamePurpose purpose);

Check inventoryCheck();
Judged judgeInventory(const InventoryFacts &facts);

} // namespace cockpit
