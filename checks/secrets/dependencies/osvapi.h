// The OSV database's interface (https://google.github.io/osv.dev/api/): which known holes do these packages have? Names
// and versions of packages are all that is sent, over a connection with a good certificate.
#pragma once

#include "checks/engine/observations.h"
#include "checks/secrets/dependencies/advisory.h"

#include <map>

namespace cockpit {

constexpr auto kOsvApi = "https://api.osv.dev/v1";
constexpr qsizetype kPackagesPerQuestion = 500; // the interface takes 1000; half of them are answered well within 5 s
constexpr int kMostQuestions = 120;             // of lists, in one run
constexpr size_t kMostDetails = 250;            // advisories that are read in full

struct OsvAnswer
{
    std::vector<QStringList> ids;           // by asked package: of the advisories that affect it
    std::vector<size_t> unasked;            // indexes of packages without a (whole) answer
    std::map<QString, Advisory> advisories; // by id, those that could be read
    QStringList unread;                     // ids of which no more than the id is known
    std::optional<Error> gap;               // why something is unasked or unread: the first reason
};

// packages: each (ecosystem, name, version) once; of the first ones' holes the details are read first. Blocking,
// bounded by the run. Any answer but a right one leaves its packages unasked.
OsvAnswer askOsv(Observations &seen, const std::vector<Dependency> &packages);

} // namespace cockpit
