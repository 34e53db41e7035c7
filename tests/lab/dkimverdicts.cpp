// Verdicts on messages for tests/lab/dkim_differential.py and arc_differential.py: one JSON object a line in
// ({"message": base64, "keys": {name: record}, "now": seconds}), one a line out ({"verdicts": [a word for each
// signature, "refused" for an unreadable one], "arc": word}).
#include "checks/mail/arcchain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <iostream>
#include <string>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QString verdictOn(const Message &message, const MessageField &field, const QJsonObject &keys, const QDateTime &now)
{
    const auto signature = parseDkimSignature(field);
    if (!signature)
        return u"refused"_s;
    const QJsonValue record = keys[signature->keyName()];
    if (!record.isString())
        return u"no_key"_s;
    return toWord(verifyDkim(message, field, *signature, readDkimKey(record.toString().toLatin1()), now).verdict);
}

QString verdictOnChain(const Message &message, const QJsonObject &keys, const QDateTime &now)
{
    const auto key = [&](const QString &name) {
        const QJsonValue record = keys[name];
        return record.isString() ? SignatureKey{SignatureKeyState::Found, readDkimKey(record.toString().toLatin1())}
                                 : SignatureKey{};
    };
    return toWord(verifyArc(message, readArcChain(message), key, now).verdict);
}

QByteArray answerTo(const QJsonObject &question)
{
    const auto message = parseMessage(QByteArray::fromBase64(question["message"_L1].toString().toLatin1()));
    const auto now = QDateTime::fromSecsSinceEpoch(question["now"_L1].toInteger(), Qt::UTC);
    QJsonArray verdicts;
    if (message) {
        for (const MessageField &field : message->named("DKIM-Signature"))
            verdicts.append(verdictOn(*message, field, question["keys"_L1].toObject(), now));
    }
    const QString arc = message ? verdictOnChain(*message, question["keys"_L1].toObject(), now) : u"none"_s;
    return QJsonDocument(QJsonObject{{u"verdicts"_s, verdicts}, {u"arc"_s, arc}}).toJson(QJsonDocument::Compact);
}

} // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answerTo(QJsonDocument::fromJson(QByteArray::fromStdString(line)).object()).constData() << '\n';
    return 0;
}
