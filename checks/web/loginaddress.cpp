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
    static const QRegularExpression word(
        u"^(?:.*[-_.])?(?:log[-_]?in|log[-_]?on|sign[-_]?in)(?:[-_.].*|page|form)?$|^(?:user|admin)login$|"
        u"^(?:oauth2?|sso|saml2?|authorize|authenticate)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    // The steps of a login lie below it: "/signin/v2/identifier". Only the plain word does not begin other things.
    static const QRegularExpression folder(u"^(?:log[-_]?in|log[-_]?on|sign[-_]?in|oauth2?|sso|saml2?|adfs)$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    // "/customerLogin", "/ServiceLogin"; "/lastLogin" is a field.
    static const QRegularExpression camel(u"^(?!last)[A-Za-z]*[a-z]Login(?:Page|Form)?$"_s);
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    const qsizetype last = parts.size() - 1;
    // "auth" is a folder of many things: the word counts where it stands last, or before the name of who signs in.
    const auto isAuth = [&](qsizetype at) {
        return at >= 0 && parts.at(at).compare("auth"_L1, Qt::CaseInsensitive) == 0;
    };
    if (isAuth(last) || isAuth(last - 1))
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
    static const QRegularExpression label(u"^(?:login|signin|sign-in|auth|sso|idp|oauth|identity|accounts|adfs|sts)$|"
                                          u"^(?:auth0|okta|cloudflareaccess|microsoftonline)$"_s);
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
