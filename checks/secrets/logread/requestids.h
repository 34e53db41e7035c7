// Whether the lines of a log can be followed from one to the next of the same request.
#pragma once

#include "checks/secrets/logread/logline.h"

#include <unordered_map>

namespace cockpit {

struct IdCounts
{
    qint64 entries = 0; // further lines of a stack trace are of the entry before
    qint64 withId = 0;

    bool operator==(const IdCounts &) const = default;
};

struct IdsSeen
{
    IdCounts product; // lines that a web server did not write by itself
    IdCounts access;
    IdCounts requests; // of the product's lines: those that tell of a request (path and status)
    IdCounts errors;   // of the product's lines
    qint64 distinct = 0;
    qint64 shared = 0;    // ids that stand on two lines or more
    qint64 unrelated = 0; // entries of files in which no line has an id or tells of a request: of the machine, of a job
};

// One thread. Ids are remembered by a number made of them alone.
class IdCounter
{
public:
    static constexpr size_t kMostIds = 200'000;

    void add(const LogLine &line);
    void endFile();
    IdsSeen seen() const; // of the files that have ended

private:
    IdsSeen m_seen;
    IdsSeen m_file;                         // the one at hand
    std::unordered_map<size_t, bool> m_ids; // seen again
};

} // namespace cockpit
