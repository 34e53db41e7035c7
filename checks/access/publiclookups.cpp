#include "checks/access/publiclookups.h"

#include "checks/access/crossings.h"
#include "checks/actors/entrypoints.h"
#include "checks/actors/routeaddress.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool fits(const QString &text, const QString &pattern)
{
    const QRegularExpression words(pattern, QRegularExpression::CaseInsensitiveOption);
    return words.match(text).hasMatch();
}

// "/users", "/users/exists", "/check-email", "/email-available".
bool asksByQuery(const QString &path)
{
    static const QString people = u"(?:user|account|member|profile|person|people|e?-?mail|user-?_?name|login)"_s;
    static const QString asks = u"(?:exists?|check|availab(?:le|ility)|taken|registered|look-?up|find|by-?e?-?mail)"_s;
    return fits(path, u"(?:^|/)(?:users|accounts|members|profiles|people)/?$"_s) ||
           fits(path, u"(?:^|[/_-])"_s + people + u"s?[/_-]?"_s + asks + u"/?$"_s) ||
           fits(path, u"(?:^|[/_-])(?:check|look-?up|find|is)[/_-]?"_s + people + u"(?:[/_-]?"_s + asks + u")?/?$"_s);
}

// What stands in the one hole: "email" of "/users/{email}" and of "/users/by-email/{id}". Empty when there are more
// holes, or the route is about something else than people.
QString holeWord(const QString &path)
{
    static const QRegularExpression hole(u"^[{<\\[:]+(?:\\w+:)?(\\w+)[}>\\]]*(?:\\.\\w+)?$"_s);
    const QStringList parts = path.split(u'/');
    QString word;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto match = hole.match(parts.at(i));
        if (!match.hasMatch())
            continue;
        if (!word.isEmpty())
            return {};
        const bool isAfterMail = i > 0 && fits(parts.at(i - 1), u"^(?:by-?)?e?-?mail$"_s);
        word = isAfterMail ? u"email"_s : match.captured(1).toLower();
    }
    return word;
}

bool isAboutPeople(const QString &path)
{
    return fits(path, u"(?:^|/)(?:users?|accounts?|members?|profiles?|people|u|authors?|avatars?|by-?e?-?mail)/"_s);
}

std::optional<PublicLookup> byHole(const Route &route, const Target &target)
{
    const QString word = holeWord(route.path);
    PublicLookup lookup{.place = LookupPlace::Path, .route = route, .url = {}, .field = {}};
    lookup.target = target;
    const bool isPicture = fits(route.path, u"(?:^|/)(?:avatars?|gravatar|picture|photo)(?:/|$)"_s);
    if (word == "hash"_L1 || word == "md5"_L1)
        lookup.place = LookupPlace::Hash;
    else if (fits(word, u"^(?:user_?name|handle|nick(?:_?name)?|login|slug)$"_s))
        lookup.byMail = false;
    else if (!fits(word, u"^(?:user_?)?e?_?mail(?:_?address)?$"_s))
        return std::nullopt;
    if (lookup.place == LookupPlace::Hash ? !isPicture : !isAboutPeople(route.path) && !isPicture)
        return std::nullopt;
    return lookup;
}

std::optional<PublicLookup> lookupOf(const Route &route, const Target &target)
{
    if (route.method != "GET"_L1 || route.access == AccessClass::Admin || route.path.contains(u'#'))
        return std::nullopt;
    if (hasHoles(route.path))
        return byHole(route, target);
    const auto address = addressOf(target, route);
    if (!address || !asksByQuery(route.path))
        return std::nullopt;
    const bool byName = fits(route.path, u"user-?_?name|login"_s);
    return PublicLookup{.place = LookupPlace::Query,
                        .route = route,
                        .url = *address,
                        .field = byName ? u"username"_s : u"email"_s,
                        .byMail = !byName};
}

