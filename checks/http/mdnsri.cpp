// The Observatory's test of subresource integrity.
#include "checks/http/mdntests.h"

#include "checks/net/urlhost.h"
#include "models/target.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;
using enum MdnOutcome;

namespace {

// From good to bad.
constexpr std::array kOrder{SriOnOwnScripts,     SriOnForeignScripts, SriOverHttp,
                            SriMissingOverHttps, SriMissingOverHttp,  SriNotHtml};

struct Origin
{
    bool isOwn = false; // of the same site, and not by an address without a scheme
    bool isSecure = false;
};

// Its library knows no registrable domain for addresses and names of one label, and takes two such for the same.
QString siteOf(const QString &host)
{
    const QString domain = registrableDomain(host);
    return domain.contains(u'.') && !QRegularExpression(u"^[\\d.:]+$"_s).match(host).hasMatch() ? domain : QString();
}

Origin originOf(const QString &source, const QString &host, bool isHttps)
{
    static const QRegularExpression withoutScheme(u"^//[^/]"_s);
    static const QRegularExpression whole(u"^https?://"_s);
    if (withoutScheme.match(source).hasMatch())
        return {};
    if (!whole.match(source).hasMatch())
        return {true, isHttps};
    const QUrl url(source);
    return {siteOf(hostOf(url)) == siteOf(host), url.scheme() == "https"_L1};
}

MdnOutcome foreignScript(bool hasIntegrity, bool isSecure)
{
    if (hasIntegrity)
        return isSecure ? SriOnForeignScripts : SriOverHttp;
    return isSecure ? SriMissingOverHttps : SriMissingOverHttp;
}

bool isWorse(MdnOutcome one, MdnOutcome other)
{
    return std::ranges::find(kOrder, one) > std::ranges::find(kOrder, other);
}

} // namespace

MdnOutcome judgeMdnSri(const HttpResponse &last, const std::optional<HtmlPage> &page, const QString &host, bool isHttps)
{
    const QString type = mdnHeader(last, "content-type").value_or(QString()).section(u';', 0, 0);
    if (!type.isEmpty() && type != "text/html"_L1 && type != "application/xhtml+xml"_L1)
        return SriNotHtml;
    if (!page)
        return HtmlNotParseable;
    if (page->scripts.empty())
        return SriNoScripts;
    std::optional<MdnOutcome> outcome;
    bool hasForeign = false;
    for (const ScriptTag &script : page->scripts) {
        if (script.source.isEmpty())
            continue;
        const Origin origin = originOf(script.source, host, isHttps);
        if (origin.isOwn) {
            if (script.hasIntegrity && origin.isSecure && !outcome)
                outcome = SriOnOwnScripts;
            continue;
        }
        hasForeign = true;
        const MdnOutcome found = foreignScript(script.hasIntegrity, origin.isSecure);
        // A foreign script that is in order is no outcome of its own.
        if (found != SriOnForeignScripts && (!outcome || isWorse(found, *outcome)))
            outcome = found;
    }
    return outcome.value_or(hasForeign ? SriOnForeignScripts : SriOwnScriptsOnly);
}

} // namespace cockpit
