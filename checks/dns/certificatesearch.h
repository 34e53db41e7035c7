// Names that certificates were issued for: every public certificate is logged (RFC 6962), and the logs can be searched.
#pragma once

#include "checks/engine/probe.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

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

} // namespace cockpit
