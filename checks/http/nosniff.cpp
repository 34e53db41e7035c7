#include "checks/http/nosniff.h"

#include "checks/web/landing.h"
#include "checks/web/report.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Nosniff)
};

// Of a list, the first value counts (fetch standard, "determine nosniff").
bool forbidsGuessing(const HttpResponse &page)
{
    const auto value = page.header("x-content-type-options");
    return value && value->split(',').front().trimmed().toLower() == "nosniff";
}

Finding guessing(const HttpResponse &page)
{
    const auto value = page.header("x-content-type-options");
    const QString url = page.url.toDisplayString();
    Finding finding = makeFinding(
        value ? u"invalid"_s : u"missing"_s, Severity::Low, Proof::Proven, Impact::AccountTakeover,
        Text::tr("Browsers may guess what your files are"),
        value ? Text::tr("%1 sends X-Content-Type-Options: %2. Only \"nosniff\" counts.").arg(url, quoted(*value))
              : Text::tr("%1 sends no X-Content-Type-Options: nosniff.").arg(url));
    finding.fix.paste = u"X-Content-Type-Options: nosniff"_s;
    finding.effortMinutes = 10;
    return finding;
}

} // namespace

Judged judgeNosniff(const RedirectChain &chain)
{
    const HttpResponse &page = chain.last;
    const QJsonObject observed = observedOf(chain, {"x-content-type-options", "content-type"});
    if (forbidsGuessing(page))
        return concluded({}, Text::tr("Browsers are told not to guess"), observed, {evidenceOf(page)});
    return concluded({guessing(page)}, Text::tr("Browsers may guess file types"), observed, {evidenceOf(page)});
}

Check nosniffCheck()
{
    return {.id = u"http.nosniff"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {},
            .look = [](const Look &look) { return onLanding(look, judgeNosniff); }};
}

} // namespace cockpit
