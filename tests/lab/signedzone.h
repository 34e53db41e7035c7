// DNSSEC for tests: a zone signed offline (ldns), with the dates and the breakage that a test wants.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace cockpit::lab {

struct SignedZone
{
    QByteArray file; // master format, absolute names, one record a line
    QByteArray ds;   // the line for the parent's zone
};

// One key signs all. plain: the zone in master format, with its SOA.
SignedZone signZone(const QString &name, const QByteArray &plain, const QDateTime &inception,
                    const QDateTime &expiration);

// The lines without those that hold a word, such as "\tRRSIG\tSOA".
QByteArray withoutLines(const QByteArray &zone, const QByteArray &word);

// The others.
QByteArray onlyLines(const QByteArray &zone, const QByteArray &word);

} // namespace cockpit::lab
