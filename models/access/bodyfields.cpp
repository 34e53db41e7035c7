#include "models/access/bodyfields.h"

#include "models/jsonplaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 32;

QString decoded(QByteArray text)
{
    return QUrl::fromPercentEncoding(text.replace('+', ' '));
}

// Percent-encoded but for the holes in it.
QString encodedAroundHoles(const QString &text)
{
    static const QRegularExpression hole(u"\\{\\{[A-Za-z0-9_]{1,40}\\}\\}"_s);
    QString encoded;
    qsizetype done = 0;
    const auto encode = [](const QString &part) { return QString::fromLatin1(QUrl::toPercentEncoding(part)); };
    for (auto found = hole.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        encoded += encode(text.mid(done, match.capturedStart() - done)) + match.captured();
        done = match.capturedEnd();
    }
    return encoded + encode(text.mid(done));
}

QJsonValue replacedValue(const QJsonValue &value, const QString &name, const FieldVisitor &visitor, int depth)
{
    if (depth > kDeepest)
        return value;
    if (value.isString())
        return visitor(name, value.toString()).value_or(value.toString());
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue item : value.toArray())
            array.append(replacedValue(item, name, visitor, depth + 1));
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = replacedValue(it.value(), it.key(), visitor, depth + 1);
    return object;
}

QString replacedJson(const QByteArray &body, const FieldVisitor &visitor)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonValue whole = jsonRoot(document);
    const QJsonValue replaced = replacedValue(whole, {}, visitor, 0);
    const QJsonDocument result =
        replaced.isArray() ? QJsonDocument(replaced.toArray()) : QJsonDocument(replaced.toObject());
    return QString::fromUtf8(result.toJson(QJsonDocument::Compact));
}

// One part behind its boundary (RFC 7578 section 4): its head, a blank line, its content.
QString replacedPart(const QByteArray &part, const FieldVisitor &visitor)
{
    static const QRegularExpression nameIn(u"[; ]name=\"([^\"]*)\""_s);
    const qsizetype blank = part.indexOf("\r\n\r\n");
    const QString head = QString::fromUtf8(part.left(blank));
    const QRegularExpressionMatch name = nameIn.match(head);
    if (blank < 0 || !name.hasMatch() || head.contains("filename"_L1, Qt::CaseInsensitive))
        return QString::fromUtf8(part);
    QByteArray content = part.mid(blank + 4);
    const bool hasEnd = content.endsWith("\r\n");
    if (hasEnd)
        content.chop(2);
    const QString value = QString::fromUtf8(content);
    return head + u"\r\n\r\n"_s + visitor(name.captured(1), value).value_or(value) + (hasEnd ? u"\r\n"_s : QString());
}

QString replacedMultipart(const QByteArray &contentType, const QByteArray &body, const FieldVisitor &visitor)
{
    const QByteArray boundary = boundaryOf(contentType);
    if (boundary.isEmpty())
        return QString::fromUtf8(body);
    const QByteArray mark = "--" + boundary;
    QString result;
    qsizetype at = 0;
    while (at < body.size()) {
        const qsizetype next = body.indexOf(mark, at);
        result += replacedPart(body.mid(at, next < 0 ? -1 : next - at), visitor);
        if (next < 0)
            break;
        result += QString::fromUtf8(mark);
        at = next + mark.size();
    }
    return result;
}

} // namespace

QByteArray boundaryOf(const QByteArray &contentType)
{
    const qsizetype at = contentType.toLower().indexOf("boundary=");
    QByteArray boundary = at < 0 ? QByteArray() : contentType.mid(at + 9);
    if (const qsizetype end = boundary.indexOf(';'); end >= 0)
        boundary.truncate(end);
    return boundary.trimmed().replace('"', "");
}

BodyKind bodyKindOf(const QByteArray &contentType, const QByteArray &body)
{
    if (contentType.startsWith("multipart/form-data"))
        return BodyKind::Multipart;
    if (const QByteArray start = body.trimmed(); start.startsWith('{') || start.startsWith('[')) {
        if (!QJsonDocument::fromJson(start).isNull())
            return BodyKind::Json;
    }
    return contentType.startsWith("application/x-www-form-urlencoded") ? BodyKind::Form : BodyKind::Other;
}

QString replacedFields(BodyKind kind, const QByteArray &contentType, const QByteArray &body,
                       const FieldVisitor &visitor)
{
    switch (kind) {
    case BodyKind::Form:
        return replacedFormFields(body, visitor);
    case BodyKind::Json:
        return replacedJson(body, visitor);
    case BodyKind::Multipart:
        return replacedMultipart(contentType, body, visitor);
    case BodyKind::Other:
        return QString::fromUtf8(body);
    }
    Q_UNREACHABLE();
}

QString replacedFormFields(const QByteArray &form, const FieldVisitor &visitor)
{
    QStringList items;
    for (const QByteArray &item : form.split('&')) {
        const qsizetype equals = item.indexOf('=');
        const auto instead =
            equals < 0 ? std::nullopt : visitor(decoded(item.left(equals)), decoded(item.mid(equals + 1)));
        items << (instead ? QString::fromUtf8(item.left(equals + 1)) + encodedAroundHoles(*instead)
                          : QString::fromUtf8(item));
    }
    return items.join(u'&');
}

} // namespace cockpit
