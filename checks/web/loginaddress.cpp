#include "checks/web/loginaddress.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString plainPath(const QUrl &url)
{
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

// "/users/sign_in", "/wp-login.php", "/oauth2/v2.0/authorize", "/u/login/identifier"; not "/authors" nor "/bloginfo".
bool isLoginPath(const QString &path)
{
    static const QRegularExpression word(u"^(?!(?:last|after|post|first)[-_.])(?:.*[-_.])?(?:log[-_]?in|log[-_]?on|"
                                         u"sign[-_]?in)(?:[-_.].*|page|form)?$|^(?:user|admin)login$|"
                                         u"^(?:oauth2?|sso|saml2?|authorize|authenticate)$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    // The steps of a login lie below it: "/signin/v2/identifier". Only the plain word does not begin other things.
    static const QRegularExpression folder(u"^(?:log[-_]?in|log[-_]?on|sign[-_]?in|oauth2?|sso|saml2?|adfs)$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    // "/customerLogin", "/ServiceLogin"; "/lastLogin" is a field, and "/afterLogin" is where a login leads.
    static const QRegularExpression camel(u"^(?!(?i:last|after|post|first))[A-Za-z]*[a-z]Login(?:Page|Form)?$"_s);
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    const qsizetype last = parts.size() - 1;
    // "auth" is a folder of many things: the word counts where it stands last, or before who signs people in, or a
    // step.
    static const QRegularExpression behindAuth(
        u"^(?:google|github|gitlab|bitbucket|microsoft|azure|entra|aad|facebook|meta|apple|twitter|x|linkedin|slack|"
        u"discord|okta|auth0|keycloak|cognito|workos|clerk|developer|saml2?|oidc|openid|openidconnect|openid-connect|"
        u"oauth2?|sso|callback|authorize|authenticate|log-?in|log-?on|sign-?in|sign-?up|register|start|otp|mfa|2fa|"
        u"totp|"
        u"verify|magic|magic-?link|email|phone|password|identifier|challenge)(?:[-_.].*)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto isAuth = [&](qsizetype at) {
        return at >= 0 && parts.at(at).compare("auth"_L1, Qt::CaseInsensitive) == 0;
    };
    if (isAuth(last) || (isAuth(last - 1) && behindAuth.match(parts.at(last)).hasMatch()))
        return true;
    const auto isLogin = [](const QString &part) {
        return folder.match(part).hasMatch() || camel.match(part).hasMatch();
    };
    if (std::ranges::any_of(parts, isLogin))
        return true;
    const bool isNewSession = path.endsWith("/session/new"_L1) || path.endsWith("/sessions/new"_L1);
    return isNewSession || std::any_of(parts.begin() + std::max<qsizetype>(0, last - 1), parts.end(),
                                       [](const QString &part) { return word.match(part).hasMatch(); });
}

// "login.example.com", and the services that do nothing else.
bool isLoginHost(const QString &host)
{
    static const QRegularExpression label(u"^(?:login|signin|sign-in|auth|sso|idp|oauth|identity|adfs|sts)$|"
                                          u"^(?:auth0|okta|cloudflareaccess|microsoftonline)$"_s);
    // Elsewhere "accounts" may be those of customers.
    static const QRegularExpression accounts(u"^accounts\\.(?:google|zoho|youtube)\\.[a-z.]{2,6}$"_s);
    if (accounts.match(host.toLower()).hasMatch())
        return true;
    const QStringList labels = host.toLower().split(u'.');
    return std::ranges::any_of(labels, [](const QString &one) { return label.match(one).hasMatch(); });
}

} // namespace

bool leadsToLogin(const QUrl &asked, const QUrl &target)
{
    const QString fragment = target.fragment(); // apps with their routes behind a "#"
    const bool isSamePlace = plainPath(asked).compare(plainPath(target), Qt::CaseInsensitive) == 0;
    if (isSamePlace && !fragment.startsWith(u'/'))
        return false;
    if (isLoginPath(target.path()) || (fragment.startsWith(u'/') && isLoginPath(fragment.section(u'?', 0, 0))))
        return true;
    return asked.host().compare(target.host(), Qt::CaseInsensitive) != 0 && isLoginHost(target.host());
}

} // namespace cockpit
