#include "checks/secrets/logread/logevents.h"

#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using namespace std::string_view_literals;

constexpr size_t kMostWords = 1024; // of a line: an event is told at its beginning

struct Phrase
{
    LogEvent event;
    std::string_view words;
};

using enum LogEvent;

constexpr std::array kPhrases{
    Phrase{FailedSignIn, "failed login"sv},
    Phrase{FailedSignIn, "login failed"sv},
    Phrase{FailedSignIn, "login failure"sv},
    Phrase{FailedSignIn, "login attempt failed"sv},
    Phrase{FailedSignIn, "login unsuccessful"sv},
    Phrase{FailedSignIn, "failed sign in"sv},
    Phrase{FailedSignIn, "failed signin"sv},
    Phrase{FailedSignIn, "sign in failed"sv},
    Phrase{FailedSignIn, "signin failed"sv},
    Phrase{FailedSignIn, "failed to sign in"sv},
    Phrase{FailedSignIn, "failed to authenticate"sv},
    Phrase{FailedSignIn, "invalid credentials"sv},
    Phrase{FailedSignIn, "bad credentials"sv},
    Phrase{FailedSignIn, "invalid login"sv},
    Phrase{FailedSignIn, "incorrect password"sv},
    Phrase{FailedSignIn, "wrong password"sv},
    Phrase{FailedSignIn, "invalid password"sv},
    Phrase{FailedSignIn, "password mismatch"sv},
    Phrase{FailedSignIn, "failed password"sv},
    Phrase{FailedSignIn, "authentication failed"sv},
    Phrase{FailedSignIn, "authentication failure"sv},
    Phrase{FailedSignIn, "failed authentication"sv},
    Phrase{FailedSignIn, "auth failed"sv},
    Phrase{FailedSignIn, "auth failure"sv},
    Phrase{FailedSignIn, "invalid username or password"sv},
    Phrase{FailedSignIn, "invalid email or password"sv},
    Phrase{FailedSignIn, "account locked"sv},
    Phrase{FailedSignIn, "invalid otp"sv},
    Phrase{FailedSignIn, "mfa failed"sv},
    Phrase{Refusal, "access denied"sv},
    Phrase{Refusal, "permission denied"sv},
    Phrase{Refusal, "forbidden"sv},
    Phrase{Refusal, "not authorized"sv},
    Phrase{Refusal, "not authorised"sv},
    Phrase{Refusal, "unauthorized"sv},
    Phrase{Refusal, "unauthorised"sv},
    Phrase{Refusal, "authorization failed"sv},
    Phrase{Refusal, "authorization denied"sv},
    Phrase{Refusal, "insufficient permission"sv},
    Phrase{Refusal, "not permitted"sv},
    Phrase{Refusal, "row level security"sv},
    Phrase{Refusal, "csrf token mismatch"sv},
    Phrase{Refusal, "invalid csrf"sv},
    Phrase{LimitHit, "rate limit exceeded"sv},
    Phrase{LimitHit, "rate limit hit"sv},
    Phrase{LimitHit, "rate limit reached"sv},
    Phrase{LimitHit, "rate limited"sv},
    Phrase{LimitHit, "exceeded rate limit"sv},
    Phrase{LimitHit, "exceeded the rate limit"sv},
    Phrase{LimitHit, "too many requests"sv},
    Phrase{LimitHit, "too many attempts"sv},
    Phrase{LimitHit, "too many login"sv},
    Phrase{LimitHit, "throttled"sv},
    Phrase{LimitHit, "quota exceeded"sv},
    Phrase{LimitHit, "limiting requests"sv}, // nginx
    Phrase{FailedRelease, "deploy failed"sv},
    Phrase{FailedRelease, "deployment failed"sv},
    Phrase{FailedRelease, "failed to deploy"sv},
    Phrase{FailedRelease, "release failed"sv},
    Phrase{FailedRelease, "build failed"sv},
    Phrase{FailedRelease, "failed to build"sv},
    Phrase{FailedRelease, "pipeline failed"sv},
    Phrase{FailedRelease, "workflow failed"sv},
    Phrase{FailedRelease, "job failed"sv},
    Phrase{FailedRelease, "migration failed"sv},
    Phrase{FailedRelease, "failed to migrate"sv},
    Phrase{FailedRelease, "rolled back deployment"sv},
    Phrase{FailedRelease, "rolling back release"sv},
    Phrase{FailedRelease, "rolling back deployment"sv},
    Phrase{FailedRelease, "rollback to version"sv},
    Phrase{FailedRelease, "process completed with exit code"sv},
    Phrase{FailedRelease, "npm err"sv},
};

// One of them stands in every phrase: most lines have none, and need no further look.
constexpr std::array kStems{"fail"sv,  "invalid"sv,   "incorrect"sv, "wrong"sv,     "mismatch"sv,
                            "lock"sv,  "denied"sv,    "forbid"sv,    "author"sv,    "permi"sv,
                            "secur"sv, "limit"sv,     "many"sv,      "throttl"sv,   "quota"sv,
                            "roll"sv,  "exit code"sv, "npm err"sv,   "unsuccess"sv, "bad cred"sv};

constexpr size_t pairOf(char first, char second)
{
    return static_cast<size_t>(static_cast<unsigned char>(first)) * 256 + static_cast<unsigned char>(second);
}

