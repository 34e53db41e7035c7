// The ids of an actor's records, as they stand in addresses, answers and headers.
#pragma once

#include "checks/actors/recordid.h"
#include "checks/net/httpclient.h"

#include <QJsonValue>
#include <QUrl>

#include <span>
#include <vector>

namespace cockpit {

enum class IdPlace { Path, Query, Body, Header };

struct FoundId
{
    QString value; // as it is sent back: an encoded one stays encoded
    IdKind kind = IdKind::Integer;
    IdPlace place = IdPlace::Body;
    // The JSON pointer with * for each index ("/items/*/customer/id"), the name of the parameter or of the header, the
    // template of the path.
    QString where;
    // What it is an id of, by the name beside it, in lower case and the singular: "invoice" for invoiceId, /invoices/17
    // and base64 of "Invoice:17". Empty where nothing says it.
    QString resource;

    bool operator==(const FoundId &) const = default;
};

constexpr size_t kMostFoundIds = 500;

// Of an answer: its JSON at any depth, links in HTML and in JSON to the same host, Location and Link headers. Not
// times, versions, or what the name of a field says is something else (zip, phone, amount, csrf). Each (resource,
// value) once; at most kMostFoundIds. resourceHint: what a bare "id" at the top of the answer is of, mostly
// resourceOf() of the path.
std::vector<FoundId> harvestIds(const HttpResponse &answer, const QString &resourceHint = {});

// Of an address: its path and query.
std::vector<FoundId> harvestIds(const QUrl &url);

// "invoice" for /api/v1/invoices/{id} and for /api/v1/invoices; empty for paths without a word.
QString resourceOf(const QString &path);

// Those that none of the others has under the same resource, or, for kinds that no two records share, at all. What all
// tenants have in common (plans, currencies, categories) goes with it.
std::vector<FoundId> onlyIn(std::span<const FoundId> mine, std::span<const FoundId> others);

} // namespace cockpit
