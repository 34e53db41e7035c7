#include "checks/http/framing.h"

#include "checks/http/csppolicy.h"
#include "checks/web/landing.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Framing)
};

enum class Framers { Nobody, SameSite, Listed, Anyone };

QString toWord(Framers value)
{
    switch (value) {
    case Framers::Nobody:
        return u"nobody"_s;
    case Framers::SameSite:
        return u"same_site"_s;
    case Framers::Listed:
        return u"listed"_s;
    case Framers::Anyone:
        return u"anyone"_s;
    }
    Q_UNREACHABLE();
}

Framers framersBy(const QByteArrayList &ancestors)
{
    if (ancestors.isEmpty() || ancestors == QByteArrayList{"'none'"})
        return Framers::Nobody;
    if (ancestors == QByteArrayList{"'self'"})
        return Framers::SameSite;
    return std::ranges::any_of(ancestors, isAnyAddress) ? Framers::Anyone : Framers::Listed;
}

// frame-ancestors only works in the header; where it is there, browsers ignore X-Frame-Options.
std::optional<Framers> byPolicy(const HttpResponse &page)
{
    std::optional<Framers> strictest;
    QByteArrayList lines;
    for (const QByteArray &value : page.headerValues("content-security-policy"))
        lines.append(value);
    for (const CspPolicy &policy : parseCsp(lines)) {
        if (const auto ancestors = policy.sourcesFor("frame-ancestors"))
            strictest = std::min(strictest.value_or(Framers::Anyone), framersBy(*ancestors));
    }
    return strictest;
}

// Empty when absent or without a value that browsers know (ALLOW-FROM is such).
std::optional<Framers> byFrameOptions(const HttpResponse &page)
{
    std::optional<Framers> strictest;
    for (const QByteArray &line : page.headerValues("x-frame-options")) {
        for (const QByteArray &part : line.split(',')) {
            const QByteArray word = part.trimmed().toUpper();
            if (word == "DENY")
                strictest = Framers::Nobody;
            else if (word == "SAMEORIGIN" && !strictest)
                strictest = Framers::SameSite;
        }
    }
    return strictest;
}

Finding openFrames(const QString &code, HostRole role, const QString &saw)
{
    Finding finding =
        makeFinding(code, isSignedInRole(role) ? Severity::Medium : Severity::Low, Proof::Proven,
                    Impact::AccountTakeover, Text::tr("Another site can show your pages inside its own"), saw);
    finding.fix.paste = u"Content-Security-Policy: frame-ancestors 'self'\nX-Frame-Options: SAMEORIGIN"_s;
    finding.effortMinutes = 15;
    return finding;
}

std::vector<Finding> findingsFor(const HttpResponse &page, std::optional<Framers> framers, HostRole role)
{
    const QString url = page.url.toDisplayString();
    if (framers == Framers::Anyone)
        return {openFrames(u"anyone"_s, role, Text::tr("frame-ancestors on %1 names every site.").arg(url))};
    if (framers)
        return {};
    if (const auto value = page.header("x-frame-options")) {
        return {
            openFrames(u"invalid"_s, role,
                       Text::tr("%1 sends X-Frame-Options: %2, which browsers do not know.").arg(url, quoted(*value)))};
    }
    return {openFrames(
        u"missing"_s, role,
        Text::tr("%1 sends neither frame-ancestors in a Content-Security-Policy nor X-Frame-Options.").arg(url))};
}

QString summaryOf(Framers framers)
{
    switch (framers) {
    case Framers::Nobody:
        return Text::tr("No site may frame the page");
    case Framers::SameSite:
        return Text::tr("Only your own site may frame the page");
    case Framers::Listed:
        return Text::tr("Only sites that you listed may frame the page");
    case Framers::Anyone:
        return Text::tr("Any site may frame the page");
    }
    Q_UNREACHABLE();
}

} // namespace

Judged judgeFraming(const RedirectChain &chain, HostRole role)
{
    const HttpResponse &page = chain.last;
    const std::optional<Framers> policy = byPolicy(page);
    const std::optional<Framers> framers = policy ? policy : byFrameOptions(page);
    QJsonObject observed = observedOf(chain, {"x-frame-options", "content-security-policy"});
    observed.insert(u"allowed"_s, toWord(framers.value_or(Framers::Anyone)));
    return concluded(findingsFor(page, framers, role), summaryOf(framers.value_or(Framers::Anyone)), observed,
                     {evidenceOf(page)});
}

Check framingCheck()
{
    using enum HostRole;
    return {.id = u"http.framing"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API has no pages to frame
            .impacts = {Impact::AccountTakeover},
            .needs = {},
            .look = [](const Look &look) {
                const HostRole role = look.host->role;
                return onLanding(look, [role](const RedirectChain &chain) { return judgeFraming(chain, role); });
            }};
}

} // namespace cockpit
