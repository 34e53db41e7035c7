#include "checks/secrets/logread/sensitive.h"

#include "checks/secrets/jwtclaims.h"
#include "checks/secrets/logread/commandlogins.h"
#include "checks/secrets/logread/fieldclass.h"
#include "checks/secrets/logread/foundtwice.h"
#include "checks/secrets/logread/realvalues.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/wipedmemory.h"
#include "checks/values/bytekinds.h"
#include "checks/values/phonenumber.h"
#include "checks/web/sessioncookies.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using namespace std::string_view_literals;

constexpr size_t kShortestParameter = 10; // "code" and "key" of fewer characters are words and numbers
constexpr size_t kLongPrompt = 200;
constexpr size_t kLongSystemPrompt = 40;
constexpr size_t kLongOpenSystemPrompt = 60; // not in quotes: a remark about one ("loaded from …") is shorter
constexpr size_t kMostCookieNames = 4096;

// Addresses of machines are only counted.
bool hasPlace(const SensitiveFound &found)
{
    return found.kind != SensitiveKind::Address;
}

// "a=1; b=2 and what follows in the line": the header ends at a blank that no semicolon leads to.
std::string_view cookieHeader(std::string_view rest)
{
    for (size_t at = rest.find(' '); at != std::string_view::npos; at = rest.find(' ', at + 1)) {
        if (at > 0 && rest[at - 1] != ';')
            return rest.substr(0, at);
    }
    return rest;
}

} // namespace

struct SensitiveFinder::Named
{
    NamedValue at;
    FieldClass field = FieldClass::None;
    std::string_view rest; // of the line, or of the text in quotes: a header's value has blanks

    SensitiveFound found(SensitiveKind kind, size_t start, size_t size) const
    {
        return {kind, {at.valueStart + start, at.valueStart + start + size}, at.name};
    }
};

