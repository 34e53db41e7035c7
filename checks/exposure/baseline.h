// What a host says to addresses that do not exist (facts 13.1): single-page apps answer 200 with their shell, others
// echo the path. A file only counts as exposed when the answer differs from what any invented neighbour gets.
#pragma once

#include "checks/engine/check.h"
#include "checks/web/firstbytes.h"

#include <vector>

namespace cockpit {

// Six invented addresses, one per class of path; word is unique to the run.
std::vector<HttpGet> baselineQuestions(const Host &host, const QString &word);

// Does it look like what an invented address got? Same kind of status and nearly the same words, what is only an echo
// of the address left aside.
bool isBaseline(const HttpResponse &candidate, const std::vector<HttpResponse> &baselines);

// Where nothing is, of the same ending as path: "/lc-….md" for "/docs/notes.md". Empty when path has no ending, or one
// that baselineQuestions() asks for. Servers answer by the ending, too: pages for *.md, scripts for *.php.
QString inventedNeighbour(const QString &path, const QString &word);

// What an invented address of the same class got (facts 13.1): with a dot in front, a script, a folder, below /api.
const HttpResponse *ownBaseline(const QString &path, const std::vector<HttpResponse> &baselines);
// The server tells this address from an invented one of its class by the status.
bool isSelective(const HttpResponse &answer, const QString &path, const std::vector<HttpResponse> &baselines);

} // namespace cockpit
