// The audit log: one line for each request that an active check sent.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <vector>

namespace cockpit {

struct LoggedRequest
{
    QDateTime at;
    QString checkId, method, host;
    QString route;      // template or path, without the values of a query
    QString actor;      // name of the TestActor; empty: signed out
    int status = 0;     // 0: no answer
    int durationMs = 0; // until the answer was complete
    QString note;       // "undo", "TimedOut"

    bool operator==(const LoggedRequest &) const = default;
};

// What a project keeps; older ones are forgotten.
constexpr std::size_t kMostLoggedRequests = 10'000;

// With secrets masked, the values of a query gone, and every text cut to what a line holds.
LoggedRequest tidied(LoggedRequest request);

// With a header, UTF-8, CRLF (RFC 4180), formulas made harmless; times in UTC (ISO 8601).
QByteArray toCsv(const std::vector<LoggedRequest> &requests);

} // namespace cockpit
