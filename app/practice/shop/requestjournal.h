// What a practice server was asked, so that a test can count it.
#pragma once

#include "app/practice/webpage.h"

#include <chrono>
#include <mutex>
#include <vector>

namespace cockpit {

struct JournalLine
{
    QByteArray method;
    QByteArray host;   // without the port
    QByteArray target; // path and query as they came
    int status = 0;
    std::chrono::milliseconds work{0}; // that it took to answer: counted (shopstate.h), whatever the clock said
};

class RequestJournal // any thread
{
public:
    void note(const PageRequest &request, int status, std::chrono::milliseconds work = {});
    int count() const;
    int count(const QByteArray &method, const QByteArray &path) const; // of that path, whatever its query
    int writes() const;                                                // neither GET nor HEAD nor OPTIONS
    std::vector<JournalLine> lines() const;                            // oldest first
    void clear();

private:
    mutable std::mutex m_lock;
    std::vector<JournalLine> m_lines;
};

} // namespace cockpit
