// One project, several products: a shop with an API and a back office with pages are signed in to at hosts of their
// own, by accounts of their own. A check of accounts asks each with its accounts alone: the session of one says nothing
// at the other.
#pragma once

#include "checks/engine/check.h"

#include <vector>

namespace cockpit {

struct Product
{
    QString name; // the first host at which its accounts sign in; empty where there is one product
    ProjectFacts facts;
    QStringList hosts = {}; // of the target; empty where there is one product
};

// At least one, in the order of the accounts. A host is a product of its own where it is one of the target's and
// accounts of two tenants sign in there: customers with a host each (birch.example.com, cedar.example.com) share one
// product. So do a host for members and one for administrators of the same tenants, and hosts whose accounts ask at the
// same host who they are. Each has its own accounts, routes, samples and hosts, and what was observed of it before;
// what belongs to no other is of the first. Signing keys are in none, nor are accounts of a staging environment unless
// there are no others.
std::vector<Product> productsOf(const Target &target, const ProjectFacts &facts);

// In `observed` of a check that looked at several: what it observed of each, by name. That is what its next look is
// given; a part that was not seen this time stays as it was.
inline constexpr QLatin1StringView kProductsKey("products");

// What was seen of each, as one: all findings, each once; where a part was not seen it is no pass and says what. Lists
// in `observed` are joined, its counts of requests added, the rest is of the first that was seen, and kProductsKey has
// all of it apart. before: what the last look observed. Pure.
struct ProductSight
{
    QString name;
    Judged judged;
};
Judged joined(const std::vector<ProductSight> &sights, const QJsonObject &before = {});

// The same check, asked of each product in turn. It announces what it needs for all of them.
Check perProduct(Check check);
// Each of them but those named: what needs to see all accounts at once.
std::vector<Check> perProduct(std::vector<Check> checks, const QStringList &butThese = {});

} // namespace cockpit
