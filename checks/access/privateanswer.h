// The address at which a session is told from none: what its owner gets there holds a text that no stranger gets. Only
// that text says that a token, a cookie or a replay was taken; a status never does (facts 16).
#pragma once

#include "checks/actors/markers.h"
#include "checks/actors/undolist.h"
#include "checks/actors/wire.h"
#include "checks/engine/check.h"
#include "models/access/actor.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace cockpit {

struct PrivateAnswer
{
    ActiveRequest request; // as nobody: without cookie and token
    HttpResponse good;
    HttpResponse stranger;
    Markers markers; // in the good answer and not in the stranger's
};

enum class SessionStanding {
    In,      // the private text came back
    Out,     // refused, or what a stranger gets
    Unclear, // a limit, a challenge, a broken server, an answer that does not tell
};
QString toWord(SessionStanding value);

// said: what was sent besides the address and may be repeated by the server, such as the claims of a token in plain
// text. A private text that stands there proves only with an answer that is otherwise the good one.
SessionStanding standingOf(const HttpResponse &answer, const PrivateAnswer &page, const QByteArray &said = {});

// Four addresses at most, each as the account and as a stranger.
constexpr int kPrivateAnswerRequests = 8;

// Asks "who am I" first, then the reads of the project that need a sign-in. NotFound when none tells; otherwise the
// error of the wire that ended it.
[[nodiscard]] Result<PrivateAnswer> findPrivateAnswer(const Look &look, const TestActor &actor, Wire &wire,
                                                      const Sender &asActor);

// What time it is by this computer and by the product's own answers (Date, RFC 9110 section 6.6.1): what has ended by
// both has ended, and what has not begun by both has not, whosever clock is wrong.
struct NowByBoth
{
    QDateTime earliest, latest;
};
NowByBoth nowByBoth(const PrivateAnswer &page, const QDateTime &ours);

// What came back instead, for people: "status 401", "a redirect to /login".
QString answerWords(const HttpResponse &answer);

} // namespace cockpit
