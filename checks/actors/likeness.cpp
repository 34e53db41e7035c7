#include "checks/actors/likeness.h"

#include "checks/web/denial.h"
#include "checks/web/htmlpage.h"
#include "checks/web/jsonlines.h"
#include "checks/web/plainname.h"
#include "checks/web/similarity.h"
#include "models/jsonplaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostPaths = 4000;
constexpr double kSameFields = 0.8; // optional members come and go
constexpr double kSamePage = 0.9;

// Members without order and lists in the order of their texts: databases promise none.
QByteArray canonical(const QJsonValue &value, int depth = 0)
{
    if (depth > kDeepestJson)
        return "…";
    if (value.isArray()) {
        std::vector<QByteArray> parts;
        for (const QJsonValue &one : value.toArray())
            parts.push_back(canonical(one, depth + 1));
        std::ranges::sort(parts);
        QByteArray text = "[";
        for (const QByteArray &part : parts)
            text += part + ',';
        return text + ']';
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject(); // sorted by its names
        QByteArray text = "{";
        for (auto it = object.begin(); it != object.end(); ++it)
            text += QJsonDocument(QJsonArray{it.key()}).toJson(QJsonDocument::Compact) + ':' +
                    canonical(it.value(), depth + 1) + ',';
        return text + '}';
    }
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
}

bool haveSameFields(const QJsonValue &a, const QJsonValue &b)
{
    const QSet<QString> ofA = keyPathsOf(a);
    const QSet<QString> ofB = keyPathsOf(b);
    if (ofA.isEmpty() || ofB.isEmpty())
        return false;
    const auto common = static_cast<double>((ofA & ofB).size());
    return common / static_cast<double>((ofA | ofB).size()) >= kSameFields;
}

Likeness likenessOfJson(const QJsonValue &a, const QJsonValue &b)
{
    if (canonical(withoutVolatile(a)) == canonical(withoutVolatile(b)))
        return Likeness::Same;
    if (a.type() != b.type())
        return Likeness::Different;
    if (!a.isArray() && !a.isObject())
        return Likeness::SameShape; // a balance and another one
    return haveSameFields(a, b) ? Likeness::SameShape : Likeness::Different;
}

// What a person reads, without what changes by itself.
QString wordsOf(const HttpResponse &answer)
{
    const auto page = parseHtml(answer.body, answer.url);
    if (!page)
        return {};
    static const QRegularExpression changing(
        u"\\b\\d{1,2}:\\d{2}(?::\\d{2})?\\b|\\b\\d{4}-\\d{2}-\\d{2}[T ]\\S+|\\b\\d+ (?:second|minute|hour)s? ago\\b|"
        u"\\b[0-9a-f]{16,}\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    return QString(page->title + u' ' + page->text).remove(changing).simplified();
}

Likeness likenessOfPages(const HttpResponse &a, const HttpResponse &b)
{
    const QString wordsA = wordsOf(a);
    const QString wordsB = wordsOf(b);
    if (wordsA == wordsB && !wordsA.isEmpty())
        return Likeness::Same;
    // Pages without words are drawn by their scripts, which say nothing about what a person gets to see.
    if (wordsA.isEmpty() || wordsB.isEmpty())
        return wordsA.isEmpty() && wordsB.isEmpty() ? Likeness::Unclear : Likeness::Different;
    return similarity(simHash(wordsA.toUtf8()), simHash(wordsB.toUtf8())) >= kSamePage ? Likeness::SameShape
                                                                                       : Likeness::Different;
}

QByteArray typeOf(const HttpResponse &answer)
{
    const QByteArray type = answer.header("content-type").value_or(QByteArray()).toLower();
    const qsizetype end = type.indexOf(';');
    return (end < 0 ? type : type.left(end)).trimmed();
}

// Tables, documents, pictures.
Likeness likenessOfOthers(const HttpResponse &a, const HttpResponse &b)
{
    if (typeOf(a) != typeOf(b) || a.body.isEmpty() != b.body.isEmpty())
        return Likeness::Different;
    const bool isText = typeOf(a).startsWith("text/");
    const auto firstLine = [](const QByteArray &body) { return body.left(body.indexOf('\n')).trimmed(); };
    if (isText && firstLine(a.body).contains(',') && firstLine(a.body) == firstLine(b.body))
        return Likeness::SameShape;
    if (isText)
        return similarity(simHash(a.body), simHash(b.body)) >= kSamePage ? Likeness::SameShape : Likeness::Different;
    return Likeness::Unclear; // the same document is made anew with another time in it
}

} // namespace

