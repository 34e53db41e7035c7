#include "checks/actors/codebody.h"

#include "models/access/bodyfields.h"
#include "models/access/harmless.h"
#include "models/access/onetimecode.h"
#include "models/access/signinfields.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool matches(const QRegularExpression &pattern, const QString &text)
{
    return pattern.match(text).hasMatch();
}

bool isOnPathOfCodes(const QString &path)
{
    static const QRegularExpression words(u"verif|otp|2fa|mfa|two-?factor|one-?time|passcode|confirm|reset"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    // "/login/code/check", "/auth/code". A coupon's path has a word of its own before it, and so has a login that is
    // none: "/login-promo/code".
    static const QRegularExpression ofSignIn(
        u"(?:^|/)(?:log-?_?[io]n|sign-?_?[io]n|auth(?:enticate|entication)?|sessions?)(?:/|[-_])codes?(?:[/_-]|$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return matches(words, path) || matches(ofSignIn, path);
}

// "code" is a coupon's, too, and "token" a link's: there the path decides. A part of a name is none: "zip_code".
bool isNameOfSeveralUses(const QString &name)
{
    static const QRegularExpression names(u"(?:^|[.\\[])(?:code|pin|passcode|token|(?:sms|auth|verification|"
                                          "confirmation|security|login)[_-]?code)\\]?$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return matches(names, name);
}

// What an order, a delivery or a voucher has beside its code.
bool isOfTrade(const QString &name)
{
    static const QRegularExpression names(u"order|amount|price|total|quantity|cart|basket|address|street|city|country|"
                                          "postal|zip|shipping|delivery|coupon|promo|voucher|gift"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression mail(u"e-?_?mail-?_?address"_s, QRegularExpression::CaseInsensitiveOption);
    return matches(names, name) && !matches(mail, name);
}

// By the names of all members, numbers and lists among them: "order_id":7. What stands inside a value names none: an
// address in JSON may have a query.
bool isBesideTrade(const RouteSample &sample)
{
    static const QRegularExpression ofForm(u"(?:^|&)([^=&]{1,100})="_s);
    static const QRegularExpression ofOthers(u"\"([^\"]{1,100})\"\\s*:"_s);
    const bool isForm = bodyKindOf(sample.contentType, sample.body) == BodyKind::Form;
    auto all = (isForm ? ofForm : ofOthers).globalMatch(QString::fromUtf8(sample.body));
    while (all.hasNext()) {
        if (isOfTrade(all.next().captured(1)))
            return true;
    }
    return false;
}

bool isOfLinks(const QString &name)
{
    static const QRegularExpression names(u"token\\]?$"_s, QRegularExpression::CaseInsensitiveOption);
    return matches(names, name);
}

std::optional<CodeSign> signOf(const QString &name, const QString &value, const QString &path)
{
    static const QRegularExpression digits(u"^\\d{4,8}$"_s);
    const bool isCalledCode = fieldRoleOf(name, {}) == FieldRole::OneTimeCode;
    if (!isCalledCode && !(isNameOfSeveralUses(name) && isOnPathOfCodes(path)))
        return std::nullopt;
    if (!matches(digits, value) && (value != placeholder() || isOfLinks(name)))
        return std::nullopt;
    return isCalledCode ? CodeSign::Name : CodeSign::NameOfSeveralUses;
}

QString visited(const RouteSample &sample, const FieldVisitor &visitor)
{
    return replacedFields(bodyKindOf(sample.contentType, sample.body), sample.contentType, sample.body, visitor);
}

// In a form it may be percent-encoded; the body comes back with the hole as it is written.
std::optional<CodeBody> withNamedCode(const RouteSample &sample)
{
    bool isThere = sample.body.contains(codeHole().toLatin1());
    const QString text = visited(sample, [&](const QString &, const QString &value) -> std::optional<QString> {
        const bool isHole = value.contains(codeHole());
        isThere = isThere || isHole;
        return isHole ? std::optional(value) : std::nullopt;
    });
    return isThere ? std::optional(CodeBody{.text = text}) : std::nullopt;
}

} // namespace

std::optional<CodeBody> codeBodyOf(const RouteSample &sample)
{
    if (auto named = withNamedCode(sample))
        return named;
    CodeBody found;
    bool hasFound = false;
    found.text = visited(sample, [&](const QString &name, const QString &value) -> std::optional<QString> {
        const auto sign = hasFound ? std::nullopt : signOf(name, value, sample.path);
        if (!sign)
            return std::nullopt;
        hasFound = true;
        found.sign = *sign;
        found.digits = value == placeholder() ? 0 : static_cast<int>(value.size());
        return codeHole();
    });
    const bool mayBeOther = hasFound && found.sign == CodeSign::NameOfSeveralUses;
    if (mayBeOther && (isOfTrade(sample.path) || isBesideTrade(sample)))
        return std::nullopt;
    return hasFound ? std::optional(std::move(found)) : std::nullopt;
}

} // namespace cockpit
