// A test account at work: asks as it, through one check's wire. All checks of a run share one sign-in per account
// (signedin.h).
#pragma once

#include "checks/actors/signedin.h"
#include "checks/actors/signin.h"
#include "checks/engine/netoptions.h"

#include <chrono>
#include <memory>
#include <optional>
#include <set>

namespace cockpit {

struct EmptyRead;

// Who the product says that somebody is.
struct ActorHealth
{
    bool isSignedIn = false;
    QString name = {};     // as the product says it; empty when it does not tell
    QString sentence = {}; // "Signed in as anna@acme.test.", or why not

    bool operator==(const ActorHealth &) const = default;
};

// Belongs to the worker of its wire, which outlives it.
class ActorSession
{
public:
    // Nothing is sent before the first request.
    ActorSession(TestActor actor, Wire &wire);

    const TestActor &actor() const { return m_actor; }
    const Wire &wire() const { return *m_wire; }

    // Signs in if nobody has yet. The errors of SignedIn.
    [[nodiscard]] Result<void> signIn();
    // One request as that account: its cookies, its token and (where something changes) the anti-forgery token are
    // added unless the request has such a header itself; in a form the token goes into its field, too. Cookies of the
    // answer are kept, unless the request brought its own. A token that is about to expire is renewed before
    // (isRenewalDue), and one that comes back ended already is used until it is refused. A program
    // (SignInKind::OAuthClient) has no refresh token (RFC 6749 section 4.4.3): it asks for another one, also where a
    // read is refused as of a token that has ended (RFC 6750 section 3.1), and the read is sent once more; ten times a
    // run at most, and where the other one ends at once it is used until it is refused. An answer that says "signed
    // out" is an answer: ask health() whether the session still lives.
    [[nodiscard]] Result<HttpResponse> ask(ActiveRequest request);
    // The same requests side by side (Wire::sendAll).
    [[nodiscard]] std::vector<Result<HttpResponse>> askAll(std::vector<ActiveRequest> requests, bool atOnce);
    // A WebSocket as that account (Wire::open): as ask(), and never a second time.
    [[nodiscard]] Result<WireOpening> open(ActiveRequest handshake);
    // The request as ask() would send it, not sent: for checks that change its token.
    [[nodiscard]] Result<ActiveRequest> prepared(ActiveRequest request);

    // Who the product says that it is now (TestActor::whoAmIUrl). The errors of whoIs().
    [[nodiscard]] Result<QString> whoAmI();
    // The same for people. An error only when nobody could ask (no permission, stopped, host not reached).
    [[nodiscard]] Result<ActorHealth> health();

    // A sign-in of its own, counted against the check, which other checks do not share: for what ends or bends a
    // session. NotPermitted for the pasted kinds, which have but the one.
    [[nodiscard]] Result<ActorSession> freshSession();
    // Ends the session at the product (SignIn::logoutUrl; NotFound without one). What was sent stays in session(), so
    // that it can be tried again. Only of a fresh session: NotPermitted for the shared one.
    [[nodiscard]] Result<HttpResponse> signOut();
    [[nodiscard]] Result<void> refreshNow(); // refresh(); only of a fresh session as well

    // For who takes away what a test made (recordowner.h); all four also after Stop, within kUndoGrace.
    // Whether it was signed in when that answer came: by whoAmIUrl, else by what a stranger gets at the same address
    // (tellsApart). False also where another sign-in has come between. NotFound when nothing tells; two requests at
    // most.
    [[nodiscard]] Result<bool> wasSignedIn(const EmptyRead &read, Deadline deadline);
    // That read as somebody who differs from this account in the values of its session alone (strangerLike). One
    // request, after signing in where nobody has yet, as those values have to be known; its cookies are not kept.
    [[nodiscard]] Result<HttpResponse> askAsStranger(const ActiveRequest &read, Deadline deadline);
    // Signs in once more, unless somebody has done so since `sent`. NotPermitted for the pasted kinds, and from the
    // fourth time in a run on: a product that signs out again and again is not signed in at for ever.
    [[nodiscard]] Result<void> signInToUndo(Clock::time_point sent, Deadline deadline);
    // Returns earlier when the run ends meanwhile.
    void pauseToUndo(std::chrono::milliseconds time) const;
    // Something else showed that it was signed in when it asked at that time: wasSignedIn() need not ask for reads
    // before it.
    void noteSignedIn(Clock::time_point asked);
    // What was asked in vain whether it is signed in: who it is, strangers at a route, the list of a kind of record.
    // For the other records of the check it would not tell either. Shared by all of them.
    const std::shared_ptr<std::set<QString>> &askedInVain() const { return m_askedInVain; }

    // A copy of what the session holds now; empty before the sign-in.
    Session session() const;
    void replaceSession(Session session); // of a fresh one: to try an older or a changed one

private:
    ActorSession(TestActor actor, Wire &wire, std::shared_ptr<SharedSession> own);
    Result<void> refreshIfDue();
    std::optional<bool> isNamed(Deadline deadline);
    bool isRefreshDue() const;
    Result<void> renew();
    // Of the shared session of a program.
    bool isAskedAnew() const;
    Result<void> askAnew();
    // The read once more with a new token, or the refusal where there is none.
    Result<HttpResponse> askedAgain(const ActiveRequest &request, Result<HttpResponse> refused);
    void dress(ActiveRequest &request) const;
    void dressAs(const Session &session, ActiveRequest &request) const;
    void keepCookies(const HttpResponse &answer);
    Result<void> verifyOwn() const;

    TestActor m_actor;
    Wire *m_wire;
    std::shared_ptr<SharedSession> m_session; // null before the sign-in
    bool m_isOwn = false;
    std::shared_ptr<std::set<QString>> m_askedInVain = std::make_shared<std::set<QString>>();
};

// Signs in once and asks who that is, outside of a run: for the button beside an account. Blocking; sends
// kSignInRequests + 1 requests at most, to hosts of the terms, each logged into `log` where there is one. "Not signed
// in" is an answer; the errors are those of health().
[[nodiscard]] Result<ActorHealth> tryActor(const TestActor &actor, ActiveTerms terms, const NetOptions &net,
                                           const CancelToken &token, std::vector<LoggedRequest> *log = nullptr);

} // namespace cockpit
