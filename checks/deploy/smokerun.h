// The five steps of deploy.smoke, one after the other. One worker, one run.
#pragma once

#include "checks/actors/actorsession.h"
#include "checks/actors/crew.h"
#include "checks/actors/undolist.h"
#include "checks/deploy/smoke.h"
#include "checks/web/denial.h"

#include <optional>

namespace cockpit {

// So many reads are asked for, each by itself.
constexpr std::size_t kMostSmokeReads = 3;

// The most requests that one run sends besides those of a shared sign-in.
int smokeCeiling();

class SmokeRun
{
public:
    SmokeRun(const Look &look, const TestActor &actor, Wire &wire, UndoList &undo);

    ~SmokeRun(); // runs what is left of the list
    Q_DISABLE_COPY_MOVE(SmokeRun)

    // An error when the run ended before its time: stopped, switched off, host not reached.
    [[nodiscard]] Result<SmokeLook> run();

    // What is left of the test record; empty before the end.
    const UndoReport &left() const { return m_left; }

private:
    struct ReadAnswer
    {
        ActiveRequest request;
        HttpResponse answer;
        bool isGuessed = false; // nobody said that the route is private
    };

    Result<void> steps();
    Result<void> signIn();
    ActiveRequest inventedLike(const ActiveRequest &request) const; // an address on that host where nothing is
    Result<void> askInvented(const ActiveRequest &like);
    Result<std::optional<bool>> isForEverything(const ActiveRequest &request, const HttpResponse &answer);
    Result<void> read();
    SmokeResult resultOfRead(const ActiveRequest &request, const Result<HttpResponse> &answer) const;
    Result<void> tryProtected();
    Result<void> write();
    Result<void> signOut();
    Result<void> lookAfterSignOut(SmokeResult &result);

    // Whether one of the reads shows that strangers are kept out or let in; fills in the result.
    Result<bool> settlesOpen(const ReadAnswer &good, const HttpResponse &answer, SmokeResult &result);
    Result<bool> settles(const ReadAnswer &good, SmokeResult &result);
    bool isTheEnd(const Error &error) const;
    static bool isLimit(int status);
    bool isShell(const HttpResponse &answer) const;
    ActorSession &session() { return *m_session; }
    void note(SmokeResult result, Clock::time_point began);
    Evidence proof(const ActiveRequest &request, const HttpResponse &answer, bool signedOut = false) const;

    const Look &m_look;
    Wire &m_wire;
    UndoList &m_undo;
    ActorSession m_shared;
    std::optional<ActorSession> m_own; // empty for pasted sign-ins, which have but the one session
    ActorSession *m_session = nullptr;
    std::vector<ReadAnswer> m_reads; // that worked
    InventedAnswers m_invented;      // empty when none could be asked
    UndoReport m_left;
    SmokeLook m_result;
};

} // namespace cockpit
