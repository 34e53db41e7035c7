// What checks of sessions share: an account that signs in for them alone, the address that tells whether a session is
// taken, and questions with sessions that are older, changed or only a part.
#pragma once

#include "checks/access/privateanswer.h"
#include "checks/actors/actorsession.h"
#include "checks/engine/check.h"

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

namespace cockpit {

// Which of the accounts is for ending sessions: one that the checks of roles and customers do not use, as products may
// end all sessions of an account at once; a throw-away one only where there is no other. Null for an empty list.
// Belongs to the list.
const TestActor *actorToEnd(const std::vector<TestActor> &actors);

// The account to sign in with; else the judgement: none is there, or all bring pasted sessions, which are not for
// ending. Accounts of a staging environment are left out.
std::variant<TestActor, Judged> signingActor(const Look &look);
std::variant<TestActor, Judged> signingActor(const Target &target, const ProjectFacts &facts);
// The need of a check that begins with such an account; nothing where there is none.
std::vector<RequestNeed> needOfSigningActor(const Outlook &outlook, const RequestNeed &need);

// What a session is made of may be taken alone.
enum class SessionForm { Token, Cookies, Both };
QString toWord(SessionForm value);
Session partOf(const Session &session, SessionForm form);
// Those that are different from each other.
std::vector<SessionForm> formsOf(const Session &session);

struct SeenStanding
{
    SessionStanding standing = SessionStanding::Unclear;
    ActiveRequest request; // as it was sent
    HttpResponse answer;
};

// One worker, one run; the wire outlives it.
class SessionTrial
{
public:
    // What begin() sends at most; another() sends kSignInRequests.
    static constexpr int kBeginRequests = kSignInRequests + kPrivateAnswerRequests;

    SessionTrial(const Look &look, TestActor actor, Wire &wire);

    // Signs in and finds the address that tells. NotFound when none does; else the errors of the sign-in and the wire.
    [[nodiscard]] Result<void> begin();
    ActorSession &first() { return *m_first; } // after begin()
    const PrivateAnswer &page() const { return m_page; }
    const TestActor &actor() const { return m_actor; }

    [[nodiscard]] Result<ActorSession> another() const;
    // The page as that session, whatever has become of it. TooManyRequests is an error (NotPermitted): nothing can be
    // told from there on.
    [[nodiscard]] Result<SeenStanding> ask(const Session &session);
    // The request as that session.
    ActiveRequest asSession(ActiveRequest request, const Session &session) const;
    // Waits that long. False, at once, when the run has less time left; and as soon as it is stopped or the kill switch
    // is flipped.
    [[nodiscard]] bool pause(std::chrono::milliseconds duration) const;
    std::vector<Secret> known() const;

private:
    const Look &m_look;
    const TestActor m_actor;
    Wire &m_wire;
    std::optional<ActorSession> m_first;
    PrivateAnswer m_page;
};

// The judgement for what ended a trial: not run for what is missing, else as couldNotLook().
Judged trialEnded(const Error &error);

} // namespace cockpit
