#include "models/routes/accessguess.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool matches(const QRegularExpression &words, const QString &path)
{
    return words.match(path).hasMatch();
}

bool isForAdministrators(const QString &path)
{
    static const QRegularExpression words(
        u"(?:^|[/#._-])(?:admin|admins|administrator|administration|backoffice|back-office|superuser|superadmin|staff|"
        u"moderation|moderator|internal|impersonate|cpanel|wp-admin)(?:$|[/#._-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    return matches(words, path);
}

// What has to answer before somebody has signed in, and what is written for everybody.
bool isForEverybody(const QString &path)
{
    static const QRegularExpression words(
        u"(?:^|[/#._-])(?:log-?in|log-?out|sign-?in|sign-?up|sign-?out|register|registration|forgot(?:-password)?|"
        u"reset-password|password-reset|verify-email|confirm-email|magic-link|otp|csrf|health|healthz|healthcheck|"
        u"livez|"
        u"readyz|status|ping|version|public|webhook|webhooks|callback|oauth|sso|saml|robots\\.txt|sitemap\\.xml|"
        u"\\.well-known|favicon\\.ico|manifest\\.json|openapi\\.json|swagger\\.json|contact|newsletter|pricing|plans|"
        u"terms|privacy|imprint|about|blog|docs|help|faq|legal|cookies|features|changelog|careers|jobs|press)(?:$|[/#._-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    return matches(words, path);
}

bool isForMembers(const QString &path)
{
    static const QRegularExpression words(
        u"(?:^|/"
        u")(?:app|dashboard|account|accounts|profile|settings|billing|orders?|invoices?|users?|members?|team|teams|"
        u"workspace|workspaces|projects?|customers?|me|my|inbox|messages?|notifications?|portal|console|onboarding|"
        u"checkout|subscriptions?|reports?|analytics|export|exports|files|uploads?)(?:$|/)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return matches(words, path);
}

} // namespace

AccessClass guessedAccess(const QString &path, AddressKind kind)
{
    if (isForAdministrators(path))
        return AccessClass::Admin;
    if (isForEverybody(path))
        return AccessClass::Public;
    if (kind == AddressKind::Call || isForMembers(path))
        return AccessClass::SignedIn;
    return AccessClass::Public;
}

} // namespace cockpit
