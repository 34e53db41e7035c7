#include "checks/web/sessioncookies.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Row
{
    const char *stack;
    const char *pattern; // of the whole name, in any case
    CookieJob job;
    const char *setting;
};

using enum CookieJob;

// From the documentation of each product; the first that fits counts.
constexpr std::array kRows{
    Row{"Express", "connect\\.sid", Session,
        "app.use(session({ cookie: { secure: true, httpOnly: true, sameSite: 'lax' } }))"},
    Row{"PHP", "PHPSESSID", Session,
        "session.cookie_secure = 1\nsession.cookie_httponly = 1\nsession.cookie_samesite = Lax"},
    Row{"Java", "JSESSIONID", Session,
        "<cookie-config><secure>true</secure><http-only>true</http-only></cookie-config>"},
    Row{"ASP.NET", "ASP\\.NET_SessionId|\\.ASPXAUTH", Session,
        "<httpCookies requireSSL=\"true\" httpOnlyCookies=\"true\" sameSite=\"Lax\" />"},
    Row{"ASP.NET Core", "\\.AspNetCore\\.Antiforgery\\..*", AntiForgery, ""},
    Row{"ASP.NET Core", "\\.AspNetCore\\..*", Session,
        "options.Cookie.SecurePolicy = CookieSecurePolicy.Always; options.Cookie.SameSite = SameSiteMode.Lax;"},
    Row{"Laravel", "laravel_session", Session,
        "SESSION_SECURE_COOKIE=true\nSESSION_HTTP_ONLY=true\nSESSION_SAME_SITE=lax"},
    Row{"Laravel", "XSRF-TOKEN", AntiForgery, ""},
    Row{"Django", "sessionid", Session, "SESSION_COOKIE_SECURE = True\nSESSION_COOKIE_HTTPONLY = True"},
    Row{"Django", "csrftoken", AntiForgery, "CSRF_COOKIE_SECURE = True"},
    Row{"Clerk", "__session(?:_.+)?", ReadableSession, ""},
    Row{"Clerk", "__client_uat.*|__clerk_.*", Other, ""},
    Row{"Supabase", "sb-.+-auth-token(?:\\.\\d+)?(?:-code-verifier)?", ReadableSession, ""},
    Row{"Auth.js", "(?:authjs|next-auth)\\.session-token(?:\\.\\d+)?", Session, "useSecureCookies: true"},
    Row{"Auth.js", "(?:authjs|next-auth)\\.csrf-token", AntiForgery, ""},
    Row{"Auth.js", "(?:authjs|next-auth)\\.callback-url", Other, ""},
    Row{"Better Auth", "better-auth\\.session_(?:token|data)(?:\\.\\d+)?", Session,
        "advanced: { useSecureCookies: true }"},
    Row{"Auth0", "appSession(?:\\.\\d+)?|auth0(?:_compat)?", Session,
        "session: { cookie: { secure: true, httpOnly: true, sameSite: 'lax' } }"},
    Row{"WorkOS", "wos-session", Session, ""},
    Row{"iron-session", "iron-session.*", Session, "cookieOptions: { secure: true, httpOnly: true, sameSite: 'lax' }"},
    Row{"WordPress", "wordpress_logged_in_.*|wordpress_sec_.*", Session, ""},
    Row{"Kratos", "ory_kratos_session|ory_session_.*", Session, ""},
    Row{"Keycloak", "KEYCLOAK_(?:SESSION|IDENTITY)(?:_LEGACY)?|AUTH_SESSION_ID", Session, ""},
    Row{"Phoenix", "_.+_key", Session, "plug Plug.Session, secure: true, http_only: true, same_site: \"Lax\""},
    Row{"Rails", "_.+_session", Session,
        "Rails.application.config.session_store :cookie_store, secure: true, httponly: true, same_site: :lax"},
    Row{"Flask", "session", Session,
        "SESSION_COOKIE_SECURE = True\nSESSION_COOKIE_HTTPONLY = True\nSESSION_COOKIE_SAMESITE = \"Lax\""},
};

// What home-made sessions are usually called.
constexpr auto kHomeMade =
    "(?:.*[_.-])?(?:sess|session|sessid|sid|auth|login|jwt|access[_-]?token|refresh[_-]?token|id[_-]?token|token)"
    "(?:[_.-]?(?:id|token|key|cookie))?";

QRegularExpression wholeName(const char *pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QString::fromLatin1(pattern)),
                              QRegularExpression::CaseInsensitiveOption);
}

const std::vector<QRegularExpression> &patterns()
{
    static const std::vector<QRegularExpression> compiled = [] {
        std::vector<QRegularExpression> all;
        all.reserve(kRows.size());
        for (const Row &row : kRows)
            all.push_back(wholeName(row.pattern));
        return all;
    }();
    return compiled;
}

QString withoutPrefix(QString name)
{
    static const QRegularExpression prefix(u"^__(?:Host-Http|Host|Secure|Http)-"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return name.remove(prefix);
}

const Row *rowFor(const QString &name)
{
    for (size_t i = 0; i < kRows.size(); ++i) {
        if (patterns()[i].match(name).hasMatch())
            return &kRows[i];
    }
    return nullptr;
}

bool isAntiForgery(const QString &name)
{
    constexpr std::array marks{"csrf"_L1, "xsrf"_L1, "antiforgery"_L1};
    return std::ranges::any_of(marks, [&](QLatin1StringView mark) { return name.contains(mark, Qt::CaseInsensitive); });
}

} // namespace

std::optional<CookieMaker> makerOf(const QString &cookieName)
{
    const Row *row = rowFor(withoutPrefix(cookieName));
    if (!row)
        return std::nullopt;
    return CookieMaker{QString::fromLatin1(row->stack), row->job, QString::fromLatin1(row->setting)};
}

CookieJob jobOf(const QString &cookieName)
{
    static const QRegularExpression homeMade = wholeName(kHomeMade);
    const QString name = withoutPrefix(cookieName);
    if (isAntiForgery(name))
        return AntiForgery;
    if (const Row *row = rowFor(name))
        return row->job;
    return homeMade.match(name).hasMatch() ? Session : Other;
}

} // namespace cockpit
