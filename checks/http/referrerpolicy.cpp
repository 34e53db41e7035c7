#include "checks/http/referrerpolicy.h"

#include "checks/web/landing.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ReferrerPolicy)
};

constexpr std::array kKnown{"no-referrer",
                            "no-referrer-when-downgrade",
                            "same-origin",
                            "origin",
                            "strict-origin",
                            "origin-when-cross-origin",
                            "strict-origin-when-cross-origin",
                            "unsafe-url"};
// What browsers do by themselves, since 2020 (Chromium 85, Firefox 87, Safari 15).
const QByteArray kDefault = "strict-origin-when-cross-origin";

struct Effective
{
    QByteArray policy = kDefault;
    QString from = u"browser"_s;
    QByteArrayList unread; // where something is said that browsers do not know
};

Effective effectiveOf(const HttpResponse &page, const HtmlPage &html)
{
    Effective effective;
    const auto take = [&](const QByteArrayList &lines, const QString &from) {
        const QByteArray policy = referrerPolicyIn(lines);
        if (!policy.isEmpty()) {
            effective.policy = policy;
            effective.from = from;
        } else if (!lines.join().trimmed().isEmpty()) {
            effective.unread.append(lines.join(", "));
        }
    };
    const auto values = page.headerValues("referrer-policy");
    take({values.begin(), values.end()}, u"header"_s);
    take({html.referrer.toUtf8()}, u"meta"_s);
    return effective;
}

bool passesWholeAddress(const QByteArray &policy)
{
    return policy == "unsafe-url" || policy == "no-referrer-when-downgrade";
}

Finding fault(const QString &code, Severity severity, const QString &title, const QString &saw)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, Impact::DataExposure, title, saw);
    finding.fix.paste = u"Referrer-Policy: strict-origin-when-cross-origin"_s;
    finding.effortMinutes = 10;
    return finding;
}

std::vector<Finding> findingsFor(const Effective &effective, const QString &url, HostRole role)
{
    if (passesWholeAddress(effective.policy)) {
        return {fault(u"whole_address"_s, isSignedInRole(role) ? Severity::Medium : Severity::Low,
                      Text::tr("Other sites learn the whole address of your pages"),
                      Text::tr("%1 asks browsers for \"%2\": every link and every foreign script learns path and "
                               "query, such as reset links and record numbers.")
                          .arg(url, QString::fromLatin1(effective.policy)))};
    }
    if (effective.unread.isEmpty())
        return {};
    return {fault(u"unknown_word"_s, Severity::Low, Text::tr("The rule for passing on addresses cannot be read"),
                  Text::tr("%1 says \"%2\", which browsers do not know. They do \"%3\".")
                      .arg(url, quoted(effective.unread.join(", ")), QString::fromLatin1(effective.policy)))};
}

QString summaryOf(const Effective &effective)
{
    if (passesWholeAddress(effective.policy))
        return Text::tr("Other sites learn whole addresses");
    if (effective.from == "browser"_L1)
        return Text::tr("Nothing is said, and browsers pass on the name of the site only");
    return Text::tr("Other sites learn at most the name of the site (%1)").arg(QString::fromLatin1(effective.policy));
}

} // namespace

QByteArray referrerPolicyIn(const QByteArrayList &lines)
{
    QByteArray policy;
    for (const QByteArray &word : lines.join(',').split(',')) {
        const QByteArray clean = word.trimmed().toLower();
        if (std::ranges::any_of(kKnown, [&](const char *known) { return clean == known; }))
            policy = clean;
    }
    return policy;
}

Judged judgeReferrerPolicy(const RedirectChain &chain, const HtmlPage &html, HostRole role)
{
    const HttpResponse &page = chain.last;
    const Effective effective = effectiveOf(page, html);
    QJsonObject observed = observedOf(chain, {"referrer-policy"});
    observed.insert(u"policy"_s, QString::fromLatin1(effective.policy));
    observed.insert(u"from"_s, effective.from);
    return concluded(findingsFor(effective, page.url.toDisplayString(), role), summaryOf(effective), observed,
                     {evidenceOf(page)});
}

Check referrerPolicyCheck()
{
    using enum HostRole;
    return {.id = u"http.referrer-policy"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API has no links that browsers follow
            .impacts = {Impact::DataExposure},
            .needs = {},
            .look = [](const Look &look) {
                return onLanding(look, [&look](const RedirectChain &chain) {
                    return judgeReferrerPolicy(chain, pageOrNothing(chain.last, look.seen), look.host->role);
                });
            }};
}

} // namespace cockpit