bool SensitiveFinder::isSessionCookie(std::string_view name)
{
    const std::string key(name);
    if (const auto known = m_cookies.find(key); known != m_cookies.end())
        return known->second;
    const CookieJob job = jobOf(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
    const bool isSession = job == CookieJob::Session || job == CookieJob::ReadableSession;
    if (m_cookies.size() < kMostCookieNames)
        m_cookies.emplace(key, isSession);
    return isSession;
}

// One that has expired, or that is made for browsers, opens nothing.
bool SensitiveFinder::isLiveToken(std::string_view token) const
{
    if (!token.starts_with("eyJ"sv) || std::ranges::count(token, '.') != 2)
        return true;
    const auto jwt = classOfJwt(token, Severity::High, m_now);
    return jwt && jwt->kind == LeakKind::Secret && jwt->severity != Severity::Low;
}

void SensitiveFinder::authorization(const Named &named, std::vector<SensitiveFound> &found, FieldCounts &fields) const
{
    constexpr size_t shortest = 12;
    const size_t blank = named.rest.find(' ');
    const bool hasScheme = blank != std::string_view::npos;
    const std::string scheme = hasScheme ? plainName(named.rest.substr(0, blank)) : std::string();
    const size_t start = hasScheme ? named.rest.find_first_not_of(' ', blank) : 0;
    if (start == std::string_view::npos)
        return;
    const size_t end = named.rest.find_first_of(" ,\"'\\", start);
    const std::string_view value = named.rest.substr(start, end == std::string_view::npos ? end : end - start);
    if (isHiddenValue(named.rest)) {
        addField(fields.hidden, named.at.valueStart + start);
        return;
    }
    const bool isKnownScheme = scheme == "bearer" || scheme == "basic" || scheme == "token";
    if (!isKnownScheme || value.size() < shortest || isNoValue(value) || standsForSecret(value))
        return;
    if (scheme == "basic") {
        auto decoded = QByteArray::fromBase64Encoding(
            QByteArray::fromRawData(value.data(), static_cast<qsizetype>(value.size())), QByteArray::Base64Encoding);
        const qsizetype colon = decoded ? decoded.decoded.indexOf(':') : -1;
        const bool hasPassword = colon >= 0 && colon + 1 < decoded.decoded.size();
        wipeMemory(decoded.decoded.data(), static_cast<size_t>(decoded.decoded.size()));
        if (!hasPassword)
            return;
        addField(fields.open, named.at.valueStart + start);
        found.push_back(named.found(SensitiveKind::Login, start, value.size()));
        return;
    }
    if (!isLiveToken(value))
        return;
    addField(fields.open, named.at.valueStart + start);
    found.push_back(named.found(SensitiveKind::Token, start, value.size()));
}

void SensitiveFinder::cookies(const Named &named, bool onlyFirst, std::vector<SensitiveFound> &found,
                              FieldCounts &fields)
{
    for (size_t at = 0; at < named.rest.size();) {
        const size_t end = std::min(named.rest.find(';', at), named.rest.size());
        const std::string_view pair = named.rest.substr(at, end - at);
        const size_t equals = pair.find('=');
        // Of a list of headers, too: ["sid=…"].
        const size_t nameStart = std::min(pair.find_first_not_of(" [\"'\\"), pair.size());
        if (equals != std::string_view::npos && equals > nameStart &&
            isSessionCookie(pair.substr(nameStart, equals - nameStart))) {
            std::string_view value = pair.substr(equals + 1);
            value = value.substr(0, value.find_first_of(" \"'\\,"));
            if (isHiddenValue(value)) {
                addField(fields.hidden, named.at.valueStart + at + equals + 1);
            } else if (value.size() >= kShortestToken && !standsForSecret(value) && isLiveToken(value)) {
                addField(fields.open, named.at.valueStart + at + equals + 1);
                SensitiveFound one = named.found(SensitiveKind::Cookie, at + equals + 1, value.size());
                one.name = pair.substr(nameStart, equals - nameStart);
                found.push_back(one);
            }
        }
        if (onlyFirst)
            return;
        at = end + 1;
    }
}

void SensitiveFinder::byName(std::string_view text, std::vector<SensitiveFound> &found, FieldCounts &fields)
{
    NamedValues values(text, NamedForms::OfBodies);
    Named named;
    size_t toldTo = 0;   // cookies are told by their header
    size_t promptTo = 0; // a text that is one prompt, or none
    while (values.next(named.at)) {
        const NamedValue &at = named.at;
        if (at.valueStart < toldTo)
            continue;
        const std::string plain = plainName(at.name);
        named.field = fieldClassOf(plain);
        const bool isParameter = at.isQuery && isOpeningParameter(plain);
        if (named.field == FieldClass::None && !isParameter)
            continue;
        named.rest = at.isQuoted ? at.value : text.substr(std::min(at.valueStart, text.size()), 4096);
        const std::string_view value = at.value;
        const auto add = [&](SensitiveKind kind) { found.push_back(named.found(kind, 0, value.size())); };
        // Names whose value is to be hidden: what counts for the quality of the hiding.
        const auto judge = [&](SensitiveKind kind, bool isReal) {
            if (isHiddenValue(value)) {
                addField(fields.hidden, at.valueStart);
            } else if (isReal && !isNoValue(value) && !standsForSecret(value)) {
                addField(fields.open, at.valueStart);
                add(kind);
            }
        };
        // A prompt may hold any words, those of examples as well.
        const auto judgeText = [&](size_t longest, size_t longestOpen) {
            if (isHiddenValue(value)) {
                addField(fields.hidden, at.valueStart);
                return;
            }
            if (at.valueStart < promptTo)
                return;
            const OpenText open = at.isQuoted ? OpenText() : openTextBehind(at, text);
            const bool isOpen = open.size > kLongPrompt || (open.hasBlanks && open.size > longestOpen);
            if ((at.isQuoted && value.size() > longest) || isOpen) {
                addField(fields.open, at.valueStart);
                found.push_back(named.found(SensitiveKind::Prompt, 0, isOpen ? open.text.size() : value.size()));
            }
            promptTo = at.isQuoted ? promptTo : at.valueStart + open.text.size();
        };
        // A password is one in an address, too, and in the form of a body: nothing of it may be shown.
        if (isParameter && named.field != FieldClass::Password) {
            const size_t shortest = named.field == FieldClass::Token ? kShortestToken : kShortestParameter;
            judge(SensitiveKind::LinkToken, value.size() >= shortest && hasDigit(value) && isLiveToken(value));
            continue;
        }
        switch (named.field) {
        case FieldClass::None:
            break;
        case FieldClass::Password:
            judge(SensitiveKind::Password, isPassword(at));
            break;
        case FieldClass::Token:
            judge(SensitiveKind::Token, isToken(at) && isLiveToken(value));
            break;
        case FieldClass::OneTimeCode:
            judge(SensitiveKind::OneTimeCode, isCode(value, 4, 8));
            break;
        case FieldClass::CardCode:
            judge(SensitiveKind::CardCode, isCode(value, 3, 4));
            break;
        case FieldClass::Identity:
            if (isHiddenValue(value) || isIdentity(value))
                judge(SensitiveKind::Identity, true);
            break;
        case FieldClass::Phone:
            if (!value.starts_with("+"sv) && isPhoneNumber(value)) // with a plus it is found by its form
                judge(SensitiveKind::Phone, true);
            break;
        case FieldClass::Prompt:
            judgeText(kLongPrompt, kLongPrompt);
            break;
        case FieldClass::SystemPrompt:
            judgeText(kLongSystemPrompt, kLongOpenSystemPrompt);
            break;
        case FieldClass::Body:
            if (isBody(at, text))
                add(SensitiveKind::Body);
            break;
        case FieldClass::Authorization:
            authorization(named, found, fields);
            break;
        case FieldClass::Cookie:
        case FieldClass::SetCookie:
            named.rest = at.isQuoted ? named.rest : cookieHeader(named.rest);
            cookies(named, named.field == FieldClass::SetCookie, found, fields);
            toldTo = at.valueStart + named.rest.size();
            break;
        }
    }
}

void SensitiveFinder::byCommand(std::string_view text, size_t before, std::vector<SensitiveFound> &found,
                                FieldCounts &fields) const
{
    const std::vector<CommandLogin> logins = commandLoginsIn(text);
    if (logins.empty())
        return;
    std::vector<ValueSpan> named;
    for (auto one = found.begin() + static_cast<std::ptrdiff_t>(before); one != found.end(); ++one)
        named.push_back(one->at);
    std::ranges::sort(named, {}, &ValueSpan::start);
    for (const CommandLogin &login : logins) {
        const size_t end = login.start + login.value.size();
        const auto next = std::ranges::lower_bound(named, end, {}, &ValueSpan::start);
        if (next != named.begin() && std::prev(next)->end > login.start)
            continue;
        if (isHiddenValue(login.value)) {
            addField(fields.hidden, login.start);
            continue;
        }
        // Of a program that is known a word is a password, too; of an option alone it may be one of a help text.
        const bool isQuoted = login.start > 0 && (text[login.start - 1] == '"' || text[login.start - 1] == '\'');
        const NamedValue as{login.option, login.value, login.start, isQuoted || login.isOfProgram, false, ':'};
        const bool isOfToken = !login.isOfProgram && fieldClassOf(plainName(login.option)) == FieldClass::Token;
        const bool isReal = isOfToken ? isToken(as) && isLiveToken(login.value) : isPassword(as);
        if (!isReal || isNoValue(login.value) || standsForSecret(login.value))
            continue;
        addField(fields.open, login.start);
        found.push_back({isOfToken ? SensitiveKind::Token : SensitiveKind::Password, {login.start, end}, login.option});
    }
}

void SensitiveFinder::find(std::string_view text, ValueSpan own, std::vector<SensitiveFound> &found,
                           FieldCounts &fields)
{
    m_own = own;
    const size_t before = found.size();
    byName(text, found, fields);
    byCommand(text, before, found, fields);
    const size_t named = found.size();
    byForm(text, found);
    if (named > before && found.size() > named)
        dropTwice(before, named, found);
    // After that: what is of another piece may hold what begins in this one.
    const auto isOfOther = [this](const SensitiveFound &one) { return hasPlace(one) && !isOwn(one.at.start); };
    found.erase(std::remove_if(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(), isOfOther),
                found.end());
}

} // namespace cockpit
