// The score of the MDN HTTP Observatory, so that a founder who compares it with the website sees the same number: which
// outcomes its tests know and what each is worth (algorithm version 6, mdn/mdn-http-observatory src/grader/charts.js).
#pragma once

#include <QString>

#include <vector>

namespace cockpit {

enum class MdnTest { Csp, Cookies, Coep, Coop, Cors, Redirection, Referrer, Hsts, Sri, Sniffing, Framing, Corp };
QString toWord(MdnTest test); // as the Observatory's results name it

enum class MdnOutcome {
    CspNoUnsafeDefaultSrcNone,
    CspNoUnsafe,
    CspUnsafeInlineInStyleSrcOnly,
    CspInsecureSchemeInPassiveContentOnly,
    CspUnsafeEval,
    CspUnsafeInline,
    CspInsecureScheme,
    CspInvalid,
    CspMissing,
    CspReportOnly,
    CspDuplicateDirectives,
    CookiesSecureWithSameSite,
    CookiesSecure,
    CookiesNotFound,
    CookiesNotSecureButHsts,
    CookiesSessionNotSecureButHsts,
    CookiesNotSecure,
    CookiesSameSiteInvalid,
    CookiesAntiForgeryWithoutSameSite,
    CookiesSessionNotHttpOnly,
    CookiesSessionNotSecure,
    CorsMissing,
    CorsPublic,
    CorsRestricted,
    CorsUniversal,
    RedirectionAllRedirectsPreloaded,
    RedirectionToHttps,
    RedirectionNotNeededNoHttp,
    RedirectionOffHostFromHttp,
    RedirectionNotToHttpsOnInitialRedirection,
    RedirectionNotToHttps,
    RedirectionMissing,
    RedirectionInvalidCert,
    ReferrerPrivate,
    ReferrerMissing,
    ReferrerUnsafe,
    ReferrerInvalid,
    HstsPreloaded,
    HstsSixMonths,
    HstsShort,
    HstsMissing,
    HstsInvalid,
    HstsNoHttps,
    HstsInvalidCert,
    SriOnOwnScripts,
    SriOnForeignScripts,
    SriNotHtml,
    SriNoScripts,
    SriOwnScriptsOnly,
    SriMissingOverHttps,
    SriOverHttp,
    SriMissingOverHttp,
    SniffingForbidden,
    SniffingMissing,
    SniffingInvalid,
    FramingCsp,
    FramingSameoriginOrDeny,
    FramingAllowFromOrigin,
    FramingMissing,
    FramingInvalid,
    CorpInvalid,
    CorpCrossOrigin,
    CorpSameOrigin,
    CorpSameSite,
    CorpMissing,
    CoepRequireCorp,
    CoepCredentialless,
    CoepUnsafeNone,
    CoepMissing,
    CoepInvalid,
    CoopSameOrigin,
    CoopSameOriginAllowPopups,
    CoopNoopenerAllowPopups,
    CoopUnsafeNone,
    CoopMissing,
    CoopInvalid,
    HtmlNotParseable, // in place of any test that reads the page
};
QString toWord(MdnOutcome outcome); // as the Observatory's results name it
// Points that it adds or takes.
int modifierOf(MdnOutcome outcome);

struct MdnScore
{
    int score = 0; // never below 0; above 100 with bonuses
    QString grade; // "A+" to "F"
    bool operator==(const MdnScore &) const = default;
};
// Everybody starts with 100. Bonuses count only for those whose losses leave 90 or more.
MdnScore scoreOf(const std::vector<MdnOutcome> &outcomes);

} // namespace cockpit
