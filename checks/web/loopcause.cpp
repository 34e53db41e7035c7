#include "checks/web/loopcause.h"

#include "checks/net/location.h"
#include "checks/web/address.h"
#include "models/wordtable.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <set>
#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LoopCause)
};

constexpr std::array kCauses{
    WordRow<LoopCause>{LoopCause::FlexibleTls, "flexible_tls",
                       QT_TRANSLATE_NOOP("LoopCause",
                                         "Most often Cloudflare's mode \"Flexible\" asks your server without TLS, and "
                                         "your server sends every such visitor to HTTPS; a server that does not "
                                         "believe Cloudflare's X-Forwarded-Proto does the same in any mode.")},
    WordRow<LoopCause>{LoopCause::HiddenTls, "hidden_tls",
                       QT_TRANSLATE_NOOP("LoopCause", "Something in front of your server ends TLS, and the server is "
                                                      "not told that the visitor came by HTTPS.")},
    WordRow<LoopCause>{LoopCause::SchemeFight, "scheme_fight",
                       QT_TRANSLATE_NOOP("LoopCause", "One rule leads to https, another one back to http.")},
    WordRow<LoopCause>{LoopCause::WwwFight, "www_fight",
                       QT_TRANSLATE_NOOP("LoopCause", "One rule leads to www, another one away from it.")},
    WordRow<LoopCause>{LoopCause::SlashFight, "slash_fight",
                       QT_TRANSLATE_NOOP("LoopCause", "One rule puts a slash at the end of the address, another one "
                                                      "takes it away.")},
    WordRow<LoopCause>{LoopCause::LoginFight, "login_fight",
                       QT_TRANSLATE_NOOP("LoopCause", "A page and its sign-in page send visitors to each other.")},
    WordRow<LoopCause>{LoopCause::MissingCookie, "missing_cookie",
                       QT_TRANSLATE_NOOP("LoopCause",
                                         "Whoever does not bring a cookie is sent round again; its Domain, "
                                         "Path or SameSite may keep browsers from sending it.")},
    WordRow<LoopCause>{LoopCause::Unknown, "unknown",
                       QT_TRANSLATE_NOOP("LoopCause", "What sends visitors round cannot be told from outside.")},
};

using Hops = std::span<const RedirectHop>;

// From the hop that the last one leads back to.
Hops loopIn(const RedirectChain &chain)
{
    if (chain.end != RedirectEnd::Loop || chain.hops.empty())
        return {};
    const RedirectHop &last = chain.hops.back();
    const QUrl back = locationTarget(last.url, last.location);
    const auto same = [&](const RedirectHop &hop) {
        return FollowRedirects{hop.url}.key() == FollowRedirects{back}.key();
    };
    const auto first = std::ranges::find_if(chain.hops, same);
    return first == chain.hops.end() ? Hops(chain.hops) : Hops(first, chain.hops.end());
}

template<typename Form>
std::set<QString> formsOf(Hops hops, Form form)
{
    std::set<QString> forms;
    for (const RedirectHop &hop : hops)
        forms.insert(form(hop.url));
    return forms;
}

QString withoutWww(const QUrl &url)
{
    const QString host = url.host();
    return host.startsWith("www."_L1) ? host.mid(4) : host;
}

QString withoutScheme(const QUrl &url)
{
    return url.toString(QUrl::RemoveScheme | QUrl::RemovePort | QUrl::FullyEncoded);
}

QString withoutSlash(const QUrl &url)
{
    return url.toString(QUrl::StripTrailingSlash | QUrl::FullyEncoded);
}

QString hostOnly(const QUrl &url)
{
    return url.host();
}

QString whole(const QUrl &url)
{
    return url.toString(QUrl::FullyEncoded);
}

// They differ in what the form leaves out, and in nothing else.
template<typename Form>
bool differOnlyBy(Hops hops, Form form)
{
    return formsOf(hops, form).size() == 1 && formsOf(hops, whole).size() > 1;
}

bool isCloudflare(const RedirectHop &hop)
{
    return hop.server.toLower().contains("cloudflare");
}

} // namespace

QString toWord(LoopCause cause)
{
    return wordOf(kCauses, cause);
}

QString describe(LoopCause cause)
{
    return Text::tr(rowOf(kCauses, cause).label);
}

LoopCause loopCauseOf(const RedirectChain &chain)
{
    const Hops loop = loopIn(chain);
    if (loop.empty())
        return LoopCause::Unknown;
    if (formsOf(loop, hostOnly).size() > 1 && formsOf(loop, withoutWww).size() == 1)
        return LoopCause::WwwFight;
    if (differOnlyBy(loop, withoutSlash))
        return LoopCause::SlashFight;
    if (differOnlyBy(loop, withoutScheme))
        return LoopCause::SchemeFight;
    if (loop.size() > 1 &&
        std::ranges::any_of(loop, [](const RedirectHop &hop) { return looksLikeLogin(hop.url.path()); }))
        return LoopCause::LoginFight;
    const bool leadsToItself = loop.size() == 1 && loop.front().url.scheme() == "https"_L1;
    if (leadsToItself && isCloudflare(loop.front()))
        return LoopCause::FlexibleTls;
    if (std::ranges::any_of(loop, &RedirectHop::setsCookie))
        return LoopCause::MissingCookie;
    return leadsToItself ? LoopCause::HiddenTls : LoopCause::Unknown;
}

} // namespace cockpit
