#include "checks/actors/limitsignal.h"

#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LimitSignal)
};

using std::chrono::seconds;

constexpr qint64 kLongestSpan = 400LL * 86400; // a reset that is later is a time, or nonsense
constexpr qsizetype kLongestNotice = 20'000;

std::optional<qint64> numberIn(const QByteArray &text)
{
    bool isNumber = false;
    const qint64 number = text.trimmed().toLongLong(&isNumber);
    return isNumber && number >= 0 ? std::optional(number) : std::nullopt;
}

std::optional<seconds> spanUntil(const QDateTime &when, const QDateTime &now)
{
    if (!when.isValid())
        return std::nullopt;
    return seconds(std::max<qint64>(0, now.secsTo(when)));
}

// A span, or a time since 1970 in seconds or milliseconds.
std::optional<seconds> resetIn(const QByteArray &text, const QDateTime &now)
{
    const auto number = numberIn(text);
    if (!number)
        return std::nullopt;
    if (*number <= kLongestSpan)
        return seconds(*number);
    const bool isMilliseconds = *number > 100'000'000'000;
    const QDateTime when = isMilliseconds ? QDateTime::fromMSecsSinceEpoch(*number, Qt::UTC)
                                          : QDateTime::fromSecsSinceEpoch(*number, Qt::UTC);
    const auto span = spanUntil(when, now);
    return span && span->count() <= kLongestSpan ? span : std::nullopt;
}

// RFC 9110 section 10.2.3: seconds, or a date.
std::optional<seconds> retryAfterIn(const HttpResponse &answer, const QDateTime &now)
{
    const auto value = answer.header("retry-after");
    if (!value)
        return std::nullopt;
    if (const auto number = numberIn(*value))
        return *number <= kLongestSpan ? std::optional(seconds(*number)) : std::nullopt;
    QDateTime when =
        QLocale::c().toDateTime(QString::fromLatin1(value->trimmed()), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    when.setTimeSpec(Qt::UTC);
    return spanUntil(when, now);
}

bool holdsOneOf(const QByteArray &text, std::initializer_list<const char *> words)
{
    return std::ranges::any_of(words, [&](const char *word) { return text.contains(word); });
}

// Problem types of the same draft, and what products write for people.
bool saysTooMany(const QByteArray &text)
{
    // "Too many failed login attempts", "too_many_requests", "TooManyLoginAttempts"
    static const QRegularExpression tooMany(
        u"too[ _+-]?many[ _+-]?(?:[a-z]{2,15}[ _+-]?){0,2}(?:attempts|requests|tries|log-?ins?|sign-?ins?|failures)"_s);
    return holdsOneOf(text, {"quota-exceeded", "temporary-reduced-capacity", "abnormal-usage-detected", "rate limit",
                             "rate_limit", "rate-limit", "ratelimit", "slow down", "attempts exceeded",
                             "attempts_exceeded", "maximum number of attempts", "maximum number of login"}) ||
           tooMany.match(QString::fromUtf8(text)).hasMatch();
}

bool saysLocked(const QByteArray &text)
{
    return holdsOneOf(text, {"account is locked", "account has been locked", "account_locked", "accountlocked",
                             "account locked", "temporarily locked", "account is disabled", "user_locked",
                             "account has been temporarily"});
}

bool asksForCaptcha(const QByteArray &text)
{
    return holdsOneOf(text, {"captcha_required", "captcha-required", "captcha required", "captcha_failed",
                             "captcha verification", "complete the captcha", "solve the captcha"});
}

bool isEdgeLimit(const HttpResponse &answer, const QByteArray &text)
{
    return holdsOneOf(text, {"error code: 1015", "you are being rate limited", "rate limited"}) ||
           (answer.status == 403 && text.contains("1015") && text.contains("cloudflare"));
}

std::optional<LimitKind> kindOfWords(const QByteArray &text)
{
    if (saysLocked(text))
        return LimitKind::Locked;
    if (asksForCaptcha(text))
        return LimitKind::Challenge;
    return saysTooMany(text) ? std::optional(LimitKind::TooMany) : std::nullopt;
}

// Form logins send back to the form: "/login?error=RateLimited". A value with a slash is a place to go to.
std::optional<LimitKind> kindOfRedirect(const HttpResponse &answer)
{
    const auto location = answer.header("location");
    if (!location)
        return std::nullopt;
    const auto items = QUrlQuery(QUrl::fromEncoded(*location)).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        const auto kind = value.contains(u'/') ? std::nullopt : kindOfWords(value.toLower().toUtf8());
        if (kind)
            return kind;
    }
    return std::nullopt;
}

