// SPF records to paste: what was probably meant, what several records say together, what a domain without one needs.
#pragma once

#include "checks/mail/spfrecord.h"

namespace cockpit {

// The record that was probably meant: wrong separators and mechanism names put right. Empty when it would still be
// wrong.
QString correctedSpf(const QByteArray &text);
// The same mechanisms with this at the end: "~all".
QString spfWithEnding(const SpfRecord &record, const QString &ending);
// senders: domains to include; without any, nobody may send.
QString suggestedSpf(const QStringList &senders);
// All mechanisms once, with the milder ending. Empty when one of the records cannot be read or redirects.
QString mergedSpf(const std::vector<QByteArray> &records);

} // namespace cockpit
