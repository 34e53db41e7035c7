#include "checks/abuse/answerexposure.h"

#include "models/access/harmless.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// "passwordHash", "password_hash" and "password-hash" are one name.
QString plainOf(const QString &name)
{
    static const QRegularExpression mark(u"[^a-z0-9]"_s);
    return name.toLower().remove(mark);
}

// Pages of lists, forms and scripts have tokens of their own, which are for whoever gets them.
bool isOrdinary(const QString &plain)
{
    static const QRegularExpression ordinary(
        u"(?:page|cursor|next|prev|continuation|sync|csrf|xsrf|device|push|upload|download)token$|"
        "(?:type|url|hint|count|required|enabled|expires?(?:at|in)?|at|set)$|^tokens?(?:used|left|limit)"_s);
    static const QRegularExpression secret(u"(?:hash|salt|digest)$"_s);
    return ordinary.match(plain).hasMatch() && !secret.match(plain).hasMatch();
}

bool namesSecret(const QString &name)
{
    static const QRegularExpression hashed(
        u"^(?:.*(?:password|passwd|pwd|pin|token)(?:hash|salt|digest)|(?:hashed|encrypted)(?:password|passwd)|"
        "salt|(?:totp|mfa|otp|twofactor)(?:secret|seed|key)|recoverycodes?|backupcodes?|reset(?:password)?token|"
        "(?:remember|invite|invitation|confirmation|verification|activation)token|webhooksecret|signingkey)$"_s);
    const QString plain = plainOf(name);
    return !isOrdinary(plain) && (hashed.match(plain).hasMatch() || isSecretName(name));
}

bool namesInternal(const QString &name)
{
    static const QRegularExpression internal(
        u"^(?:internal.*|.*internal(?:id|note|notes|comment|comments|status|score)|_?private.*|adminnotes?|staffnotes?|"
        "moderatornotes?|costprice|purchaseprice|wholesaleprice|margin|markup|riskscore|fraudscore|creditscore|"
        "isdeleted|deletedat|deletedby|isbanned|bannedreason|isshadowbanned|lastloginip|signupip|createdip|"
        "(?:created|updated)byip|currentsigninip|lastsigninip|failedlogins?|failedattempts|loginattempts|lockversion|"
        "v|rev|etl.*|debug.*)$"_s);
    // "__v" of Mongoose and "_rev" of CouchDB alone: "v" may be anything.
    const QString plain = plainOf(name);
    if (plain == "v"_L1 || plain == "rev"_L1)
        return name.startsWith(u'_');
    return internal.match(plain).hasMatch();
}

bool holdsNothing(const QJsonValue &value)
{
    static const QRegularExpression masked(u"^[*•xX.\\-\\s]*$|\\*{3,}|•{3,}|^<[^>]*>$|^\\[[^\\]]*\\]$"_s);
    if (value.isString())
        return masked.match(value.toString().left(4000)).hasMatch();
    if (value.isArray())
        return value.toArray().isEmpty();
    if (value.isObject())
        return value.toObject().isEmpty();
    return value.isNull() || value.isUndefined() || value == QJsonValue(false);
}

// What no person chose: the hash of a password, a key, a token.
bool isMade(const QJsonValue &value)
{
    static const QRegularExpression crypt(u"^\\$(?:2[aby]|argon2[a-z]*|5|6|scrypt|pbkdf2[a-z0-9-]*)\\$"_s);
    static const QRegularExpression made(u"^(?=[^ ]*[0-9])(?=[^ ]*[A-Za-z])[!-~]{16,}$"_s);
    static const QRegularExpression address(u"^(?:[a-z]+:/)?/"_s);
    const QString text = value.toString().left(4000);
    return crypt.match(text).hasMatch() || (made.match(text).hasMatch() && !address.match(text).hasMatch());
}

} // namespace

std::optional<ExposedMember> exposedMember(const UnnamedMember &member)
{
    if (holdsNothing(member.value))
        return std::nullopt;
    if (namesSecret(member.name)) {
        // "has_password": true tells of a secret, and is none.
        if (!member.value.isString() && !member.value.isArray())
            return std::nullopt;
        return ExposedMember{member.pointer, ExposedKind::Secret, isMade(member.value) ? Proof::Strong : Proof::Lead};
    }
    if (namesInternal(member.name))
        return ExposedMember{member.pointer, ExposedKind::Internal, Proof::Lead};
    return std::nullopt;
}

std::vector<ExposedMember> exposedMembers(const std::vector<UnnamedMember> &members)
{
    std::vector<ExposedMember> exposed;
    for (const UnnamedMember &member : members) {
        if (auto one = exposedMember(member))
            exposed.push_back(std::move(*one));
    }
    return exposed;
}

} // namespace cockpit
