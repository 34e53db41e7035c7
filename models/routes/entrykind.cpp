#include "models/routes/entrykind.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct KindByWords
{
    EntryKind kind;
    const char *method;
    const char *words; // of the path, in lower case
};

// In this order: "/invitations/accept" is none that invites, "/password/reset" with a token none that asks for one.
constexpr std::array kKinds{
    KindByWords{EntryKind::AcceptInvite, "POST",
                "invit\\w*/(?:[^/]+/)?(?:accept|confirm|redeem|join)|accept-?invit\\w*|join/invit\\w*"},
    KindByWords{
        EntryKind::Forgot, "POST",
        "forgot\\w*|(?:password|reset)[/_-](?:forgot|request|email|link|send)|(?:request|send)[/_-]?(?:password[/_-]?)?"
        "reset|recover(?:y)?$|lost-?password"},
    KindByWords{EntryKind::MagicLink, "POST",
                "magic-?_?links?(?:/send)?$|passwordless(?:/(?:start|send|login|email))?$|auth/v1/otp$|"
                "(?:log-?in|sign-?in)[/_-](?:link|email)$|(?:otp|code)s?/(?:send|request)$|"
                "(?:send|request)[/_-](?:otp|code|login-?link)$"},
    KindByWords{EntryKind::Discovery, "POST",
                "sso[/_-](?:discover\\w*|lookup|domain)$|home-?realm\\w*$|"
                "(?:check|lookup|identify)[/_-](?:e?mail|user|account|login)$|"
                "(?:e?mail|user|account)s?[/_-](?:check|exists|lookup|available)$|"
                "log-?in[/_-](?:identif\\w*|discover\\w*|check)$"},
    KindByWords{EntryKind::ResetPassword, "POST",
                "(?:password[/_-])?reset(?:[/_-]password)?(?:/confirm)?$|(?:new|set)-password"},
    KindByWords{EntryKind::Invite, "POST", "invit\\w*$|invite[/_-](?:user|member|send)s?$"},
    KindByWords{EntryKind::SignUp, "POST", "sign-?_?up$|register$|registration$|users/new$|create-account$"},
    KindByWords{EntryKind::Login, "POST", "log-?_?in$|sign-?_?in$|sessions?$|auth/token$|authenticate$"},
    KindByWords{
        EntryKind::OnceOnly, "POST",
        "redeem$|coupons?/(?:[^/]+/)?(?:apply|use)$|vouchers?/(?:[^/]+/)?(?:apply|use)$|vote$|claim$|withdraw\\w*$|"
        "gift-?cards?/(?:[^/]+/)?(?:apply|use)$"},
    KindByWords{EntryKind::Webhook, "POST", "web-?hooks?(?:/|$)"},
    KindByWords{EntryKind::Chat, "POST", "chat(?:/|$)|completions?$|assistant(?:/|$)|generate$|prompt$|ask$"},
    KindByWords{EntryKind::Upload, "POST", "uploads?$|attachments?$|files?$"},
    KindByWords{EntryKind::Heavy, "GET",
                "(?:export|report|backup)s?(?:\\.\\w+)?$|export\\.\\w+$|search$|statistics$|analytics$"},
};

bool hasWords(const QString &path, const char *words)
{
    const QRegularExpression pattern(u"(?:^|[/_.-])(?:"_s + QString::fromLatin1(words) + u")"_s,
                                     QRegularExpression::CaseInsensitiveOption);
    return pattern.match(path).hasMatch();
}

} // namespace

QString toWord(EntryKind value)
{
    switch (value) {
    case EntryKind::Login:
        return u"login"_s;
    case EntryKind::SignUp:
        return u"sign_up"_s;
    case EntryKind::Forgot:
        return u"forgot"_s;
    case EntryKind::MagicLink:
        return u"magic_link"_s;
    case EntryKind::Discovery:
        return u"discovery"_s;
    case EntryKind::Lookup:
        return u"lookup"_s;
    case EntryKind::ResetPassword:
        return u"reset_password"_s;
    case EntryKind::Invite:
        return u"invite"_s;
    case EntryKind::AcceptInvite:
        return u"accept_invite"_s;
    case EntryKind::OnceOnly:
        return u"once_only"_s;
    case EntryKind::Webhook:
        return u"webhook"_s;
    case EntryKind::Chat:
        return u"chat"_s;
    case EntryKind::Upload:
        return u"upload"_s;
    case EntryKind::Heavy:
        return u"heavy"_s;
    }
    Q_UNREACHABLE();
}

std::optional<EntryKind> entryKindOf(const Route &route)
{
    const auto it = std::ranges::find_if(kKinds, [&](const KindByWords &one) {
        return route.method == QLatin1StringView(one.method) && hasWords(route.path, one.words);
    });
    return it == kKinds.end() ? std::nullopt : std::optional(it->kind);
}

bool sendsLetters(EntryKind kind)
{
    return kind == EntryKind::Forgot || kind == EntryKind::MagicLink || kind == EntryKind::SignUp ||
           kind == EntryKind::Invite;
}

} // namespace cockpit
