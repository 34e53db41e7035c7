// What a host says to addresses that do not exist (facts 13.1): single-page apps answer 200 with their shell, others
// echo the path. A file only counts as exposed when the answer differs from what any invented neighbour gets.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

#include <vector>

namespace cockpit {

// Six invented addresses, one per class of path; word is unique to the run.
std::vector<HttpGet> baselineQuestions(const Host &host, const QString &word);

// The first bytes are proof enough, and nothing is downloaded: bytes=0-4095.
HttpGet firstBytesOf(const QUrl &url);

// Does it look like what an invented address got? Same kind of status and nearly the same words.
bool isBaseline(const HttpResponse &candidate, const std::vector<HttpResponse> &baselines);

} // namespace cockpit