std::vector<bool> makeStemPairs()
{
    std::vector<bool> pairs(size_t(256) * 256);
    for (const std::string_view stem : kStems)
        pairs[pairOf(stem[0], stem[1])] = true;
    return pairs;
}

// One pass for all of them: few places begin as one does.
bool hasStem(std::string_view words)
{
    static const std::vector<bool> pairs = makeStemPairs();
    for (size_t at = 0; at + 1 < words.size(); ++at) {
        if (!pairs[pairOf(words[at], words[at + 1])])
            continue;
        const std::string_view rest = words.substr(at);
        if (std::ranges::any_of(kStems, [rest](std::string_view stem) { return rest.starts_with(stem); }))
            return true;
    }
    return false;
}

// Lower case, words apart: camel case, underscores, hyphens and dots are blanks.
void writeAsWords(std::string_view text, WipedBytes &words)
{
    text = text.substr(0, kMostWords);
    words.resize(2 * text.size() + 1); // a blank before each letter at most
    char *const begin = words.data();
    char *to = begin;
    char before = ' ';
    for (const char c : text) {
        const bool isCapital = c >= 'A' && c <= 'Z';
        const bool isNewWord = isCapital && before >= 'a' && before <= 'z';
        if (isNewWord || (!isWordByte(c) && to != begin && to[-1] != ' '))
            *to++ = ' ';
        if (isWordByte(c))
            *to++ = lowerByte(c);
        before = c;
    }
    words.resize(static_cast<size_t>(to - begin));
}

bool isOfSignIn(std::string_view path)
{
    WipedBytes lower(path.substr(0, 200));
    std::ranges::transform(lower, lower.begin(), lowerByte);
    constexpr std::array words{"login"sv,
                               "signin"sv,
                               "sign-in"sv,
                               "sign_in"sv,
                               "authenticate"sv,
                               "/session"sv,
                               "/auth/token"sv,
                               "grant_type=password"sv,
                               "callback/credentials"sv};
    return std::ranges::any_of(words,
                               [&lower](std::string_view word) { return lower.find(word) != std::string::npos; });
}

void keepTime(std::vector<qint64> &times, const LogLine &line)
{
    if (line.time && line.time->hasZone && times.size() < EventSeen::kMostTimes)
        times.push_back(line.time->at);
}

} // namespace

std::optional<LogEvent> eventToldBy(std::string_view words, WipedBytes &room)
{
    writeAsWords(words, room);
    const auto isIn = [&room](std::string_view part) { return room.find(part) != std::string::npos; };
    if (!hasStem(room))
        return std::nullopt;
    const auto *const it = std::ranges::find_if(kPhrases, [&](const Phrase &one) { return isIn(one.words); });
    if (it == kPhrases.end()) {
        // "action":"login","result":"failure": the event and its end are two members.
        const bool isOfSignInEvent = isIn("login") || isIn("sign in") || isIn("signin");
        const bool hasFailed = isIn("outcome fail") || isIn("result fail") || isIn("status fail");
        return isOfSignInEvent && hasFailed ? std::optional(FailedSignIn) : std::nullopt;
    }
    // A file that may not be opened, and a job that ended well, are no such events.
    const bool isOfFiles = it->words == "permission denied" && (isIn("eacces") || isIn("errno 13") || isIn("open "));
    const bool isGoodEnd = it->words == "process completed with exit code" && isIn("exit code 0");
    return isOfFiles || isGoodEnd ? std::nullopt : std::optional(it->event);
}

std::optional<LogEvent> eventOfAnswer(std::string_view method, std::string_view path, int status)
{
    const bool isTried = method == "POST" && (status == 400 || status == 401 || status == 403 || status == 422);
    if (isTried && isOfSignIn(path))
        return FailedSignIn;
    if (status == 401 || status == 403)
        return Refusal;
    return status == 429 ? std::optional(LimitHit) : std::nullopt;
}

void EventCounter::note(LogEvent event, const LogLine &line)
{
    EventSeen &seen = m_seen.events[static_cast<size_t>(event)];
    if (line.isAccess()) {
        ++seen.answers;
        keepTime(seen.answeredAt, line);
    } else {
        ++seen.told;
        keepTime(seen.toldAt, line);
    }
}

void EventCounter::add(const LogLine &line)
{
    if (!line.goesOn)
        ++(line.isAccess() ? m_seen.accessLines : m_seen.productLines);
    if (!line.isAccess() && line.time && line.time->hasZone) {
        m_seen.from = std::min(m_seen.from.value_or(line.time->at), line.time->at);
        m_seen.to = std::max(m_seen.to.value_or(line.time->at), line.time->at);
    }
    if (const auto answer = eventOfAnswer(line.method, line.path, line.isRequest() ? line.status : 0)) {
        note(*answer, line);
        return;
    }
    if (const auto told = line.isAccess() ? std::nullopt : eventToldBy(line.words, m_words))
        note(*told, line);
}

QString toWord(LogEvent event)
{
    switch (event) {
    case FailedSignIn:
        return u"failed_sign_in"_s;
    case Refusal:
        return u"refusal"_s;
    case LimitHit:
        return u"limit_hit"_s;
    case FailedRelease:
        return u"failed_release"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