QString toWord(Likeness value)
{
    switch (value) {
    case Likeness::Same:
        return u"same"_s;
    case Likeness::SameShape:
        return u"same_shape"_s;
    case Likeness::Different:
        return u"different"_s;
    case Likeness::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

bool isVolatileKey(const QString &name)
{
    static const QRegularExpression names(
        u"^(?:now|timestamps?|ts|(?:server|current|response|request|query|execution|processing|local)time|"
        u"(?:generated|fetched|queried|requested|rendered|cached|accessed|retrieved|lastseen|lastactive|lastlogin|"
        u"lastaccess|lastused|lastvisit|lastactivity)(?:at|on|time)?|updated(?:at|on|time)?|"
        u"nonce|(?:csrf|xsrf)\\w*|\\w*token|(?:request|trace|span|correlation|session|transaction|operation)id|sid|"
        u"etag|expires(?:in|at)?|exp|iat|nbf|jti|uptime|duration\\w*|took|elapsed\\w*|latency\\w*|runtime|"
        u"signature|sig|hmac|random|buildid|(?:view|hit|visit|request|login)(?:s|count)|ratelimit\\w*|"
        u"remaining(?:requests)?|reset(?:at|in)?|age|captcha\\w*|signinscount)$"_s);
    return names.match(plainName(name)).hasMatch();
}

bool isVolatileText(const QString &text)
{
    static const QRegularExpression forms(
        u"^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}|^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} \\w{3} \\d{4} \\d{2}:|"
        u"^eyJ[\\w-]{8,}\\.[\\w-]+\\.|[?&](?:X-Amz-\\w+|X-Goog-\\w+|sig|signature|token|expires|se|Expires|"
        u"Signature)="_s);
    constexpr qsizetype kLooked = 4000;
    return forms.match(text.left(kLooked)).hasMatch();
}

QJsonValue withoutVolatile(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray kept;
        for (const QJsonValue &one : value.toArray())
            kept.append(withoutVolatile(one));
        return kept;
    }
    if (!value.isObject())
        return value;
    const QJsonObject object = value.toObject();
    QJsonObject kept;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!isVolatileKey(it.key()) && !isVolatileText(it.value().toString()))
            kept.insert(it.key(), withoutVolatile(it.value()));
    }
    return kept;
}

QSet<QString> keyPathsOf(const QJsonValue &value)
{
    QSet<QString> paths;
    visitJson(value, [&](const JsonPlace &place) {
        if (place.isMember() || (place.isItem && place.isLeaf()))
            paths.insert(place.path());
        return paths.size() < kMostPaths;
    });
    return paths;
}

std::optional<QJsonValue> jsonOf(const HttpResponse &answer)
{
    // A line that no script can run stands before the JSON of some products, so that it cannot be loaded as one.
    QByteArray body = answer.body.trimmed();
    if (body.startsWith(")]}'"))
        body = body.mid(body.indexOf('\n') + 1);
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isObject())
        return document.object();
    if (document.isArray())
        return document.array();
    if (const auto lines = jsonLinesIn(body); !lines.empty()) {
        QJsonArray records;
        for (const QJsonObject &line : lines)
            records.append(line);
        return records;
    }
    constexpr qsizetype kLongestScalar = 1000;
    if (body.isEmpty() || body.size() > kLongestScalar)
        return std::nullopt;
    const QJsonArray wrapped = QJsonDocument::fromJson('[' + body + ']').array(); // RFC 8259, 2
    return wrapped.size() == 1 ? std::optional(QJsonValue(wrapped.first())) : std::nullopt;
}

Likeness likenessOf(const HttpResponse &a, const HttpResponse &b)
{
    if (a.status != b.status)
        return Likeness::Different;
    if (a.body == b.body && a.bodyTruncated == b.bodyTruncated)
        return Likeness::Same;
    if (a.bodyTruncated || b.bodyTruncated)
        return Likeness::Unclear;
    const auto jsonA = jsonOf(a);
    const auto jsonB = jsonOf(b);
    if (jsonA && jsonB)
        return likenessOfJson(*jsonA, *jsonB);
    if (jsonA || jsonB || isPage(a) != isPage(b))
        return Likeness::Different;
    return isPage(a) ? likenessOfPages(a, b) : likenessOfOthers(a, b);
}

} // namespace cockpit