std::optional<LimitKind> kindOf(const HttpResponse &answer)
{
    if (answer.status >= 300 && answer.status < 400 && obstacleIn(answer) != Obstacle::Challenge)
        return kindOfRedirect(answer);
    const QByteArray text = answer.body.left(kLongestNotice).toLower();
    const bool isRefusal = answer.status >= 400;
    if (isRefusal && isEdgeLimit(answer, text))
        return LimitKind::Edge;
    if (answer.status == 429)
        return LimitKind::TooMany;
    if (answer.status == 423 || (isRefusal && answer.status < 500 && saysLocked(text)))
        return LimitKind::Locked;
    if (obstacleIn(answer) == Obstacle::Challenge || (isRefusal && asksForCaptcha(text)))
        return LimitKind::Challenge;
    if (isRefusal && (answer.status < 500 || answer.status == 503) && saysTooMany(text))
        return LimitKind::TooMany;
    return std::nullopt;
}

} // namespace

QString toWord(LimitKind value)
{
    switch (value) {
    case LimitKind::TooMany:
        return u"too_many"_s;
    case LimitKind::Locked:
        return u"locked"_s;
    case LimitKind::Challenge:
        return u"challenge"_s;
    case LimitKind::Edge:
        return u"edge"_s;
    }
    Q_UNREACHABLE();
}

std::optional<LimitKind> limitNoticeIn(const HttpResponse &answer)
{
    return kindOfWords(answer.body.left(kLongestNotice).toLower());
}

std::optional<LimitSignal> limitIn(const HttpResponse &answer, const QDateTime &now)
{
    const auto kind = kindOf(answer);
    if (!kind)
        return std::nullopt;
    LimitSignal signal{.kind = *kind, .status = answer.status};
    signal.retryAfter = retryAfterIn(answer, now);
    for (const AnnouncedLimit &limit : announcedLimitsIn(answer, now)) {
        if (!signal.retryAfter && limit.reset && limit.remaining.value_or(0) == 0)
            signal.retryAfter = limit.reset;
    }
    return signal;
}

namespace {

struct ListMember
{
    QByteArray item; // a string without its quotes, a token or number as it is
    std::vector<std::pair<QByteArray, QByteArray>> parameters;

    std::optional<qint64> number(const QByteArray &name) const
    {
        for (const auto &[key, value] : parameters) {
            if (key == name)
                return numberIn(value);
        }
        return std::nullopt;
    }
};

// Split at a sign outside of quotation marks (RFC 9651 section 3.3.3); nothing where a string does not end.
std::optional<QByteArrayList> splitOutsideQuotes(const QByteArray &text, char sign)
{
    QByteArrayList parts{QByteArray()};
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text.at(i);
        if (isQuoted && c == '\\' && i + 1 < text.size()) {
            parts.last() += c;
            parts.last() += text.at(++i);
            continue;
        }
        if (c == '"')
            isQuoted = !isQuoted;
        if (c == sign && !isQuoted)
            parts.append(QByteArray());
        else
            parts.last() += c;
    }
    return isQuoted ? std::nullopt : std::optional(parts);
}

QByteArray unquoted(QByteArray text)
{
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        return text.sliced(1, text.size() - 2).replace("\\\"", "\"").replace("\\\\", "\\");
    return text;
}

