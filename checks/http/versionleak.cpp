#include "checks/http/versionleak.h"

#include "checks/web/landing.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(VersionLeak)
};

struct Leak
{
    QString where;
    QString value;
};

constexpr std::array kTalkativeHeaders{"server",      "x-powered-by",      "x-aspnet-version", "x-aspnetmvc-version",
                                       "x-generator", "x-runtime-version", "x-php-version"};

// A product name alone helps nobody; "nginx/1.18.0" tells which known holes to try.
bool namesVersion(const QString &text)
{
    static const QRegularExpression version(u"\\d+\\.\\d+|[/ ]v?\\d+"_s);
    // "ECS (dcb/7F83)": the machine of a network that answered, whose software is nobody's to guess.
    static const QRegularExpression machine(u"^(?:ECS|ECD|ECAcc) \\([a-z]{2,4}/[0-9A-F]{4}\\)$"_s);
    return version.match(text).hasMatch() && !machine.match(text.trimmed()).hasMatch();
}

std::vector<Leak> leaksIn(const HttpResponse &page, const QString &generator)
{
    std::vector<Leak> leaks;
    for (const char *name : kTalkativeHeaders) {
        for (const QByteArray &value : page.headerValues(name)) {
            if (namesVersion(QString::fromUtf8(value)))
                leaks.push_back({QString::fromLatin1(name), quoted(value)});
        }
    }
    if (namesVersion(generator))
        leaks.push_back({u"meta generator"_s, quoted(generator.toUtf8())});
    return leaks;
}

Finding versionsShown(const HttpResponse &page, const std::vector<Leak> &leaks)
{
    QStringList said;
    for (const Leak &leak : leaks)
        said.append(u"%1: %2"_s.arg(leak.where, leak.value));
    Finding finding = makeFinding(u"version"_s, Severity::Low, Proof::Proven, Impact::Maintainability,
                                  Text::tr("Your server tells strangers its software version"),
                                  Text::tr("%1 says %2.").arg(page.url.toDisplayString(), said.join(", "_L1)));
    finding.fix.paste = u"server_tokens off;"_s; // nginx, the most common teller
    finding.effortMinutes = 15;
    return finding;
}

} // namespace

Judged judgeVersionLeak(const RedirectChain &chain, const QString &generator)
{
    const HttpResponse &page = chain.last;
    const std::vector<Leak> leaks = leaksIn(page, generator);
    QJsonObject observed = observedOf(chain, {"server", "x-powered-by", "x-aspnet-version", "x-generator"});
    QJsonArray versions;
    for (const Leak &leak : leaks)
        versions.append(QJsonObject{{u"where"_s, leak.where}, {u"value"_s, leak.value}});
    observed.insert(u"versions"_s, versions);
    if (leaks.empty())
        return concluded({}, Text::tr("No version is given away"), observed, {evidenceOf(page)});
    return concluded({versionsShown(page, leaks)},
                     Text::tr("%n version(s) given away", nullptr, static_cast<int>(leaks.size())), observed,
                     {evidenceOf(page)});
}

Check versionLeakCheck()
{
    return {.id = u"http.version-leak"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Maintainability},
            .needs = {},
            .look = [](const Look &look) {
                return onLanding(look, [&look](const RedirectChain &chain) {
                    return judgeVersionLeak(chain, pageOrNothing(chain.last, look.seen).generator);
                });
            }};
}

} // namespace cockpit
