// A logo for BIMI: SVG Tiny Portable/Secure (draft-svg-tiny-ps-abrotman), as far as its outside shows.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

namespace cockpit {

constexpr qint64 kBimiLogoCap = 32LL * 1024; // BIMI: "should not exceed 32 kilobytes"

// What mailbox companies would refuse, as sentences; empty for a sound logo. Entities are not expanded.
QStringList faultsOfBimiLogo(const QByteArray &svg);

// Why the first certificate of a PEM file is no mark certificate (VMC, CMC) for today; empty when it is one.
QString faultOfMarkCertificate(const QByteArray &pem, const QDateTime &now);

} // namespace cockpit
