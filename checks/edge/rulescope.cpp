#include "checks/edge/rulescope.h"

#include "checks/edge/addresspattern.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isWholeAddress(const Comparison &one)
{
    return one.field == "http.request.full_uri"_L1 || one.field == "raw.http.request.full_uri"_L1;
}

// The path of an address without one: any of the host, unless the text has to be the whole of it.
QString pathBehind(const QString &host, MatchKind match)
{
    if (match == MatchKind::Wildcard)
        return host.endsWith(u'*') ? u"*"_s : QString();
    return u"/"_s;
}

// A text without a scheme is an address when a host stands in front of its slash.
AddressPattern partsOf(const Comparison &one, const QString &text)
{
    AddressPattern parts = cutAddress(text);
    const bool hasHost = !parts.path.isEmpty() && (parts.host.contains(u'.') || parts.host.contains(u'*'));
    if (!isWholeAddress(one) || (parts.scheme.isEmpty() && !hasHost))
        return {{}, {}, text};
    if (parts.path.isEmpty())
        parts.path = pathBehind(parts.host, one.match);
    // Without a scheme a host may be the end of a longer one.
    if (parts.scheme.isEmpty() && (one.match == MatchKind::Part || one.match == MatchKind::End))
        parts.host.prepend(u'*');
    return parts;
}

// Nearly every visitor comes by HTTPS, and every path has a slash in front. A wildcard has to fit from end to end.
bool isAnyText(const Comparison &one, const QString &text)
{
    static const QStringList kWildcards{u"*"_s, u"/*"_s, u"*/*"_s};
    static const QRegularExpression anything(u"^(\\^?/?|(\\^?/?\\.\\*\\$?))$"_s);
    const auto [scheme, host, path] = partsOf(one, text);
    if (scheme == "http"_L1 || scheme == "^http"_L1)
        return false;
    switch (one.match) {
    case MatchKind::Part:
    case MatchKind::Start:
        return path == "/"_L1;
    case MatchKind::Wildcard:
        return kWildcards.contains(path);
    case MatchKind::Expression:
        return anything.match(path).hasMatch();
    case MatchKind::Whole:
    case MatchKind::End:
    case MatchKind::Other:
        return false;
    }
    Q_UNREACHABLE();
}

bool isAnyPath(const Comparison &one)
{
    return isPath(one) && !one.isNot && !one.texts.isEmpty() &&
           std::ranges::all_of(one.texts, [&](const QString &text) { return isAnyText(one, text); });
}

// Hosts of whole addresses; empty where one of them is about all.
QStringList hostsOfAddresses(const Comparison &one)
{
    QStringList hosts;
    for (const QString &text : one.texts) {
        const QString host = partsOf(one, text).host;
        if (host.isEmpty() || host == "*"_L1)
            return {};
        hosts << host;
    }
    return hosts;
}

// "*text*" for a host that contains it.
QString hostPattern(MatchKind match, const QString &text)
{
    switch (match) {
    case MatchKind::Part:
        return u'*' + text + u'*';
    case MatchKind::Start:
        return text + u'*';
    case MatchKind::End:
        return u'*' + text;
    case MatchKind::Whole:
    case MatchKind::Wildcard:
    case MatchKind::Expression:
    case MatchKind::Other:
        return text;
    }
    Q_UNREACHABLE();
}

// Pages are asked for with GET (RFC 9110 section 9.3.1).
bool leavesReadingOut(const Comparison &one)
{
    const bool namesIt = std::ranges::any_of(one.texts, [&](const QString &text) {
        return one.match == MatchKind::Whole ? text.compare("GET"_L1, Qt::CaseInsensitive) == 0
                                             : text.contains("GET"_L1, Qt::CaseInsensitive);
    });
    return isMethod(one) && namesIt == one.isNot;
}

// Nearly every visitor comes by HTTPS.
bool isAboutPlainHttp(const Comparison &one)
{
    return one.field == "ssl"_L1 && one.isNot;
}

// A "*" stands for any text.
bool fits(const QString &host, const QString &pattern)
{
    const QStringList parts = pattern.split(u'*');
    if (parts.size() == 1)
        return host == pattern;
    qsizetype at = parts.front().size();
    for (qsizetype i = 1; i + 1 < parts.size() && at >= 0; ++i) {
        const qsizetype found = host.indexOf(parts[i], at);
        at = found < 0 ? -1 : found + parts[i].size();
    }
    return at >= 0 && host.startsWith(parts.front()) && host.endsWith(parts.back()) &&
           host.size() - parts.back().size() >= at;
}

bool narrows(const Comparison &one)
{
    const bool isRest = !isHost(one) && !isMethod(one) && one.field != "ssl"_L1 && !isAnyPath(one);
    return isRest || leavesReadingOut(one) || isAboutPlainHttp(one);
}

bool picksSome(const Comparison &one)
{
    const bool isEveryAddress = isAnyPath(one) && hostsOfAddresses(one).isEmpty();
    return (one.field != "ssl"_L1 || one.isNot) && !isEveryAddress;
}

} // namespace

bool isHost(const Comparison &one)
{
    return one.field == "http.host"_L1;
}

bool isMethod(const Comparison &one)
{
    return one.field == "http.request.method"_L1;
}

bool isPath(const Comparison &one)
{
    return one.field.startsWith("http.request.uri"_L1) || one.field.startsWith("raw.http.request.uri"_L1) ||
           isWholeAddress(one);
}

bool isAboutSession(const Comparison &one)
{
    return !one.isLength && (one.field == "http.cookie"_L1 || one.field.startsWith("http.request.cookies"_L1) ||
                             one.texts.contains("authorization"_L1, Qt::CaseInsensitive));
}

// 'http.cookie ne ""' means a cookie.
bool picksSignedIn(const Comparison &one)
{
    return isAboutSession(one) && one.isNot == one.texts.contains(QString());
}

bool isAboutEverything(const RuleBranch &branch)
{
    return std::ranges::none_of(branch, narrows);
}

bool isAboutEverything(const RuleExpression &expression)
{
    return std::ranges::any_of(expression.branches, [](const RuleBranch &branch) { return isAboutEverything(branch); });
}

bool isAboutEverybody(const RuleExpression &expression)
{
    return std::ranges::any_of(expression.branches,
                               [](const RuleBranch &branch) { return std::ranges::none_of(branch, picksSome); });
}

QStringList hostsOf(const Comparison &one)
{
    if (isPath(one))
        return one.match == MatchKind::Expression ? QStringList() : hostsOfAddresses(one);
    if (!isHost(one) || isOfUnknownHosts(one))
        return {};
    QStringList hosts;
    hosts.reserve(one.texts.size());
    for (const QString &text : one.texts)
        hosts << hostPattern(one.match, text);
    return hosts;
}

QStringList hostsIn(const RuleBranch &branch)
{
    QStringList hosts;
    for (const Comparison &one : branch) {
        if (!one.isNot)
            hosts << hostsOf(one);
    }
    return hosts;
}

bool isOfUnknownHosts(const Comparison &one)
{
    const bool hasExpression = one.match == MatchKind::Expression;
    return hasExpression && (isHost(one) || (isPath(one) && !hostsOfAddresses(one).isEmpty()));
}

bool isOneOfHosts(const QString &host, const QStringList &hosts)
{
    return std::ranges::any_of(hosts, [&](const QString &one) { return fits(host, one); });
}

QStringList pathsIn(const RuleBranch &branch)
{
    QStringList paths;
    for (const Comparison &one : branch) {
        if (isPath(one) && !one.isNot)
            paths << one.texts;
    }
    return paths;
}

} // namespace cockpit
