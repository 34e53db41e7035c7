// The attack of access.forged-token. One worker, one run.
#pragma once

#include "checks/access/forgedtoken.h"
#include "checks/access/privateanswer.h"
#include "checks/access/tokenkeys.h"
#include "checks/access/tokenspot.h"
#include "checks/actors/actorsession.h"

namespace cockpit {

constexpr int kMostPastedTokens = 5;
// A sign-in, the search for an address that tells, the first controls, the keys that it publishes, all forgeries, the
// second account at the address and in the token, the last controls. That the second account signs in counts with the
// sign-ins that all checks share.
constexpr int kForgedTokenCeiling = kSignInRequests + kPrivateAnswerRequests + 2 * static_cast<int>(kMostSpots) +
                                    kKeyReads + kMostForgeries + 1 + kMostClaimForgeries + 1 + kMostAccountForgeries +
                                    kMostPastedTokens + 2;

// What a product is to refuse about a token that somebody else signed rightly, beside `good`, which it takes; empty:
// nothing known.
std::optional<ForgeryKind> pastedFaultOf(const Jwt &pasted, const Jwt *good, const NowByBoth &now);

// Test accounts whose pasted token is one that the product is to refuse, with why.
struct PastedToken
{
    TestActor actor;
    Secret token;
};

struct TokenCrew
{
    std::vector<TestActor> actors; // who can sign in, or has a pasted session that may be good
    std::vector<PastedToken> spare;
};
// Whose id is put into the token of `account`: a test account of another customer, else any other. Null for none.
// Belongs to the crew.
const TestActor *otherAccountOf(const TokenCrew &crew, const TestActor &account, const ActiveGate &gate);
// By the time at which the run began: a pasted token that is over, or not yet good, is no account to sign in with.
TokenCrew tokenCrewOf(const std::vector<TestActor> &actors, const ActiveGate &gate, const Target &target,
                      const QDateTime &now);

class ForgedTokenRun
{
public:
    // other: a second account, to put into the token; null: none is there.
    ForgedTokenRun(const Look &look, Wire &wire, ActorSession session, std::vector<PastedToken> spare,
                   const TestActor *other);

    // An error when nothing could be learnt; what ends it later is in ForgedTokenLook::brokenOff.
    [[nodiscard]] Result<ForgedTokenLook> run();

private:
    Result<void> findSpot(const Session &session);
    Result<bool> isSpot(const TokenSpot &spot);
    void forgeFirstRound();
    void forgeSecondRound(const Forgery &way);
    void tryPasted();
    void tryOtherAccount();
    void tryClaimsOf(const Jwt &theirs, const Markers &markers);
    Result<Markers> markersOfOther(ActorSession &session);
    bool isOfAnotherService(const TestActor &actor) const;
    std::optional<ForgeryKind> faultOfPasted(const PastedToken &spare) const;
    void control();
    // False when it was not taken, or nothing can be sent any more.
    bool isTaken(const Forgery &forgery);
    std::optional<HttpResponse> ask(const std::optional<Secret> &value, ActiveRequest *sent = nullptr);
    QByteArray said() const; // the claims, which a server may repeat
    bool isOver() const { return !m_result.brokenOff.isEmpty(); }

    const Look &m_look;
    Wire &m_wire;
    ActorSession m_session;
    const std::vector<PastedToken> m_spare;
    const std::optional<TestActor> m_other;
    std::optional<TokenSpot> m_spot;
    ForgedTokenLook m_result;
};

} // namespace cockpit
