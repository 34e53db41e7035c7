// Registration data: what a registry says about a domain (RDAP: RFC 9082, 9083; the way to its server: RFC 9224).
#pragma once

#include "checks/engine/probe.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <map>
#include <optional>

namespace cockpit {

// Which server knows the domains of which registry.
class RdapBootstrap
{
public:
    // dns.json of the IANA. BadInput when it has not that form.
    [[nodiscard]] static Result<RdapBootstrap> parse(const QByteArray &json);
    // The selection that comes with the program. Any thread.
    static const RdapBootstrap &shipped();

    // The server of the longest suffix that fits; an https one where there is a choice. Empty when none is known.
    std::optional<QUrl> serverFor(const QString &domain) const;

private:
    std::map<QString, QUrl> m_servers; // by suffix
};

// One registration, from the registry or from the registrar.
struct Registration
{
    QString domain;
    QString registrar;    // empty when it is not said
    QDateTime registered; // UTC; not valid when it is not said, like the others
    QDateTime expires;
    QDateTime changed;
    QStringList statuses;  // "client transfer prohibited" (RFC 8056), lower case
    bool isSigned = false; // secureDNS.delegationSigned
    QUrl registrarServer;  // the registrar's own record of it (link "related"), may be empty

    bool has(QLatin1StringView status) const { return statuses.contains(status); }
    bool operator==(const Registration &) const = default;
};

// Protocol when it is no RDAP answer about a domain.
[[nodiscard]] Result<Registration> parseRegistration(const QByteArray &json);

enum class RdapState {
    Registered,
    NotRegistered, // 404: the registry has no such domain
    NoServer,      // the registry offers no RDAP
    Busy,          // 429: too many questions
};

struct RdapAnswer
{
    RdapState state = RdapState::NoServer;
    QUrl server; // that was asked; empty for NoServer
    Registration registry;
    std::optional<Registration> registrar; // where the registry links to it and it answered
    QString retryAfter;                    // Busy: what the server says, seconds or a date; may be empty

    bool operator==(const RdapAnswer &) const = default;
};

// domain: the registrable one, A-labels. The list that came with the program is looked at first; a suffix that it does
// not have is looked for in the IANA's list of today.
struct RdapLookup
{
    using Answer = RdapAnswer;
    QString domain;
    QString key() const { return domain; }
    int roundTrips() const { return 0; } // its requests ask
};
// Errors: those of the exchange; Protocol for an answer that is neither a registration nor one of the states.
[[nodiscard]] Result<RdapAnswer> probe(const RdapLookup &question, ProbeContext &context);

} // namespace cockpit
