#include "checks/http/permissionspolicy.h"

#include "checks/web/landing.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PermissionsPolicy)
};

// What a stranger's frame could do harm with. Browsers keep these for your own pages, unless you give them away.
constexpr std::array kPowerful{"camera",
                               "microphone",
                               "geolocation",
                               "payment",
                               "usb",
                               "serial",
                               "hid",
                               "bluetooth",
                               "midi",
                               "display-capture",
                               "clipboard-read",
                               "publickey-credentials-get",
                               "screen-wake-lock",
                               "idle-detection"};

QStringList givenAway(const Features &features)
{
    QStringList names;
    for (const char *name : kPowerful) {
        const auto it = features.find(name);
        if (it != features.end() && it->second == FeatureUsers::Everybody)
            names.append(QString::fromLatin1(name));
    }
    return names;
}

Finding fault(const QString &code, const QString &title, const QString &saw)
{
    Finding finding = makeFinding(code, Severity::Low, Proof::Proven, Impact::DataExposure, title, saw);
    finding.fix.paste = u"Permissions-Policy: camera=(), microphone=(), geolocation=(), payment=(), usb=()"_s;
    finding.effortMinutes = 15;
    return finding;
}

QJsonObject toJson(const Features &features)
{
    QJsonObject json;
    for (const auto &[name, users] : features)
        json.insert(quoted(name, 80), toWord(users));
    return json;
}

QByteArrayList linesOf(const HttpResponse &page, const char *name)
{
    const auto values = page.headerValues(name);
    return {values.begin(), values.end()};
}

// What is there to say without a header that can be read.
Judged withoutPolicy(const RedirectChain &chain, const QJsonObject &observed)
{
    const HttpResponse &page = chain.last;
    const QString url = page.url.toDisplayString();
    if (page.header("permissions-policy")) {
        return concluded({fault(u"unreadable"_s, Text::tr("The rule for camera, location and the like has no effect"),
                                Text::tr("%1 sends Permissions-Policy: %2, which is not written as browsers read it.")
                                    .arg(url, quoted(*page.header("permissions-policy"))))},
                         Text::tr("The header cannot be read"), observed, {evidenceOf(page)});
    }
    if (page.header("feature-policy")) {
        return concluded({fault(u"old_name"_s, Text::tr("The rule for camera, location and the like has an old name"),
                                Text::tr("%1 sends Feature-Policy, which today's browsers no longer go by.").arg(url))},
                         Text::tr("Only the old header is sent"), observed, {evidenceOf(page)});
    }
    Judged judged = concluded({}, Text::tr("Nothing is switched off"), observed, {evidenceOf(page)});
    judged.outcome = Outcome::Info;
    judged.reason = Text::tr("No Permissions-Policy is sent. Browsers keep camera, location and the like for your own "
                             "pages then, and ask the visitor; a header would keep injected scripts from asking.");
    return judged;
}

} // namespace

Judged judgePermissionsPolicy(const RedirectChain &chain)
{
    const HttpResponse &page = chain.last;
    const auto features = parsePermissionsPolicy(linesOf(page, "permissions-policy"));
    QJsonObject observed = observedOf(chain, {"permissions-policy", "feature-policy"});
    observed.insert(u"features"_s, toJson(features.value_or(Features())));
    if (!features || features->empty())
        return withoutPolicy(chain, observed);
    const QStringList open = givenAway(*features);
    const int off = static_cast<int>(
        std::ranges::count_if(*features, [](const auto &feature) { return feature.second == FeatureUsers::Nobody; }));
    const QString summary = Text::tr("%n feature(s) switched off", nullptr, off);
    if (open.isEmpty())
        return concluded({}, summary, observed, {evidenceOf(page)});
    return concluded(
        {fault(u"open_to_all"_s, Text::tr("Any frame in your pages may ask for camera, location or more"),
               Text::tr("%1 gives these to every site: %2.").arg(page.url.toDisplayString(), open.join(", "_L1)))},
        summary, observed, {evidenceOf(page)});
}

Check permissionsPolicyCheck()
{
    using enum HostRole;
    return {.id = u"http.permissions-policy"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API has no pages
            .impacts = {Impact::DataExposure},
            .needs = {},
            .look = [](const Look &look) { return onLanding(look, judgePermissionsPolicy); }};
}

} // namespace cockpit
