// What was changed in somebody's product is changed back, whatever happens in between.
#pragma once

#include "checks/engine/activegate.h"
#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace cockpit {

struct ActiveRequest;

// One request as one actor: ActorSession::ask() or Wire::send(), or a test's own.
using Sender = std::function<Result<HttpResponse>(const ActiveRequest &)>;

struct UndoReport
{
    int done = 0;
    QStringList left; // what could not be undone, one line for each with the address and the reasons
    int unseen = 0;   // so many of them: nobody could see whether it is undone
    // What may have been made beside, though no answer took it and nothing could show it: a sentence each. None of
    // `left`, as nothing speaks for it but that the product broke down.
    QStringList doubts = {};
    bool isClean() const { return left.isEmpty(); }
    void add(const UndoReport &other);
};

// The steps of one check. Not shared between threads. Bounded on its own, as it runs after Stop as well: from then on
// within kUndoGrace and kUndoRequests (activegate.h), else within kUndoTime after the last step that succeeded, as a
// product that is slow gets the time that it needs; steps beyond that are reported as left.
class UndoList
{
public:
    static constexpr std::chrono::seconds kUndoTime{30};

    // isOver: the run was stopped or is out of time.
    explicit UndoList(std::function<bool()> isOver);
    ~UndoList(); // runs what has not run
    Q_DISABLE_COPY_MOVE(UndoList)

    // Sends what takes one change back, as requests with the errand Undo, each with a time limit within the deadline.
    // Called once. An error says why the change is still there; NotFound and TimedOut, why nobody could see whether it
    // is.
    using Step = std::function<Result<void>(Deadline)>;
    // What is confirmed: a step that succeeded, or also one that failed, which may have taken back a part.
    enum class Confirming { WhatSucceeded, Always };
    // requests: how many it sends where the product is well behaved; a limit, or an account that was signed out, costs
    // more. Over, the list begins no step that would lead beyond kUndoRequests so; the gate counts what is really sent,
    // and what it refuses is reported as left. what: "the record LC-CANARY-… at https://…", for the report. confirm:
    // run once all steps are done: what shows that they did it. An error says why it does not.
    void add(const QString &what, int requests, Step step, Step confirm = {},
             Confirming confirming = Confirming::WhatSucceeded);
    bool isEmpty() const { return m_steps.empty(); }
    // For the report (UndoReport::doubts); each once.
    void doubt(const QString &sentence);

    // Newest first. Every step is tried, also after one that failed. A second call has nothing to do.
    UndoReport run();

private:
    struct Entry
    {
        QString what;
        int requests = 1;
        Step step;
        Step confirm;
        Confirming confirming = Confirming::WhatSucceeded;
        bool isDone = false;
        std::optional<qsizetype> leftAt = {}; // what is said of it in UndoReport::left
        bool isUnseen = false;                // counted in UndoReport::unseen
    };
    static void noteError(Entry &entry, const Error &error, UndoReport &report);
    static bool isConfirmed(Entry &entry, Deadline limit, UndoReport &report);
    Deadline limitedBy(Deadline whole, std::optional<Deadline> &grace) const;

    const std::function<bool()> m_isOver;
    std::vector<Entry> m_steps;
    QStringList m_doubts;
};

// Finishes a judgement: a record that is left becomes a finding ("test_record_left"), the reason says it too. A lead
// where nobody could see whether anything is. Doubts are said in the reason alone; what would pass is info then.
void noteLeft(Judged &judged, const UndoReport &report);

// Runs a look that changes something: whatever it returns, the list runs afterwards (also when it throws), and what is
// left is noted.
Judged withUndo(Observations &seen, const std::function<Judged(UndoList &)> &work);

} // namespace cockpit
