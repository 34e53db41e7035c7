#include "checks/abuse/otheridentity.h"

#include "models/access/bodyfields.h"
#include "models/jsonplaces.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// "user[phone_number]" and "user.phoneNumber" are a "phonenumber".
QString plainName(const QString &name)
{
    QString plain;
    for (const QChar c : name) {
        if (c == u'[' || c == u'.')
            plain.clear();
        else if (c.isLetterOrNumber())
            plain += c.toLower();
    }
    return plain;
}

// A challenge or a factor is of whoever began it.
bool isIdentityName(const QString &name)
{
    static const QRegularExpression names(
        u"phone|mobile|msisdn|whatsapp|recipient|e?mail(?:address)?$|username$|nickname$|"
        u"^(?:tel|cell|sms|to|uid|sub|login|destination)(?:number|no|nr)?$|"
        u"^(?:user|account|customer|client|member|person|contact|patient|student|employee|subscriber|profile|factor|"
        u"challenge|enrol+ment|verification|transaction|device|session)(?:id|uuid|no|nr|number|name|ref)?$"_s);
    return names.match(plainName(name)).hasMatch();
}

bool isIdentityValue(const QString &value)
{
    static const QRegularExpression address(u"^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$"_s);
    static const QRegularExpression number(u"^\\+\\d[\\d ()./-]{6,}$"_s);
    return address.match(value).hasMatch() || number.match(value).hasMatch();
}

bool isOther(const QString &name, const QString &value, const QString &user)
{
    const bool isNobody =
        value.isEmpty() || value.contains("{{"_L1) || (value.startsWith(u'<') && value.endsWith(u'>'));
    const bool isUser = !user.isEmpty() && value.compare(user, Qt::CaseInsensitive) == 0;
    return !isNobody && !isUser && (isIdentityName(name) || isIdentityValue(value));
}

// Numbers as well, which visitors of texts do not see.
QString otherIn(const QByteArray &json, const QString &user)
{
    QString found;
    visitJsonLeaves(jsonRoot(json), [&](const JsonPlace &place) {
        const QJsonValue &value = place.value;
        const QString text = value.isDouble() ? QString::number(value.toDouble(), 'f', 0) : value.toString();
        if (isOther(place.name, text, user))
            found = place.name;
        return found.isEmpty();
    });
    return found;
}

} // namespace

QString otherIdentityIn(const QByteArray &contentType, const QByteArray &body, const QString &user)
{
    const BodyKind kind = bodyKindOf(contentType, body);
    if (kind == BodyKind::Json)
        return otherIn(body, user);
    QString found;
    replacedFields(kind, contentType, body, [&](const QString &name, const QString &value) -> std::optional<QString> {
        if (found.isEmpty() && isOther(name, value, user))
            found = name;
        return std::nullopt;
    });
    return found;
}

} // namespace cockpit
