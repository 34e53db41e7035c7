#include "checks/http/hsts.h"

#include "checks/net/urlhost.h"
#include "checks/web/landing.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QSet>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Hsts)
};

// The bars differ: mdn-http-observatory asks for half a year, the preload list for one year, Mozilla's guide for two.
constexpr qint64 kObservatoryBar = 15552000;
constexpr qint64 kPreloadBar = 31536000;
constexpr qint64 kMozillaBar = 63072000;
constexpr qint64 kSecondsPerDay = 86400;

const QString kPaste = u"Strict-Transport-Security: max-age=31536000; includeSubDomains"_s;

QJsonObject observedPolicy(const HstsPolicy &policy)
{
    QJsonArray bars;
    if (policy.maxAge >= kObservatoryBar)
        bars.append(u"observatory"_s);
    if (policy.maxAge >= kPreloadBar && policy.includeSubDomains && policy.preload)
        bars.append(u"preload"_s);
    if (policy.maxAge >= kMozillaBar)
        bars.append(u"mozilla"_s);
    return {{u"max_age"_s, policy.maxAge},
            {u"include_subdomains"_s, policy.includeSubDomains},
            {u"preload"_s, policy.preload},
            {u"bars"_s, bars}};
}

Finding weakness(const QString &code, Severity severity, const QString &title, const QString &saw)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, Impact::AccountTakeover, title, saw);
    finding.fix.paste = kPaste;
    finding.effortMinutes = 15;
    return finding;
}

Finding missing(const QString &url)
{
    return weakness(
        u"missing"_s, Severity::Medium, Text::tr("Browsers may still visit you without encryption"),
        Text::tr("%1 sends no Strict-Transport-Security header. Wanted: one with a max-age of a year.").arg(url));
}

Finding unreadable(const QString &url, const QByteArray &value, const QString &why)
{
    return weakness(u"invalid"_s, Severity::Medium, Text::tr("The order to always use HTTPS cannot be read"),
                    Text::tr("%1 sends \"%2\". %3 Browsers ignore it.").arg(url, quoted(value), why));
}

std::vector<Finding> findingsFor(const HstsPolicy &policy, const QString &url)
{
    if (policy.maxAge == 0) {
        return {weakness(u"disabled"_s, Severity::Medium, Text::tr("The order to always use HTTPS is switched off"),
                         Text::tr("%1 sends max-age=0, which tells browsers to forget it.").arg(url))};
    }
    if (policy.maxAge < kObservatoryBar) {
        return {weakness(u"short"_s, Severity::Low, Text::tr("Browsers forget to use HTTPS too soon"),
                         Text::tr("%1 asks for HTTPS for %2 day(s). Wanted: at least 180 days.")
                             .arg(url, QString::number(policy.maxAge / kSecondsPerDay)))};
    }
    return {};
}

Judged untrusted(const HttpResponse &answer)
{
    Judged judged;
    judged.outcome = Outcome::Error;
    judged.reason =
        Text::tr("Browsers only follow this header over a trusted certificate, and that of %1 is not trusted. "
                 "Repair the certificate, then check again.")
            .arg(hostOf(answer.url));
    judged.observed = observedOf(answer, {"strict-transport-security"});
    return judged;
}

} // namespace

Result<HstsPolicy> parseHsts(const QByteArray &value)
{
    HstsPolicy policy;
    QSet<QByteArray> seen;
    for (const QByteArray &part : value.split(';')) {
        const qsizetype equals = part.indexOf('=');
        const QByteArray name = (equals < 0 ? part : part.first(equals)).trimmed().toLower();
        if (name.isEmpty())
            continue;
        if (seen.contains(name))
            return failure(ErrorKind::Protocol, Text::tr("It says \"%1\" twice.").arg(quoted(name)));
        seen.insert(name);
        if (name == "includesubdomains")
            policy.includeSubDomains = true;
        else if (name == "preload")
            policy.preload = true;
        if (name != "max-age")
            continue;
        QByteArray number = equals < 0 ? QByteArray() : part.sliced(equals + 1).trimmed();
        if (number.size() >= 2 && number.startsWith('"') && number.endsWith('"'))
            number = number.sliced(1, number.size() - 2);
        bool isNumber = false;
        policy.maxAge = number.toLongLong(&isNumber);
        if (!isNumber || policy.maxAge < 0)
            return failure(ErrorKind::Protocol, Text::tr("Its max-age is not a number of seconds."));
    }
    if (!seen.contains("max-age"))
        return failure(ErrorKind::Protocol, Text::tr("It has no max-age."));
    return policy;
}

Judged judgeHsts(const HttpResponse &answer)
{
    if (answer.trust == CertificateTrust::Untrusted)
        return untrusted(answer);
    const QString url = answer.url.toDisplayString();
    QJsonObject observed = observedOf(answer, {"strict-transport-security"});
    // Browsers process the first header field and ignore the others (RFC 6797 section 8.1).
    const auto value = answer.header("strict-transport-security");
    if (!value)
        return concluded({missing(url)}, Text::tr("No Strict-Transport-Security header"), observed,
                         {evidenceOf(answer)});
    const auto policy = parseHsts(*value);
    if (!policy) {
        return concluded({unreadable(url, *value, policy.error().message)},
                         Text::tr("A Strict-Transport-Security header that cannot be read"), observed,
                         {evidenceOf(answer)});
    }
    observed.insert(u"hsts"_s, observedPolicy(*policy));
    return concluded(
        findingsFor(*policy, url),
        Text::tr("HTTPS is demanded for %n day(s)", nullptr, static_cast<int>(policy->maxAge / kSecondsPerDay)),
        observed, {evidenceOf(answer)});
}

Check hstsCheck()
{
    return {.id = u"http.hsts"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {},
            .look = [](const Look &look) { return onOwnAnswer(look, judgeHsts); }};
}

} // namespace cockpit
