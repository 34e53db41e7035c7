#include "checks/actors/requestproof.h"

#include "checks/actors/answertext.h"
#include "checks/actors/curlline.h"
#include "checks/actors/likeness.h"
#include "checks/actors/recordid.h"
#include "checks/actors/wire.h"
#include "checks/net/requesttarget.h"
#include "checks/web/denial.h"
#include "checks/web/htmlpage.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RequestProof)
};

constexpr int kDeepest = 12;
constexpr qsizetype kMostShapes = 100; // different ones of a list: more is cut off anyway
constexpr int kLongestRequestBody = 600;

QString shapeOfValue(const QJsonValue &value, std::span<const Marker> markers, int depth);

QString shapeOfText(const QString &text, std::span<const Marker> markers)
{
    const auto shown = std::ranges::find_if(
        markers, [&](const Marker &marker) { return text.contains(marker.text, Qt::CaseInsensitive); });
    if (shown == markers.end())
        return u"…"_s;
    const QString left = text.size() > shown->text.size() ? u"… "_s : QString();
    return u'"' + left + shown->text + u'"';
}

// Of a map the names are values: mail addresses, ids, names of people.
QString shownKey(const QString &key, std::span<const Marker> markers)
{
    static const QRegularExpression plain(u"^[A-Za-z_$@][A-Za-z0-9_$:.-]{0,39}$"_s);
    const bool isMarker = std::ranges::any_of(
        markers, [&](const Marker &marker) { return key.contains(marker.text, Qt::CaseInsensitive); });
    const auto kind = idKindOf(key);
    const bool isWord = !kind || *kind == IdKind::Slug || *kind == IdKind::Short; // "due_date", "line2b"
    const bool isName = isWord && plain.match(key).hasMatch();
    return isName || isMarker ? key : u"…"_s;
}

// Equal ones are counted: a list of a thousand strangers is one line.
QString shapeOfList(const QJsonArray &list, std::span<const Marker> markers, int depth)
{
    QStringList parts;
    QList<int> counts;
    for (const QJsonValue one : list) {
        const QString shape = shapeOfValue(one, markers, depth + 1);
        if (const qsizetype known = parts.indexOf(shape); known >= 0) {
            ++counts[known];
        } else if (parts.size() >= kMostShapes) {
            parts.append(u"…"_s);
            counts.append(1);
            break;
        } else {
            parts.append(shape);
            counts.append(1);
        }
    }
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (counts.at(i) > 1)
            parts[i] = u"%1 × %2"_s.arg(QString::number(counts.at(i)), parts.at(i));
    }
    return u'[' + parts.join(u", "_s) + u']';
}

QString shapeOfValue(const QJsonValue &value, std::span<const Marker> markers, int depth)
{
    if (depth > kDeepest)
        return u"…"_s;
    if (value.isArray())
        return shapeOfList(value.toArray(), markers, depth);
    if (value.isString())
        return shapeOfText(value.toString(), markers);
    if (!value.isObject())
        return value.isNull() ? u"null"_s : u"…"_s;
    QStringList parts;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        parts.append(u"\"%1\": "_s.arg(shownKey(it.key(), markers)) + shapeOfValue(it.value(), markers, depth + 1));
    return u'{' + parts.join(u", "_s) + u'}';
}

// The marker in its place, with the names of other people around it left out.
QString shapeOfPage(const QString &text, std::span<const Marker> markers)
{
    QStringList parts;
    for (const Marker &marker : markers) {
        const qsizetype at = text.indexOf(marker.text, 0, Qt::CaseInsensitive);
        if (at >= 0)
            parts.append(u"… %1 …"_s.arg(marker.text));
    }
    return parts.isEmpty() ? Text::tr("%n character(s), left out", nullptr, static_cast<int>(text.size()))
                           : parts.join(u'\n');
}

QString textOfBody(const HttpResponse &answer)
{
    if (!isPage(answer))
        return QString::fromUtf8(answer.body);
    const auto page = parseHtml(answer.body, answer.url);
    const QString raw = withoutEntities(QString::fromUtf8(answer.body));
    return page ? page->title + u' ' + page->text + u'\n' + raw : raw;
}

QString requestText(const ActiveRequest &request, const std::vector<Secret> &known)
{
    QString text =
        u"%1 %2\n"_s.arg(QString::fromLatin1(request.method),
                         withoutSecrets(QString::fromLatin1(sentAddress(request.url, request.headers)), known));
    for (const Header &header : request.headers) {
        if (header.name == kTargetField) // stands in the line above
            continue;
        text += QString::fromUtf8(header.name) + u": "_s + headerWithPlaceholder(header, known) + u'\n';
    }
    if (!request.body.isEmpty())
        text += u'\n' + plainText(withoutSecrets(QString::fromUtf8(request.body), known), kLongestRequestBody) + u'\n';
    return text;
}

} // namespace

QString bodyShape(const HttpResponse &answer, std::span<const Marker> markers, int maxLength)
{
    if (answer.body.isEmpty())
        return {};
    const auto json = jsonOf(answer);
    const QString shape = json ? shapeOfValue(*json, markers, 0) : shapeOfPage(textOfBody(answer), markers);
    return plainText(redact(shape), maxLength);
}

Evidence requestProof(const ActiveRequest &request, const HttpResponse &answer, const ProofOptions &options)
{
    const QString who = options.actor.isEmpty() ? Text::tr("signed out") : options.actor;
    const QString title = Text::tr("%1, asked by: %2")
                              .arg(QString::fromLatin1(request.method) + u' ' +
                                       withoutSecrets(request.url.toDisplayString(), options.known),
                                   who);
    QStringList parts;
    parts.append(requestText(request, options.known));
    parts.append(answer.head());
    if (const QString shape = bodyShape(answer, options.markers); !shape.isEmpty())
        parts.append(shape + u'\n');
    parts.append(Text::tr("Try it yourself:") + u'\n' + curlLine(request, options.known));
    constexpr int kLongest = 6000;
    return {plainText(redact(title, options.known)), plainText(redact(parts.join(u'\n'), options.known), kLongest)};
}

} // namespace cockpit
