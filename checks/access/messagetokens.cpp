// The tokens in a message on a WebSocket.
#include "checks/access/messageids.h"
#include "models/access/harmless.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <functional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 16;

bool isTokenName(const QString &name)
{
    static const QRegularExpression words(u"token|jwt|authori[sz]ation|bearer|^auth$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return words.match(name).hasMatch();
}

// Every text by what `change` makes of its name and value.
QJsonValue withTexts(const QJsonValue &value, const QString &name,
                     const std::function<QString(const QString &name, const QString &text)> &change, int depth = 0)
{
    if (depth > kDeepest)
        return value;
    if (value.isString())
        return change(name, value.toString());
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue one : value.toArray())
            list.append(withTexts(one, name, change, depth + 1));
        return list;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = withTexts(it.value(), it.key(), change, depth + 1);
    return object;
}

} // namespace

bool hasUnknownValue(const QJsonValue &json)
{
    bool isUnknown = false;
    withTexts(json, {}, [&](const QString &name, const QString &text) {
        isUnknown = isUnknown || (text == placeholder() && !isTokenName(name));
        return text;
    });
    return isUnknown;
}

void putToken(SocketMessage &message, const QByteArray &token)
{
    if (message.json.isUndefined())
        return;
    message.json = withTexts(message.json, {}, [&](const QString &name, const QString &text) {
        if (text != placeholder())
            return text;
        const bool isHeader = name.compare("authorization"_L1, Qt::CaseInsensitive) == 0 && !token.isEmpty();
        return (isHeader ? u"Bearer "_s : QString()) + QString::fromUtf8(token);
    });
}

} // namespace cockpit
