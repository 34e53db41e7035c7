#include "models/access/signinfields.h"

#include "models/access/harmless.h"
#include "models/secretsinventory.h"

#include <QLatin1StringView>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString plainName(const QString &name)
{
    QString plain;
    for (const QChar c : name.right(200)) {
        if (c == u'[' || c == u'.')
            plain.clear();
        else if (c.isLetterOrNumber())
            plain += c.toLower();
    }
    return plain;
}

template<std::size_t N>
bool isOneOf(const QString &word, const std::array<QLatin1StringView, N> &words)
{
    return std::ranges::any_of(words, [&](QLatin1StringView known) { return word == known; });
}

template<std::size_t N>
bool holdsOneOf(const QString &word, const std::array<QLatin1StringView, N> &words)
{
    return std::ranges::any_of(words, [&](QLatin1StringView part) { return word.contains(part); });
}

constexpr std::array kPasswords{"password"_L1,      "passwd"_L1,  "pass"_L1,         "pwd"_L1,
                                "passphrase"_L1,    "pw"_L1,      "clientsecret"_L1, "userpassword"_L1,
                                "loginpassword"_L1, "passcode"_L1};
constexpr std::array kUsers{"email"_L1,     "username"_L1, "user"_L1,         "login"_L1,     "identifier"_L1,
                            "mail"_L1,      "account"_L1,  "emailaddress"_L1, "userid"_L1,    "loginid"_L1,
                            "useremail"_L1, "uid"_L1,      "phone"_L1,        "loginname"_L1, "usernameoremail"_L1};
constexpr std::array kCsrf{"csrf"_L1, "xsrf"_L1, "authenticitytoken"_L1, "requestverificationtoken"_L1};
constexpr std::array kCaptcha{"captcha"_L1, "turnstile"_L1};
constexpr std::array kCodes{"otp"_L1, "totp"_L1, "mfacode"_L1, "otpcode"_L1, "twofactorcode"_L1, "verificationcode"_L1};

} // namespace

FieldRole fieldRoleOf(const QString &name, const QString &value)
{
    const QString plain = plainName(name);
    if (plain == "granttype"_L1)
        return FieldRole::GrantType;
    if (plain == "clientid"_L1)
        return FieldRole::ClientId;
    if (plain == "scope"_L1)
        return FieldRole::Scope;
    if (holdsOneOf(plain, kCaptcha))
        return FieldRole::Captcha;
    // Laravel's is called "_token" and nothing else.
    if (holdsOneOf(plain, kCsrf) || name == "_token"_L1)
        return FieldRole::Csrf;
    if (isOneOf(plain, kCodes))
        return FieldRole::OneTimeCode;
    if (isOneOf(plain, kPasswords))
        return FieldRole::Password;
    if (isOneOf(plain, kUsers))
        return FieldRole::User;
    // Keys of a service that go into addresses ("?key=AIza…").
    const bool isKey = plain == "key"_L1 && value.size() >= 16;
    return isKey || isSecretName(name) || looksLikeValue(value) ? FieldRole::Secret : FieldRole::Plain;
}

bool isBrowserHeader(const QString &name)
{
    static constexpr std::array own{"host"_L1,
                                    "connection"_L1,
                                    "content-length"_L1,
                                    "content-type"_L1,
                                    "cookie"_L1,
                                    "user-agent"_L1,
                                    "accept-encoding"_L1,
                                    "accept-language"_L1,
                                    "priority"_L1,
                                    "cache-control"_L1,
                                    "pragma"_L1,
                                    "dnt"_L1,
                                    "te"_L1,
                                    "upgrade"_L1,
                                    "baggage"_L1,
                                    "sentry-trace"_L1,
                                    "traceparent"_L1,
                                    "tracestate"_L1,
                                    "newrelic"_L1,
                                    "x-request-id"_L1,
                                    "x-client-data"_L1,
                                    "transfer-encoding"_L1,
                                    "if-none-match"_L1,
                                    "upgrade-insecure-requests"_L1};
    const QString lower = name.toLower();
    return isOneOf(lower, own) || lower.startsWith("sec-"_L1) || lower.startsWith("if-"_L1);
}

bool isCsrfHeader(const QString &name)
{
    return holdsOneOf(plainName(name), kCsrf);
}

bool isApiKeyHeader(const QString &name)
{
    static constexpr std::array keys{"xapikey"_L1,      "apikey"_L1, "xauthtoken"_L1,
                                     "xaccesstoken"_L1, "xtoken"_L1, "xapitoken"_L1};
    return isOneOf(plainName(name), keys);
}

} // namespace cockpit
