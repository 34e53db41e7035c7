#include "checks/http/mdntests.h"

#include "checks/http/mdncsp.h"
#include "checks/http/structuredfield.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;
using enum MdnOutcome;

namespace {

constexpr qint64 kSixMonths = 15552000; // 180 days: what sites use for it
constexpr std::array kJudgedRefusals{401, 403};

QString lowered(const QString &value)
{
    return value.trimmed().toLower();
}

MdnOutcome byToken(const HttpResponse &last, const char *name, MdnOutcome absent, MdnOutcome invalid,
                   const std::map<QByteArray, MdnOutcome> &known)
{
    const QString value = mdnHeader(last, name).value_or(QString());
    if (value.isEmpty())
        return absent;
    const auto item = parseFieldItem(value.left(1024).trimmed().toLatin1());
    const auto it = item && item->kind == FieldItem::Kind::Token ? known.find(item->text) : known.end();
    return it == known.end() ? invalid : it->second;
}

MdnOutcome coep(const HttpResponse &last)
{
    return byToken(
        last, "cross-origin-embedder-policy", CoepMissing, CoepInvalid,
        {{"require-corp", CoepRequireCorp}, {"credentialless", CoepCredentialless}, {"unsafe-none", CoepUnsafeNone}});
}

MdnOutcome coop(const HttpResponse &last)
{
    return byToken(last, "cross-origin-opener-policy", CoopMissing, CoopInvalid,
                   {{"same-origin", CoopSameOrigin},
                    {"same-origin-allow-popups", CoopSameOriginAllowPopups},
                    {"noopener-allow-popups", CoopNoopenerAllowPopups},
                    {"unsafe-none", CoopUnsafeNone}});
}

MdnOutcome corp(const HttpResponse &last)
{
    const QString value = lowered(mdnHeader(last, "cross-origin-resource-policy").value_or(QString()));
    if (value.isEmpty())
        return CorpMissing;
    if (value == "same-site"_L1)
        return CorpSameSite;
    if (value == "same-origin"_L1)
        return CorpSameOrigin;
    return value == "cross-origin"_L1 ? CorpCrossOrigin : CorpInvalid;
}

MdnOutcome cors(const MdnFacts &facts)
{
    if (!facts.preflight || facts.preflight->status < 200 || facts.preflight->status > 299)
        return CorsMissing;
    const QString allowed = mdnHeader(*facts.preflight, "access-control-allow-origin").value_or(QString());
    if (allowed.isEmpty())
        return CorsMissing;
    if (allowed.trimmed() == "*"_L1)
        return CorsPublic;
    const QString credentials = mdnHeader(*facts.preflight, "access-control-allow-credentials").value_or(QString());
    const bool isReflected = allowed == QString::fromLatin1(facts.foreignOrigin);
    return isReflected && lowered(credentials) == "true"_L1 ? CorsUniversal : CorsRestricted;
}

MdnOutcome redirection(const MdnFacts &facts)
{
    if (!facts.http)
        return RedirectionNotNeededNoHttp;
    if (!facts.http->isVerified)
        return RedirectionInvalidCert;
    if (facts.isHttpRoutePreloaded)
        return RedirectionAllRedirectsPreloaded;
    const std::vector<QUrl> &route = facts.http->route;
    if (route.size() == 1)
        return RedirectionMissing;
    if (route.back().scheme() != "https"_L1)
        return RedirectionNotToHttps;
    if (route[1].scheme() == "http"_L1)
        return RedirectionNotToHttpsOnInitialRedirection;
    return route[0].host() == route[1].host() ? RedirectionToHttps : RedirectionOffHostFromHttp;
}

MdnOutcome referrer(const HttpResponse &last, const HtmlPage &page)
{
    static const QStringList good{u"no-referrer"_s, u"same-origin"_s, u"strict-origin"_s,
                                  u"strict-origin-when-cross-origin"_s};
    static const QStringList bad{u"origin"_s, u"origin-when-cross-origin"_s, u"unsafe-url"_s,
                                 u"no-referrer-when-downgrade"_s};
    QStringList values;
    if (const auto header = mdnHeader(last, "referrer-policy"))
        values.append(*header);
    if (!page.referrer.isEmpty())
        values.append(page.referrer);
    if (values.isEmpty())
        return ReferrerMissing;
    MdnOutcome outcome = ReferrerInvalid;
    for (const QString &part : values.join(u',').split(u',')) {
        if (good.contains(lowered(part)))
            outcome = ReferrerPrivate;
        else if (bad.contains(lowered(part)))
            outcome = ReferrerUnsafe;
    }
    return outcome;
}

// Like JavaScript's parseInt: what is no number is not smaller than anything.
bool isShorter(const QString &number, qint64 limit)
{
    QString digits = number.trimmed();
    const bool isNegative = digits.startsWith(u'-');
    if (isNegative || digits.startsWith(u'+'))
        digits.remove(0, 1);
    const auto end = std::ranges::find_if(digits, [](QChar c) { return c < u'0' || c > u'9'; });
    const QString whole = digits.left(std::distance(digits.begin(), end));
    if (whole.isEmpty())
        return false;
    bool isRead = false;
    const qint64 value = whole.toLongLong(&isRead);
    return isNegative || (isRead && value < limit); // more digits than a number holds are a long time
}

MdnOutcome hstsHeader(const QString &header)
{
    const QString read = header.left(1024);
    if (read.contains(u','))
        return HstsInvalid;
    std::optional<QString> maxAge;
    for (const QString &part : read.split(u';')) {
        if (const QString parameter = lowered(part); parameter.startsWith("max-age="_L1))
            maxAge = parameter.mid(8, 120);
    }
    if (!maxAge)
        return HstsInvalid;
    return isShorter(*maxAge, kSixMonths) ? HstsShort : HstsSixMonths;
}

MdnOutcome hsts(const MdnFacts &facts)
{
    if (!facts.https)
        return HstsNoHttps;
    if (facts.isPreloaded)
        return HstsPreloaded;
    if (!facts.https->isVerified)
        return HstsInvalidCert;
    const auto header = mdnHeader(facts.https->last, "strict-transport-security");
    return header ? hstsHeader(*header) : HstsMissing;
}

MdnOutcome sniffing(const HttpResponse &last)
{
    const QString value = mdnHeader(last, "x-content-type-options").value_or(QString());
    if (value.isEmpty())
        return SniffingMissing;
    return lowered(value) == "nosniff"_L1 ? SniffingForbidden : SniffingInvalid;
}

MdnOutcome framing(const HttpResponse &last, bool isLimitedByCsp)
{
    if (isLimitedByCsp)
        return FramingCsp;
    const QString value = lowered(mdnHeader(last, "x-frame-options").value_or(QString()));
    if (value.isEmpty())
        return FramingMissing;
    if (value == "deny"_L1 || value == "sameorigin"_L1)
        return FramingSameoriginOrDeny;
    return value.startsWith("allow-from"_L1) ? FramingAllowFromOrigin : FramingInvalid;
}

bool isHtml(const HttpResponse &last)
{
    const QString type = mdnHeader(last, "content-type").value_or(QString()).section(u';', 0, 0);
    return type == "text/html"_L1 || type == "application/xhtml+xml"_L1;
}

MdnCspFacts cspFacts(const HttpResponse &last, const HtmlPage &page, bool isHttps)
{
    MdnCspFacts facts{.headers = {}, .metas = {}, .reportOnly = false, .isHttps = isHttps};
    if (const auto header = mdnHeader(last, "content-security-policy"))
        facts.headers.append(*header);
    for (const QString &policy : page.metaPolicies) {
        if (!policy.isEmpty())
            facts.metas.append(policy);
    }
    facts.reportOnly = !mdnHeader(last, "content-security-policy-report-only").value_or(QString()).isEmpty();
    return facts;
}

bool isScored(int status)
{
    return (status >= 200 && status < 400) || std::ranges::find(kJudgedRefusals, status) != kJudgedRefusals.end();
}

} // namespace

