// Ids of one customer put where another one's would stand. Pure.
#pragma once

#include "checks/actors/idharvest.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace cockpit {

// By what the product tells its customers apart in its own answers: "tenant_id" is 1 for one, and 2 for the other.
struct TenantSwitch
{
    QString field; // as it is called in JSON
    QString owners;
    QString outsiders;

    bool operator==(const TenantSwitch &) const = default;
};

// The fields of both that name a tenant ("organization_id", "workspaceId") and have one value each, a different one.
std::vector<TenantSwitch> tenantSwitches(std::span<const FoundId> owners, std::span<const FoundId> outsiders);

// "X-Tenant-Id" for "tenantId" and "tenant_id".
QByteArray headerNameOf(const TenantSwitch &one);

// An id of the same kind that no record has: what is said about it is what is said about nothing. Empty for kinds that
// cannot be made up.
QString inventedIdLike(const QString &id);

// Ids for the places of a body: of a record by what it is an id of (empty: whatever has no name), of a tenant by the
// field.
struct IdsForBody
{
    QString resource;
    QString id;
    QString ownId; // of the one who asks; goes first where several are taken. Empty: none
    std::vector<TenantSwitch> tenants = {};
};

// Whether a field of the JSON, or of what is in it, is an id of something by its name.
bool asksForIds(const QByteArray &json);

// The JSON with the ids in the places of its own ones: lists of ids get both, numbers stay numbers. Empty when it has
// no such place, or is no JSON.
std::optional<QByteArray> bodyWithIds(const QByteArray &json, const IdsForBody &ids);

} // namespace cockpit
