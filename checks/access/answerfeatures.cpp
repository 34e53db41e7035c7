#include "checks/access/answerfeatures.h"

#include "checks/actors/answertext.h"
#include "checks/actors/likeness.h"
#include "checks/net/location.h"
#include "models/jsonplaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Headers of the way, the moment or the visitor.
bool isPassing(const QString &name)
{
    static constexpr std::array exact{
        "date"_L1,       "age"_L1,          "etag"_L1,          "retry-after"_L1,       "content-length"_L1,
        "set-cookie"_L1, "connection"_L1,   "keep-alive"_L1,    "transfer-encoding"_L1, "content-encoding"_L1,
        "vary"_L1,       "expires"_L1,      "last-modified"_L1, "alt-svc"_L1,           "nel"_L1,
        "report-to"_L1,  "server-timing"_L1};
    static constexpr std::array parts{"ratelimit"_L1, "rate-limit"_L1, "request-id"_L1, "trace"_L1,    "cf-"_L1,
                                      "x-amz"_L1,     "x-cache"_L1,    "x-runtime"_L1,  "x-served"_L1, "timing"_L1};
    return std::ranges::find(exact, name) != exact.end() ||
           std::ranges::any_of(parts, [&](QLatin1StringView part) { return name.contains(part); });
}

QString namesOf(const std::vector<Header> &headers)
{
    QStringList names;
    for (const Header &header : headers) {
        const QString name = QString::fromLatin1(header.name).toLower();
        if (!isPassing(name))
            names.append(name);
    }
    names.sort();
    names.removeDuplicates();
    return names.join(u' ');
}

QString cookiesOf(const HttpResponse &answer)
{
    QStringList names;
    for (const QByteArray &line : answer.headerValues("set-cookie"))
        names.append(QString::fromLatin1(line.split('=').constFirst().trimmed()));
    names.sort();
    names.removeDuplicates();
    return names.join(u' ');
}

QString locationOf(const HttpResponse &answer)
{
    const auto value = answer.header("location");
    if (!value)
        return {};
    const QUrl to = locationTarget(answer.url, *value);
    QStringList parts{to.path()};
    const auto items = QUrlQuery(to).queryItems();
    for (const auto &[name, text] : items) {
        // "?error=unknown_user" tells, "?email=…" and "?state=…" do not.
        const bool isWord = text.size() <= 40 && !text.contains(u'@') && !isVolatileKey(name);
        parts.append(isWord ? name + u'=' + text : name);
    }
    return parts.join(u' ');
}

// Numbers and long tokens are other ones each time.
QString withoutChanging(QString text)
{
    static const QRegularExpression token(u"\\b(?=[A-Za-z0-9_-]*\\d)[A-Za-z0-9_-]{16,}\\b|\\b[A-Za-z0-9_+/=-]{32,}"_s);
    static const QRegularExpression number(u"\\d+"_s);
    static const QRegularExpression blanks(u"\\s+"_s);
    text.replace(token, u"*"_s);
    text.replace(number, u"#"_s);
    text.replace(blanks, u" "_s);
    return text;
}

QJsonValue withoutNumbers(const QJsonValue &value)
{
    if (value.isDouble())
        return u"#"_s;
    if (value.isString())
        return isVolatileText(value.toString()) ? u"*"_s : withoutChanging(value.toString());
    if (value.isArray()) {
        const QJsonArray given = value.toArray();
        QJsonArray list;
        for (const auto &one : given)
            list.append(withoutNumbers(one));
        return list;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = withoutNumbers(it.value());
    return object;
}

QString withoutName(QString text, const QString &submitted)
{
    if (submitted.isEmpty())
        return text;
    const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(submitted));
    for (const QString &spelling : {submitted, encoded, submitted.toHtmlEscaped()})
        text.replace(spelling, u"@"_s, Qt::CaseInsensitive);
    return text;
}

// Supabase answers a sign-up for an address that is taken with a made-up person who has no identities, as for a new
// one: that is its way of not telling, and what is left of a difference is Supabase's to mend.
QJsonValue withoutMadeUpPerson(const QJsonValue &value)
{
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    if (object.contains("aud"_L1) && object.contains("identities"_L1) && object["identities"_L1].isArray()) {
        for (const QLatin1StringView name : {"identities"_L1, "role"_L1, "user_metadata"_L1, "is_anonymous"_L1})
            object.remove(name);
        return object;
    }
    if (const QJsonValue user = object.value("user"_L1); user.isObject())
        object.insert("user"_L1, withoutMadeUpPerson(user));
    return object;
}

