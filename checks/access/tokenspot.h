// Where a session keeps what proves it: a header, or a cookie; and requests that carry another value there.
#pragma once

#include "checks/actors/session.h"
#include "checks/actors/wire.h"
#include "models/access/actor.h"

#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

class TokenSpot
{
public:
    // The token in its header first, then cookies: signed tokens, those whose name is a session's, other long values.
    // With a token in a header the cookies stay at home, unless `withCookies`. At most kMostSpots.
    static std::vector<TokenSpot> of(const Session &session);

    const QString &name() const { return m_name; } // of the header or the cookie
    bool isCookie() const { return m_isCookie; }
    const Secret &value() const { return m_value; }

    // The request with that value in its place; without one as if it had been thrown away.
    ActiveRequest dressed(ActiveRequest request, const std::optional<Secret> &value, const TestActor &actor) const;

private:
    TokenSpot(const Session &session, QString name, bool isCookie, Secret value, bool withCookies);

    Session m_session;
    QString m_name;
    bool m_isCookie = false;
    Secret m_value;
    bool m_withCookies = true;
};

constexpr std::size_t kMostSpots = 3;

// A cookie that opens the account: by its name, or because it is a signed token.
bool holdsSession(const QString &name, const Secret &value);

} // namespace cockpit