std::optional<QString> mdnHeader(const HttpResponse &response, const char *name)
{
    static constexpr std::array kFirstCounts{"content-type", "etag", "expires", "last-modified", "location", "server"};
    const auto values = response.headerValues(name);
    if (values.empty())
        return std::nullopt;
    const bool isSingle = std::ranges::any_of(kFirstCounts, [&](const char *one) { return qstrcmp(one, name) == 0; });
    QStringList texts;
    for (const QByteArray &value : values)
        texts.append(QString::fromLatin1(value));
    return isSingle ? texts.front() : texts.join(", "_L1);
}

std::optional<MdnOutcomes> judgeMdn(const MdnFacts &facts)
{
    const std::optional<MdnWalk> &walk = facts.https ? facts.https : facts.http;
    if (!walk || !isScored(walk->last.status))
        return std::nullopt;
    const HttpResponse &last = walk->last;
    const bool isHttps = facts.https.has_value();
    const HtmlPage inMeta = isHtml(last) ? facts.page.value_or(HtmlPage{}) : HtmlPage{};
    const MdnCspVerdict csp = judgeMdnCsp(cspFacts(last, inMeta, isHttps));
    const MdnOutcome hstsOutcome = hsts(facts);
    const bool hasHsts = hstsOutcome == HstsPreloaded || hstsOutcome == HstsSixMonths;
    return MdnOutcomes{{MdnTest::Csp, csp.outcome},
                       {MdnTest::Cookies, judgeMdnCookies(walk->answers, last, hasHsts)},
                       {MdnTest::Coep, coep(last)},
                       {MdnTest::Coop, coop(last)},
                       {MdnTest::Cors, cors(facts)},
                       {MdnTest::Redirection, redirection(facts)},
                       {MdnTest::Referrer, referrer(last, inMeta)},
                       {MdnTest::Hsts, hstsOutcome},
                       {MdnTest::Sri, judgeMdnSri(last, facts.page, facts.host, isHttps)},
                       {MdnTest::Sniffing, sniffing(last)},
                       {MdnTest::Framing, framing(last, csp.limitsFrames)},
                       {MdnTest::Corp, corp(last)}};
}

} // namespace cockpit
