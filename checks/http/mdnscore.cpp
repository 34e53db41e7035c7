#include "checks/http/mdnscore.h"

#include "models/wordtable.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

constexpr int kStart = 100;
constexpr int kLeastForBonuses = 90;
constexpr int kStep = 5; // grades change in steps

struct Row
{
    MdnOutcome value;
    const char *word;
    int modifier;
};

using enum MdnOutcome;

constexpr std::array kOutcomes{
    Row{CspNoUnsafeDefaultSrcNone, "csp-implemented-with-no-unsafe-default-src-none", 10},
    Row{CspNoUnsafe, "csp-implemented-with-no-unsafe", 5},
    Row{CspUnsafeInlineInStyleSrcOnly, "csp-implemented-with-unsafe-inline-in-style-src-only", 0},
    Row{CspInsecureSchemeInPassiveContentOnly, "csp-implemented-with-insecure-scheme-in-passive-content-only", -10},
    Row{CspUnsafeEval, "csp-implemented-with-unsafe-eval", -10},
    Row{CspUnsafeInline, "csp-implemented-with-unsafe-inline", -20},
    Row{CspInsecureScheme, "csp-implemented-with-insecure-scheme", -20},
    Row{CspInvalid, "csp-header-invalid", -25},
    Row{CspMissing, "csp-not-implemented", -25},
    Row{CspReportOnly, "csp-not-implemented-but-reporting-enabled", -25},
    Row{CspDuplicateDirectives, "csp-implemented-but-duplicate-directives", 0},
    Row{CookiesSecureWithSameSite, "cookies-secure-with-httponly-sessions-and-samesite", 5},
    Row{CookiesSecure, "cookies-secure-with-httponly-sessions", 0},
    Row{CookiesNotFound, "cookies-not-found", 0},
    Row{CookiesNotSecureButHsts, "cookies-without-secure-flag-but-protected-by-hsts", -5},
    Row{CookiesSessionNotSecureButHsts, "cookies-session-without-secure-flag-but-protected-by-hsts", -10},
    Row{CookiesNotSecure, "cookies-without-secure-flag", -20},
    Row{CookiesSameSiteInvalid, "cookies-samesite-flag-invalid", -20},
    Row{CookiesAntiForgeryWithoutSameSite, "cookies-anticsrf-without-samesite-flag", -20},
    Row{CookiesSessionNotHttpOnly, "cookies-session-without-httponly-flag", -30},
    Row{CookiesSessionNotSecure, "cookies-session-without-secure-flag", -40},
    Row{CorsMissing, "cross-origin-resource-sharing-not-implemented", 0},
    Row{CorsPublic, "cross-origin-resource-sharing-implemented-with-public-access", 0},
    Row{CorsRestricted, "cross-origin-resource-sharing-implemented-with-restricted-access", 0},
    Row{CorsUniversal, "cross-origin-resource-sharing-implemented-with-universal-access", -50},
    Row{RedirectionAllRedirectsPreloaded, "redirection-all-redirects-preloaded", 0},
    Row{RedirectionToHttps, "redirection-to-https", 0},
    Row{RedirectionNotNeededNoHttp, "redirection-not-needed-no-http", 0},
    Row{RedirectionOffHostFromHttp, "redirection-off-host-from-http", -5},
    Row{RedirectionNotToHttpsOnInitialRedirection, "redirection-not-to-https-on-initial-redirection", -10},
    Row{RedirectionNotToHttps, "redirection-not-to-https", -20},
    Row{RedirectionMissing, "redirection-missing", -20},
    Row{RedirectionInvalidCert, "redirection-invalid-cert", -20},
    Row{ReferrerPrivate, "referrer-policy-private", 5},
    Row{ReferrerMissing, "referrer-policy-not-implemented", 0},
    Row{ReferrerUnsafe, "referrer-policy-unsafe", -5},
    Row{ReferrerInvalid, "referrer-policy-header-invalid", -5},
    Row{HstsPreloaded, "hsts-preloaded", 5},
    Row{HstsSixMonths, "hsts-implemented-max-age-at-least-six-months", 0},
    Row{HstsShort, "hsts-implemented-max-age-less-than-six-months", -10},
    Row{HstsMissing, "hsts-not-implemented", -20},
    Row{HstsInvalid, "hsts-header-invalid", -20},
    Row{HstsNoHttps, "hsts-not-implemented-no-https", -20},
    Row{HstsInvalidCert, "hsts-invalid-cert", -20},
    Row{SriOnOwnScripts, "sri-implemented-and-all-scripts-loaded-securely", 5},
    Row{SriOnForeignScripts, "sri-implemented-and-external-scripts-loaded-securely", 5},
    Row{SriNotHtml, "sri-not-implemented-response-not-html", 0},
    Row{SriNoScripts, "sri-not-implemented-but-no-scripts-loaded", 0},
    Row{SriOwnScriptsOnly, "sri-not-implemented-but-all-scripts-loaded-from-secure-origin", 0},
    Row{SriMissingOverHttps, "sri-not-implemented-but-external-scripts-loaded-securely", -5},
    Row{SriOverHttp, "sri-implemented-but-external-scripts-not-loaded-securely", -20},
    Row{SriMissingOverHttp, "sri-not-implemented-and-external-scripts-not-loaded-securely", -50},
    Row{SniffingForbidden, "x-content-type-options-nosniff", 0},
    Row{SniffingMissing, "x-content-type-options-not-implemented", -5},
    Row{SniffingInvalid, "x-content-type-options-header-invalid", -5},
    Row{FramingCsp, "x-frame-options-implemented-via-csp", 5},
    Row{FramingSameoriginOrDeny, "x-frame-options-sameorigin-or-deny", 5},
    Row{FramingAllowFromOrigin, "x-frame-options-allow-from-origin", 0},
    Row{FramingMissing, "x-frame-options-not-implemented", -20},
    Row{FramingInvalid, "x-frame-options-header-invalid", -20},
    Row{CorpInvalid, "corp-header-invalid", -5},
    Row{CorpCrossOrigin, "corp-implemented-with-cross-origin", 0},
    Row{CorpSameOrigin, "corp-implemented-with-same-origin", 10},
    Row{CorpSameSite, "corp-implemented-with-same-site", 10},
    Row{CorpMissing, "corp-not-implemented", 0},
    Row{CoepRequireCorp, "coep-implemented-with-require-corp", 10},
    Row{CoepCredentialless, "coep-implemented-with-credentialless", 10},
    Row{CoepUnsafeNone, "coep-implemented-with-unsafe-none", 0},
    Row{CoepMissing, "coep-not-implemented", 0},
    Row{CoepInvalid, "coep-header-invalid", -5},
    Row{CoopSameOrigin, "coop-implemented-with-same-origin", 10},
    Row{CoopSameOriginAllowPopups, "coop-implemented-with-same-origin-allow-popups", 10},
    Row{CoopNoopenerAllowPopups, "coop-implemented-with-noopener-allow-popups", 10},
    Row{CoopUnsafeNone, "coop-implemented-with-unsafe-none", 0},
    Row{CoopMissing, "coop-not-implemented", 0},
    Row{CoopInvalid, "coop-header-invalid", -5},
    Row{HtmlNotParseable, "html-not-parseable", -20},
};

