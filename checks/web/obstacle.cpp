#include "checks/web/obstacle.h"

#include "checks/web/report.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Obstacle)
};

constexpr int kFirstServerError = 500;

// A test for robots is a small page or a refusal. Ordinary pages name the same products: in their policies, in the
// sensors that a shield adds to every page, or because they write about them.
constexpr qsizetype kLongestChallenge = 20'000;

// Words that only together stand on a test: Imperva adds its resource to ordinary pages, with other parameters than the
// frame of a block has; DataDome's customers name its host in their policies, and only its test sets up "dd".
constexpr std::array kChallengeMarks{
    std::array{"__cf_chl", "__cf_chl"},
    std::array{"_Incapsula_Resource", "CWUDNSAI"},
    std::array{"_Incapsula_Resource", "SWUDNSAI"},
    std::array{"_Incapsula_Resource", "Incapsula incident ID"},
    std::array{"Sucuri WebSite Firewall", "Sucuri WebSite Firewall"},
    std::array{"geo.captcha-delivery.com", "var dd="},
};

bool hasChallengeHeader(const HttpResponse &response)
{
    const QByteArray cloudflare = response.header("cf-mitigated").value_or(QByteArray()).toLower();
    const QByteArray vercel = response.header("x-vercel-mitigated").value_or(QByteArray()).toLower();
    return cloudflare.contains("challenge") || vercel.contains("challenge") || vercel.contains("deny") ||
           response.header("x-amzn-waf-action").has_value();
}

bool hasChallengeText(const HttpResponse &response)
{
    const bool isPage = response.status >= 200 && response.status < 300;
    if (isPage && response.body.size() > kLongestChallenge)
        return false;
    const auto isThere = [&](const char *word) { return response.body.contains(word); };
    return std::ranges::any_of(kChallengeMarks, [&](const auto &words) { return std::ranges::all_of(words, isThere); });
}

// Imperva's test of a browser is an empty page with its script. The same script stands on ordinary pages, also on those
// that a script of their own draws: they have something in their body, or other scripts.
bool isBareScriptOfImperva(const HttpResponse &response)
{
    constexpr qsizetype kLongest = 2000;
    static const QRegularExpression emptyBody(u"<body[^>]*>\\s*</body>"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression script(u"<script\\b"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression imperva(u"<script[^>]*\\ssrc=[\"']?/_Incapsula_Resource\\?"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    if (response.body.size() > kLongest || !response.body.contains("/_Incapsula_Resource?"))
        return false;
    const QString page = QString::fromUtf8(response.body);
    return emptyBody.match(page).hasMatch() && page.count(script) == page.count(imperva);
}

bool isChallenge(const HttpResponse &response)
{
    return hasChallengeHeader(response) || hasChallengeText(response) || isBareScriptOfImperva(response);
}

} // namespace

std::optional<Obstacle> obstacleIn(const HttpResponse &response)
{
    if (isChallenge(response))
        return Obstacle::Challenge;
    if (response.status == 403)
        return Obstacle::Refused;
    if (response.status == 429)
        return Obstacle::TooManyRequests;
    if (response.status >= kFirstServerError)
        return Obstacle::ServerError;
    return std::nullopt;
}

QString describe(Obstacle obstacle, const HttpResponse &response)
{
    const QString url = response.url.toDisplayString();
    switch (obstacle) {
    case Obstacle::Challenge:
        return Text::tr("%1 showed a test for robots instead of the page, so this could not be verified. Let the user "
                        "agent \"LaunchCockpit\" through in your firewall's bot rules, then check again.")
            .arg(url);
    case Obstacle::Refused:
        return Text::tr("%1 refused us (status 403), so this could not be verified. If a firewall did it, let the user "
                        "agent \"LaunchCockpit\" through, then check again.")
            .arg(url);
    case Obstacle::TooManyRequests:
        return Text::tr("%1 asked us to slow down (status 429), so this could not be verified. Wait a few minutes, "
                        "then check again.")
            .arg(url);
    case Obstacle::ServerError:
        return Text::tr("%1 answered with a server error (status %2), so this could not be verified. Bring the page "
                        "back, then check again.")
            .arg(url, QString::number(response.status));
    }
    Q_UNREACHABLE();
}

Judged couldNotVerify(Obstacle obstacle, const HttpResponse &response)
{
    Judged judged;
    judged.outcome = Outcome::Error;
    judged.reason = describe(obstacle, response);
    judged.observed = observedOf(response, {});
    judged.evidence.push_back(evidenceOf(response));
    return judged;
}

} // namespace cockpit