std::vector<ListMember> membersIn(const HttpResponse &answer, const char *name)
{
    QByteArrayList values;
    for (const QByteArray &value : answer.headerValues(name))
        values.append(value);
    const auto lines = splitOutsideQuotes(values.join(", "), ',');
    std::vector<ListMember> members;
    for (const QByteArray &line : lines.value_or(QByteArrayList())) {
        const auto parts = splitOutsideQuotes(line, ';');
        if (!parts || parts->constFirst().trimmed().isEmpty())
            continue;
        ListMember member{.item = unquoted(parts->constFirst().trimmed())};
        for (const QByteArray &part : parts->sliced(1)) {
            const qsizetype equals = part.indexOf('=');
            if (equals > 0)
                member.parameters.emplace_back(part.first(equals).trimmed(), part.sliced(equals + 1).trimmed());
        }
        members.push_back(std::move(member));
    }
    return members;
}

AnnouncedLimit &limitNamed(std::vector<AnnouncedLimit> &limits, const QString &name)
{
    const auto it = std::ranges::find(limits, name, &AnnouncedLimit::name);
    return it == limits.end() ? limits.emplace_back(AnnouncedLimit{.name = name}) : *it;
}

template<typename T>
void take(std::optional<T> &field, const std::optional<qint64> &value)
{
    if (value)
        field = T(*value);
}

// RateLimit: "name";r=5;t=30 and RateLimit-Policy: "name";q=8;w=60; before: limit=8, remaining=5, reset=30 and 8;w=60.
void readStructured(const HttpResponse &answer, std::vector<AnnouncedLimit> &limits)
{
    for (const ListMember &member : membersIn(answer, "ratelimit-policy")) {
        const auto bare = numberIn(member.item);
        AnnouncedLimit &limit = limitNamed(limits, bare ? QString() : QString::fromUtf8(member.item));
        take(limit.quota, bare ? bare : member.number("q"));
        take(limit.window, member.number("w"));
    }
    for (const ListMember &member : membersIn(answer, "ratelimit")) {
        const qsizetype equals = member.item.indexOf('=');
        if (equals < 0) {
            AnnouncedLimit &limit = limitNamed(limits, QString::fromUtf8(member.item));
            take(limit.remaining, member.number("r"));
            take(limit.reset, member.number("t"));
            continue;
        }
        AnnouncedLimit &limit = limitNamed(limits, {});
        const QByteArray key = member.item.first(equals).trimmed();
        const auto value = numberIn(member.item.sliced(equals + 1));
        if (key == "limit")
            take(limit.quota, value);
        else if (key == "remaining")
            take(limit.remaining, value);
        else if (key == "reset")
            take(limit.reset, value);
    }
}

void readSingle(const HttpResponse &answer, const QByteArray &prefix, const QDateTime &now,
                std::vector<AnnouncedLimit> &limits)
{
    const auto value = [&](const char *end) { return answer.header(QByteArray(prefix + end)); };
    const auto quota = value("limit");
    const auto remaining = value("remaining");
    const auto reset = value("reset");
    if (!quota && !remaining)
        return;
    AnnouncedLimit &limit = limitNamed(limits, {});
    // "8, 8;w=60": the first is what counts now.
    if (quota)
        take(limit.quota, numberIn(quota->split(',').constFirst().split(';').constFirst()));
    if (remaining)
        take(limit.remaining, numberIn(*remaining));
    if (reset && !limit.reset)
        limit.reset = resetIn(*reset, now);
}

} // namespace

std::vector<AnnouncedLimit> announcedLimitsIn(const HttpResponse &answer, const QDateTime &now)
{
    std::vector<AnnouncedLimit> limits;
    readStructured(answer, limits);
    for (const char *prefix : {"ratelimit-", "x-ratelimit-", "x-rate-limit-"})
        readSingle(answer, prefix, now, limits);
    std::erase_if(limits, [](const AnnouncedLimit &limit) { return !limit.quota && !limit.remaining; });
    return limits;
}

QString describe(const AnnouncedLimit &limit)
{
    if (!limit.quota)
        return {};
    return limit.window
               ? Text::tr("%1 per %2 s").arg(QString::number(*limit.quota), QString::number(limit.window->count()))
               : Text::tr("%1 in its window").arg(*limit.quota);
}

} // namespace cockpit
