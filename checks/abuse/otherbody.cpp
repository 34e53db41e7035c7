#include "checks/abuse/otherbody.h"

#include "models/access/bodyfields.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

std::optional<OtherBody> formOf(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    QByteArrayList items;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool isNested = it.value().isObject() || it.value().isArray();
        if (isNested)
            return std::nullopt;
        items.append(it.key().toUtf8().toPercentEncoding() + '=' +
                     it.value().toVariant().toString().toUtf8().toPercentEncoding());
    }
    return items.isEmpty() ? std::nullopt
                           : std::optional(OtherBody{"application/x-www-form-urlencoded", items.join('&')});
}

std::optional<OtherBody> jsonOf(const QByteArray &body)
{
    QJsonObject object;
    for (const QByteArray &item : body.split('&')) {
        const qsizetype at = item.indexOf('=');
        const auto decoded = [](QByteArray text) {
            return QString::fromUtf8(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
        };
        if (at > 0)
            object.insert(decoded(item.left(at)), decoded(item.mid(at + 1)));
    }
    return object.isEmpty()
               ? std::nullopt
               : std::optional(OtherBody{"application/json", QJsonDocument(object).toJson(QJsonDocument::Compact)});
}

} // namespace

std::optional<OtherBody> inOtherForm(const QByteArray &contentType, const QByteArray &body)
{
    switch (bodyKindOf(contentType, body)) {
    case BodyKind::Json:
        return formOf(body);
    case BodyKind::Form:
        return jsonOf(body);
    case BodyKind::Multipart:
    case BodyKind::Other:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
