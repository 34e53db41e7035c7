// The stored form of a permission, and the seal that tells one of this machine from a stranger's.
#include "models/access/permission.h"
#include "models/jsonfields.h"

#include <QJsonDocument>
#include <QMessageAuthenticationCode>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonValue fromTime(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QDateTime toTime(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

QJsonValue fromProof(const std::optional<ControlProof> &proof)
{
    if (!proof)
        return {};
    return QJsonObject{{u"method"_s, toWord(proof->method)},
                       {u"domain"_s, proof->domain},
                       {u"proven_at"_s, fromTime(proof->provenAt)}};
}

bool isSeal(const QString &text)
{
    constexpr qsizetype kDigits = 64;
    return text.isEmpty() || (text.size() == kDigits && std::ranges::all_of(text, [](QChar c) {
                                  return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
                              }));
}

} // namespace

QJsonObject toJson(const Permission &permission)
{
    return {{u"token"_s, json::textOrNull(permission.token)},
            {u"proof"_s, fromProof(permission.proof)},
            {u"requests"_s, permission.budget.requests},
            {u"per_second"_s, permission.budget.perSecond},
            {u"lockable_accounts"_s, permission.budget.lockableAccounts},
            {u"agreed_by"_s, json::textOrNull(permission.agreedBy)},
            {u"agreed_at"_s, fromTime(permission.agreedAt)},
            {u"agreed_for"_s, json::textOrNull(permission.agreedFor)},
            {u"stopped"_s, permission.stopped},
            {u"seal"_s, json::textOrNull(QString::fromLatin1(permission.seal))}};
}

std::optional<Permission> permissionFromJson(const QJsonObject &object)
{
    Permission permission;
    permission.token = object["token"_L1].toString();
    if (const QJsonValue proof = object["proof"_L1]; proof.isObject()) {
        const auto method = controlMethodFromWord(proof["method"_L1].toString());
        if (!method)
            return std::nullopt;
        permission.proof = ControlProof{*method, proof["domain"_L1].toString(), toTime(proof["proven_at"_L1])};
    }
    permission.budget = {object["requests"_L1].toInt(), object["per_second"_L1].toDouble(),
                         object["lockable_accounts"_L1].toInt(-1)};
    permission.agreedBy = object["agreed_by"_L1].toString();
    permission.agreedAt = toTime(object["agreed_at"_L1]);
    permission.agreedFor = object["agreed_for"_L1].toString();
    // What does not say that it may go on is stopped.
    permission.stopped = object["stopped"_L1].toBool(true);
    const QString seal = object["seal"_L1].toString();
    permission.seal = seal.toLatin1();
    const auto checked = checkedPermission(permission);
    return checked && isSeal(seal) ? std::optional(*checked) : std::nullopt;
}

QByteArray sealOf(const Permission &permission, const QByteArray &machineKey)
{
    QJsonObject object = toJson(permission);
    object.remove(u"seal"_s);
    // The kill switch can be turned at any time, and on any machine.
    object.remove(u"stopped"_s);
    return QMessageAuthenticationCode::hash(QJsonDocument(object).toJson(QJsonDocument::Compact), machineKey,
                                            QCryptographicHash::Sha256)
        .toHex();
}

Permission sealed(Permission permission, const QByteArray &machineKey)
{
    permission.seal = sealOf(permission, machineKey);
    return permission;
}

Permission ownPermission(Permission permission, const QByteArray &machineKey)
{
    if (!machineKey.isEmpty() && permission.seal == sealOf(permission, machineKey))
        return permission;
    permission.proof.reset();
    permission.agreedBy.clear();
    permission.agreedAt = {};
    permission.agreedFor.clear();
    permission.seal.clear();
    return permission;
}

} // namespace cockpit
