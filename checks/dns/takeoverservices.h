// Services where a name can outlive the customer it belonged to, and what they answer then
// (resources/rules/takeover-services.json; its form: resources/schemas/takeover-services.schema.json).
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class TakeoverKind {
    Web, // the suffixes are of CNAME targets
    Dns, // the suffixes are of name servers, and the sign is that they refuse the zone
};

// Whether somebody else could be served under a name that is left over there.
enum class TakeoverClaim {
    Yes,              // by anybody with an account
    OwnershipChecked, // the service asks for proof: left over, and no danger by itself
    EdgeCase,         // it depends on what cannot be seen from outside: never called claimable
};
QString toWord(TakeoverClaim claim); // "yes", "checked", "edge": as in the file

struct TakeoverService
{
    QString id;
    QString name;
    TakeoverKind kind = TakeoverKind::Web;
    QStringList suffixes;           // patterns of host names (models/providers.h)
    QStringList texts;              // any of them in the body says "no such site"
    std::vector<int> statuses;      // with one of these; empty: with any error, 400 and above
    bool missingNameIsSign = false; // the service takes the name out of the DNS instead
    TakeoverClaim claim = TakeoverClaim::EdgeCase;
    QString note; // why, for people

    bool operator==(const TakeoverService &) const = default;
};

// BadInput names the entry and what is wrong with it.
[[nodiscard]] Result<std::vector<TakeoverService>> parseTakeoverServices(const QByteArray &json);
// Those that come with the program. Any thread.
const std::vector<TakeoverService> &knownTakeoverServices();

// The service to which one of these names belongs, the last name first; null when none does.
const TakeoverService *takeoverServiceOf(const QStringList &names, TakeoverKind kind);

// Does this answer say that the service has no such site? Meaningless for an answer from anywhere else.
bool saysNoSuchSite(const TakeoverService &service, int status, const QByteArray &body);

} // namespace cockpit