// A question about people that takes an address and no password.
std::optional<PublicLookup> questionOf(const RouteSample &sample, const Target &target)
{
    const QString place = sample.path.section(u'#', 0, 0);
    const bool isGraphQl = place.contains("graphql"_L1, Qt::CaseInsensitive) || place.endsWith("/gql"_L1);
    const QString query = QJsonDocument::fromJson(sample.body).object()["query"_L1].toString();
    const QString holes = bodyWithHoles(sample.contentType, sample.body);
    const bool asksForSomebody = holes.contains("{{user}}"_L1) && !holes.contains("{{password}}"_L1);
    if (sample.method != "POST"_L1 || !isGraphQl || query.isEmpty() || !asksForSomebody ||
        fits(query, u"\\b(?:mutation|subscription)\\b"_s) ||
        !fits(query, u"user|account|member|person|profile|e-?mail"_s))
        return std::nullopt;
    PublicLookup lookup{.place = LookupPlace::GraphQl, .route = {}, .url = {}, .field = {}, .sample = sample};
    lookup.target = target;
    lookup.route.method = sample.method;
    lookup.route.path = sample.path;
    lookup.route.host = sample.host;
    lookup.byMail = fits(query, u"e-?mail"_s);
    lookup.url = requestOf(sample, sample.body, target).url;
    return lookup.url.isEmpty() ? std::nullopt : std::optional(lookup);
}

QString md5Of(const QString &mail)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(mail.trimmed().toLower().toUtf8(), QCryptographicHash::Md5).toHex());
}

// In a JSON text.
QString escapedForJson(const QString &name)
{
    const QByteArray list = QJsonDocument(QJsonArray{name}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(2, list.size() - 4));
}

} // namespace

std::vector<PublicLookup> publicLookupsOf(const Target &target, const ProjectFacts &facts)
{
    std::vector<PublicLookup> lookups;
    for (const Route &route : facts.routes) {
        if (auto lookup = lookupOf(route, target))
            lookups.push_back(std::move(*lookup));
    }
    for (const RouteSample &sample : facts.samples) {
        if (auto lookup = questionOf(sample, target))
            lookups.push_back(std::move(*lookup));
    }
    std::stable_sort(lookups.begin(), lookups.end(), [](const PublicLookup &a, const PublicLookup &b) {
        const auto rank = [](const PublicLookup &one) {
            return one.place == LookupPlace::GraphQl || one.route.access == AccessClass::Public ? 0 : 1;
        };
        return rank(a) < rank(b);
    });
    return lookups;
}

ActiveRequest lookupRequest(const PublicLookup &lookup, const QString &name)
{
    switch (lookup.place) {
    case LookupPlace::Query:
        return requestOf(lookup.route, lookup.url, {{lookup.field, name}});
    case LookupPlace::Path:
    case LookupPlace::Hash: {
        const QString part = lookup.place == LookupPlace::Hash ? md5Of(name) : name;
        return requestAt(lookup.route, addressOf(lookup.target, lookup.route, QStringList{part}).value_or(QUrl()));
    }
    case LookupPlace::GraphQl: {
        QString body = bodyWithHoles(lookup.sample.contentType, lookup.sample.body);
        body.replace("{{user}}"_L1, escapedForJson(name));
        return requestOf(lookup.sample, body.toUtf8(), lookup.target);
    }
    }
    Q_UNREACHABLE();
}

ActiveRequest besideLookup(const PublicLookup &lookup, const QString &name, const QString &word)
{
    ActiveRequest request = lookupRequest(lookup, name);
    QString path = request.url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    request.url.setPath(path.section(u'/', 0, -2) + '/'_L1 + word + '/'_L1 + path.section(u'/', -1),
                        QUrl::TolerantMode);
    return request;
}

QString lookupName(const PublicLookup &lookup)
{
    static const QRegularExpression field(u"\\{\\s*(\\w+)\\s*[({]"_s);
    if (lookup.place == LookupPlace::Query)
        return routeName(lookup.route) + u'?' + lookup.field + u'=';
    if (lookup.place != LookupPlace::GraphQl)
        return routeName(lookup.route);
    const QString query = QJsonDocument::fromJson(lookup.sample.body).object()["query"_L1].toString();
    const auto match = field.match(query);
    return match.hasMatch() ? u"%1 (%2)"_s.arg(routeName(lookup.route), match.captured(1)) : routeName(lookup.route);
}

} // namespace cockpit
