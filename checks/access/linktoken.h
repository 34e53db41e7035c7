// The token in a link that came by mail, and how hard it is to guess. Pure.
#pragma once

#include "models/access/mailedlink.h"

#include <QString>
#include <QUrl>

namespace cockpit {

// The same address with another token in the place of its own.
QUrl withToken(const MailedLink &link, const QString &token);
// A token of the same form that nobody was sent: each letter and digit replaced by one of its kind.
QString inventedTokenLike(const QString &token);

struct TokenStrength
{
    double bits = 0;        // at most: what its alphabet and length allow
    bool isCounted = false; // near the other one: numbers that are counted up
    bool isTimed = false;   // a UUID of version 1: the time and the machine (RFC 9562 section 5.1)
};
// other: of a second letter; null when there is none. What both begin with says nothing.
TokenStrength strengthOf(const QString &token, const QString &other = {});

// RFC 6819 section 5.1.4.2.2 asks for 128 bits and accepts 2^-128 to 2^-160 as the chance of a guess; UUIDs of version
// 4 have 122. Below this a token is short, below kGuessableBits within reach of who asks often.
constexpr double kShortBits = 100;
constexpr double kGuessableBits = 64;

} // namespace cockpit
