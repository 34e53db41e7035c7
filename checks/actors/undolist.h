// What was changed in somebody's product is changed back, whatever happens in between.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

#include <QStringList>

#include <chrono>
#include <functional>
#include <vector>

namespace cockpit {

struct ActiveRequest;

// One request as one actor: ActorSession::ask() or Wire::send(), or a test's own.
using Sender = std::function<Result<HttpResponse>(const ActiveRequest &)>;

struct UndoReport
{
    int done = 0;
    QStringList left; // what could not be undone, each a sentence with the address and the reason
    bool isClean() const { return left.isEmpty(); }
};

// The steps of one check. Not shared between threads. Bounded on its own, as it runs after Stop as well: at most
// kUndoTime and kUndoRequests for all of them; steps beyond that are reported as left.
class UndoList
{
public:
    static constexpr std::chrono::milliseconds kUndoTime{3000};
    static constexpr int kUndoRequests = 20;

    UndoList() = default;
    ~UndoList(); // runs what has not run
    UndoList(const UndoList &) = delete;
    UndoList &operator=(const UndoList &) = delete;

    // step: sends what takes one change back; true: it is gone. It is handed the time that is left, and is called once.
    // requests: how many it sends at most. what: "the note LC-CANARY-… at https://…", for the report.
    using Step = std::function<Result<void>(Deadline)>;
    void add(const QString &what, int requests, Step step);
    // The newest change is the one to be kept (it was read back as removed already).
    void forgetLast();
    bool isEmpty() const { return m_steps.empty(); }

    // Newest first. Every step is tried, also after one that failed. A second call has nothing to do.
    UndoReport run();

private:
    struct Entry
    {
        QString what;
        int requests = 1;
        Step step;
    };
    std::vector<Entry> m_steps;
};

// Runs a look that changes something: whatever it returns, and if it throws, the list runs afterwards, and what is left
// becomes a finding ("test_record_left") with the evidence of where it is.
Judged withUndo(const std::function<Judged(UndoList &)> &work);

} // namespace cockpit
