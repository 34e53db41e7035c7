#include "checks/access/purposewords.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

template<std::size_t N>
bool isOneOf(const QString &word, const std::array<QLatin1StringView, N> &known)
{
    return std::ranges::any_of(known, [&](QLatin1StringView one) { return word == one; });
}

constexpr std::array kOpening{"auth"_L1,  "authenticate"_L1, "authentication"_L1, "authorize"_L1, "authorise"_L1,
                              "login"_L1, "signin"_L1,       "identify"_L1,       "hello"_L1,     "handshake"_L1,
                              "init"_L1,  "initialize"_L1,   "connect"_L1,        "token"_L1};
// Beside one of those: "connection_init", "client:hello", "access_token".
constexpr std::array kAroundOpening{"connection"_L1, "client"_L1, "user"_L1, "session"_L1, "socket"_L1,
                                    "access"_L1,     "set"_L1,    "jwt"_L1,  "ws"_L1,      "phx"_L1};
constexpr std::array kSubscribing{"subscribe"_L1, "sub"_L1,   "psubscribe"_L1, "join"_L1,
                                  "listen"_L1,    "watch"_L1, "observe"_L1};
// Said with one of those it may be more than to be told: who joins a team is one of it afterwards.
constexpr std::array kLasting{
    "create"_L1,       "add"_L1,      "new"_L1,    "make"_L1,     "insert"_L1, "update"_L1,       "change"_L1,
    "edit"_L1,         "set"_L1,      "save"_L1,   "put"_L1,      "patch"_L1,  "delete"_L1,       "remove"_L1,
    "destroy"_L1,      "drop"_L1,     "clear"_L1,  "cancel"_L1,   "send"_L1,   "post"_L1,         "publish"_L1,
    "pub"_L1,          "pay"_L1,      "buy"_L1,    "accept"_L1,   "reject"_L1, "approve"_L1,      "invite"_L1,
    "request"_L1,      "mutation"_L1, "mutate"_L1, "call"_L1,     "team"_L1,   "organization"_L1, "org"_L1,
    "organisation"_L1, "group"_L1,    "list"_L1,   "waitlist"_L1, "queue"_L1,  "game"_L1,         "meeting"_L1,
    "and"_L1,          "then"_L1,     "upsert"_L1, "write"_L1,    "archive"_L1};
constexpr std::array kKeeping{"ping"_L1,  "pong"_L1,         "heartbeat"_L1,  "keepalive"_L1, "unsubscribe"_L1,
                              "unsub"_L1, "leave"_L1,        "disconnect"_L1, "terminate"_L1, "complete"_L1,
                              "stop"_L1,  "punsubscribe"_L1, "unwatch"_L1,    "unlisten"_L1,  "unobserve"_L1};
constexpr std::array kAroundKeeping{"heart"_L1,      "beat"_L1, "keep"_L1,    "alive"_L1, "phx"_L1,
                                    "connection"_L1, "room"_L1, "channel"_L1, "client"_L1};

} // namespace

MessagePurpose purposeOfWords(const QStringList &words)
{
    const auto areAll = [&](const auto &known, const auto &around) {
        return std::ranges::all_of(words,
                                   [&](const QString &one) { return isOneOf(one, known) || isOneOf(one, around); });
    };
    const auto isAny = [&](const auto &known) {
        return std::ranges::any_of(words, [&](const QString &one) { return isOneOf(one, known); });
    };
    if (words.isEmpty())
        return MessagePurpose::Other;
    if (isAny(kSubscribing))
        return mayLast(words) ? MessagePurpose::Other : MessagePurpose::Subscribes;
    if (isAny(kOpening) && areAll(kOpening, kAroundOpening))
        return MessagePurpose::Opens;
    static const QStringList twoWords{u"heart beat"_s, u"keep alive"_s};
    if ((isAny(kKeeping) && areAll(kKeeping, kAroundKeeping)) || twoWords.contains(words.join(u' ')))
        return MessagePurpose::Keeps;
    return MessagePurpose::Other;
}

bool mayLast(const QStringList &words)
{
    return std::ranges::any_of(words, [](const QString &one) { return isOneOf(one, kLasting); });
}

} // namespace cockpit
