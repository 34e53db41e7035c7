// Letters and invitations that tests made a product send: written into the request log with each request that asks for
// one, and counted from there. A product that took the request may have sent it; nobody but the mailbox knows. Pure.
#pragma once

#include "models/access/requestlog.h"
#include "models/projectstate.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace cockpit {

// What a route that sends letters is asked for at most in a run by all checks together, for one account: an ordinary
// one, and a throw-away one, by which limits are measured too. Invented addresses are at example.com, which takes no
// mail (RFC 2606, section 3), or at the domain of an account, where nobody has them.
constexpr int kMostLettersEach = 4;
constexpr int kMostLettersForThrowAway = 30;

// Of those, the routes that a run may ask: resets and links to sign in with, and what is marked as safe to write.
std::vector<Route> letterRoutesAmong(const std::vector<Route> &routes);

// What the log says beside such a request: "letter to sam@acme.test", "invitation to lee@acme.test kim@acme.test",
// "letter" where no address stands in it. Also of a mutation of GraphQL that is called like such a route. Empty for
// other requests. The body's first 20 kB are read.
QString letterNote(const QString &method, const QUrl &url, const QByteArray &body);

struct LetterTally
{
    int invitations = 0;
    int letters = 0;            // others
    QStringList addresses = {}; // each once, as the log has them: random ones are masked there

    void add(const LoggedRequest &request); // counts what was not refused; without an answer it may have been sent
    bool isEmpty() const { return invitations == 0 && letters == 0; }
    // "The tests made your product send up to 3 invitations and 8 letters, to: …"; empty without any. Names ten.
    QString sentence() const;
    QJsonObject toJson() const;

    bool operator==(const LetterTally &) const = default;
};

} // namespace cockpit
