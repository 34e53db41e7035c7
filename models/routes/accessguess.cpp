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

// Where people come in, as the last part; not for a record of somebody: /users/{id}/reset-password.
bool isEntrance(const QString &path)
{
    static const QRegularExpression words(
        u"(?:^|[/#.])(?:log[-_]?in|log[-_]?out|sign[-_]?in|sign[-_]?up|sign[-_]?out|register|registration|"
        u"forgot(?:[-_]password)?|reset[-_]password|password[-_]reset)(?:\\.[a-z]{2,5})?/?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return matches(words, path);
}

// What else has to answer before somebody has signed in, what machines ask for, and what calls itself public.
bool isForStrangers(const QString &path)
{
    static const QRegularExpression words(
        u"(?:^|[/"
        u"#.])(?:verify[-_]email|confirm[-_]email|magic[-_]link|otp|csrf(?:[-_]token)?|callback(?:/"
        u"[a-z-]+)?|sso|saml|oauth2?|"
        u"oauth2?/(?:authorize|token)|webhooks?/(?:stripe|paypal|github|gitlab|shopify|paddle|mollie|twilio|sendgrid|"
        u"clerk|slack)|(?:health|healthz|healthcheck)(?:/[a-z-]+)?|livez|readyz|status|ping|version|robots\\.txt|"
        u"sitemap\\.xml|favicon\\.ico|manifest\\.json|openapi\\.json|swagger\\.json)(?:\\.[a-z]{2,5})?/?$|"
        u"/public(?:/|$)|/\\.well-known/"_s,
        QRegularExpression::CaseInsensitiveOption);
    return matches(words, path);
}

// What is written to be read, behind a language at most: /en/about/team.
bool isPublished(const QString &path)
{
    static const QRegularExpression words(
        u"^(?:/[a-z]{2}(?:-[a-z]{2})?)?/(?:public|contact|newsletter|pricing|plans|terms|privacy|imprint|about|blog|"
        u"docs|help|faq|legal|cookies|features|changelog|careers|jobs|press)(?:$|[/#._-])"_s,
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

bool isNamedForEverybody(const QString &path, AddressKind kind)
{
    const bool isOfSomebody = isForMembers(path) && path.contains(u'{');
    return (isEntrance(path) && !isOfSomebody) || (kind == AddressKind::Page && isPublished(path)) ||
           (isForStrangers(path) && !isForMembers(path));
}

AccessClass guessedAccess(const QString &path, AddressKind kind)
{
    if (isForAdministrators(path))
        return AccessClass::Admin;
    if (isNamedForEverybody(path, kind))
        return AccessClass::Public;
    if (kind == AddressKind::Call || isForMembers(path))
        return AccessClass::SignedIn;
    return AccessClass::Public;
}

} // namespace cockpit
