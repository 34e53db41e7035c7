// Names that certificates were issued for: every public certificate is logged (RFC 6962), and the logs can be searched.
#pragma once

#include "checks/engine/probe.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

// Asks crt.sh, whose answer is JSON; --connect crt.sh:443:… leads it elsewhere.
struct CertificateSearch
{
    using Answer = QStringList; // names at and below the domain, A-labels, sorted, no wildcards
    QString domain;
    QString key() const { return domain; }
    int roundTrips() const { return 0; } // its request asks
};
// Errors: those of the exchange; Protocol for any answer but a list. The service is often slow or down: nothing that
// matters may rest on it.
[[nodiscard]] Result<QStringList> probe(const CertificateSearch &question, ProbeContext &context);

// [{"name_value": "a.example.com\n*.b.example.com", …}, …]. A list that was cut off counts up to its last whole entry.
[[nodiscard]] Result<QStringList> namesInSearchAnswer(const QByteArray &json, const QString &domain);

// A certificate in the logs, as the search tells of it.
struct LoggedCertificate
{
    QString issuerOrganization; // O of the issuer; may be empty
    QString issuer;             // its common name, or all of it without one
    QStringList names;          // wildcards kept, lower case
    QDateTime notBefore;        // UTC
    QDateTime notAfter;
    qint64 id = 0; // the search's own; 0: it gave none

    bool operator==(const LoggedCertificate &) const = default;
};

struct LoggedList
{
    std::vector<LoggedCertificate> certificates; // each once
    bool isCut = false;                          // there are more
};

// The same search, read for who issued, and a second one for the domain itself, which no pattern for the names below
// it matches.
struct LoggedCertificates
{
    using Answer = LoggedList; // those that have not expired at `now`, at most 500 of each search
    QString domain;
    QDateTime now;
    QString key() const { return domain + now.toString(Qt::ISODate); }
    int roundTrips() const { return 0; } // its request asks
};
// Where one of the two did not answer, the other's list is cut. Errors, where neither did: those of CertificateSearch.
[[nodiscard]] Result<LoggedList> probe(const LoggedCertificates &question, ProbeContext &context);

// [{"issuer_name": "C=US, O=Let's Encrypt, CN=R11", "name_value": …, "not_before": "2026-05-01T10:00:00", …}, …]
[[nodiscard]] Result<LoggedList> certificatesInSearchAnswer(const QByteArray &json, const QDateTime &now);
// Both lists as one; a certificate that both searches found has the names of both.
LoggedList joined(LoggedList list, const LoggedList &more);
// A value of a distinguished name as text: "C=US, O=\"Acme, Inc.\", CN=A1". Empty when it has no such attribute.
QString attributeIn(const QString &distinguishedName, const QString &attribute);

} // namespace cockpit