constexpr std::array kTests{
    WordRow<MdnTest>{MdnTest::Csp, "content-security-policy"},
    WordRow<MdnTest>{MdnTest::Cookies, "cookies"},
    WordRow<MdnTest>{MdnTest::Coep, "cross-origin-embedder-policy"},
    WordRow<MdnTest>{MdnTest::Coop, "cross-origin-opener-policy"},
    WordRow<MdnTest>{MdnTest::Cors, "cross-origin-resource-sharing"},
    WordRow<MdnTest>{MdnTest::Redirection, "redirection"},
    WordRow<MdnTest>{MdnTest::Referrer, "referrer-policy"},
    WordRow<MdnTest>{MdnTest::Hsts, "strict-transport-security"},
    WordRow<MdnTest>{MdnTest::Sri, "subresource-integrity"},
    WordRow<MdnTest>{MdnTest::Sniffing, "x-content-type-options"},
    WordRow<MdnTest>{MdnTest::Framing, "x-frame-options"},
    WordRow<MdnTest>{MdnTest::Corp, "cross-origin-resource-policy"},
};

// By the score, rounded down to a step: 100, 95, 90 …; what is below the last one is an F.
constexpr std::array kGrades{"A+", "A", "A", "A-", "B+", "B", "B", "B-", "C+", "C", "C", "C-", "D+", "D", "D", "D-"};

const Row &rowOf(MdnOutcome outcome)
{
    const auto it = std::ranges::find(kOutcomes, outcome, &Row::value);
    Q_ASSERT(it != kOutcomes.end());
    return *it;
}

QString gradeOf(int score)
{
    const auto stepsDown = static_cast<size_t>(std::max(0, (kStart - score + kStep - 1) / kStep));
    return QString::fromLatin1(stepsDown < kGrades.size() ? kGrades.at(stepsDown) : "F");
}

} // namespace

QString toWord(MdnTest test)
{
    return wordOf(kTests, test);
}

QString toWord(MdnOutcome outcome)
{
    return QString::fromLatin1(rowOf(outcome).word);
}

int modifierOf(MdnOutcome outcome)
{
    return rowOf(outcome).modifier;
}

MdnScore scoreOf(const std::vector<MdnOutcome> &outcomes)
{
    int withBonuses = kStart;
    int withoutBonuses = kStart;
    for (const MdnOutcome outcome : outcomes) {
        withBonuses += modifierOf(outcome);
        withoutBonuses += std::min(0, modifierOf(outcome));
    }
    const int score = std::max(0, withoutBonuses >= kLeastForBonuses ? withBonuses : withoutBonuses);
    return {score, gradeOf(score)};
}

} // namespace cockpit
