// One address asked again and again, one request after the other: how long each phase of an answer takes.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

struct HttpSeries
{
    struct Seen
    {
        std::vector<HttpResponse> samples; // in order; the first one opened a connection of its own
        int failures = 0;
        std::optional<std::chrono::milliseconds> nameTime; // of the DNS look-ups; empty where none was needed

        bool operator==(const Seen &) const = default;
    };
    using Answer = Seen;

    QUrl url;
    int count = 1;
    std::chrono::milliseconds atMost{20000}; // no request begins later

    QString key() const;
    int roundTrips() const { return count; }
};

// The connection is kept where the server lets it be (HTTP/1.1 keep-alive, HTTP/2), as a browser does. Requests never
// overlap, over HTTP/2 neither: side by side they would slow each other down. No answer, and one with status 429 or
// 5xx, is a failure; three in a row end the series. Errors: those of HttpGet, and Protocol, when there is not one
// sample.
[[nodiscard]] Result<HttpSeries::Seen> probe(const HttpSeries &question, ProbeContext &context);

} // namespace cockpit