QString bodyOf(const HttpResponse &answer, const QString &submitted)
{
    const QString text = withoutName(withoutEntities(QString::fromUtf8(answer.body)), submitted);
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (document.isNull())
        return withoutChanging(text);
    const QJsonValue whole = jsonRoot(document);
    const QJsonValue plain = withoutNumbers(withoutVolatile(withoutMadeUpPerson(whole)));
    return QString::fromUtf8(plain.isArray() ? QJsonDocument(plain.toArray()).toJson(QJsonDocument::Compact)
                                             : QJsonDocument(plain.toObject()).toJson(QJsonDocument::Compact));
}

constexpr std::size_t kMostTraces = 2000;
constexpr qsizetype kLongestTrace = 300;

// A new date in each answer is none of the cookie's own.
QString withoutEnd(const QByteArray &cookie)
{
    QStringList parts;
    for (const QByteArray &part : cookie.mid(cookie.indexOf('=') + 1).split(';')) {
        if (!part.trimmed().toLower().startsWith("expires="))
            parts.append(QString::fromLatin1(part.trimmed()));
    }
    return parts.join(u"; "_s);
}

void addLeaves(const QJsonValue &value, const QString &path, AnswerTraces &traces)
{
    if (traces.size() >= kMostTraces)
        return;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            addLeaves(it.value(), path + u'/' + it.key(), traces);
        return;
    }
    if (value.isArray()) {
        const QJsonArray list = value.toArray();
        traces[path + u"/length"_s] = QString::number(list.size());
        for (qsizetype i = 0; i < list.size(); ++i)
            addLeaves(list[i], path + u'/' + QString::number(i), traces);
        return;
    }
    traces[path] = value.isString()
                       ? value.toString().left(kLongestTrace)
                       : QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

// Tags, and what stands between them: where one comes in, the others stay what they are.
void addPieces(const QString &text, AnswerTraces &traces)
{
    static const QRegularExpression piece(u"<[^>]*>|[^<\n]+"_s);
    for (auto it = piece.globalMatch(text); it.hasNext() && traces.size() < kMostTraces;) {
        const QString found = withoutChanging(it.next().captured()).trimmed().left(kLongestTrace);
        if (!found.isEmpty())
            traces[u"body/"_s + found] = QString();
    }
}

void addBody(const HttpResponse &answer, const QString &submitted, AnswerTraces &traces)
{
    const QString text = withoutName(withoutEntities(QString::fromUtf8(answer.body)), submitted);
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (document.isNull())
        addPieces(text, traces);
    else
        addLeaves(withoutVolatile(withoutMadeUpPerson(jsonRoot(document))), u"body/"_s, traces);
}

} // namespace

AnswerTraces tracesOf(const HttpResponse &answer, const QString &submitted)
{
    AnswerTraces traces;
    for (const Header &header : answer.headers) {
        const QString name = QString::fromLatin1(header.name).toLower();
        if (!isPassing(name) && name != "location"_L1)
            traces[u"headers/"_s + name] += withoutName(QString::fromLatin1(header.value), submitted);
    }
    for (const QByteArray &line : answer.headerValues("set-cookie"))
        traces[u"cookies/"_s + QString::fromLatin1(line.split('=').constFirst().trimmed())] =
            withoutName(withoutEnd(line), submitted);
    if (const auto value = answer.header("location")) {
        const QUrl to = locationTarget(answer.url, *value);
        traces[u"location/path"_s] = withoutName(to.path(), submitted);
        for (const auto &[name, text] : QUrlQuery(to).queryItems(QUrl::FullyDecoded))
            traces[u"location/?"_s + name] = withoutName(text, submitted);
    }
    addBody(answer, submitted, traces);
    return traces;
}

AnswerFeatures featuresOf(const HttpResponse &answer, const QString &submitted)
{
    return {.status = answer.status,
            .location = withoutName(locationOf(answer), submitted),
            .headers = namesOf(answer.headers),
            .cookies = cookiesOf(answer),
            .body = bodyOf(answer, submitted)};
}

} // namespace cockpit
