#include "checks/http/cachestatic.h"

#include "checks/engine/lookgaps.h"
#include "checks/web/bundle.h"
#include "checks/web/landing.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CacheStatic)
};

constexpr int kOk = 200;
constexpr qint64 kDay = 86400;
// What is named by its content never changes; a month is where most tools begin to call it long.
constexpr qint64 kLongLife = 30 * kDay;
// A file under a name that stays, kept for a year: visitors run last year's code.
constexpr qint64 kTooLongForAName = 7 * kDay;
// Less than this is loaded before anybody notices.
constexpr qint64 kWorthIt = 50LL * 1024;
constexpr qint64 kWorthPacking = 20LL * 1024; // of one file
constexpr size_t kMostNamed = 5;

using Assets = std::vector<StaticAsset>;

Assets those(const Assets &assets, const std::function<bool(const StaticAsset &)> &isMeant)
{
    Assets chosen;
    std::ranges::copy_if(assets, std::back_inserter(chosen), isMeant);
    std::ranges::stable_sort(chosen, std::ranges::greater(), &StaticAsset::bytes);
    return chosen;
}

qint64 bytesOf(const Assets &assets)
{
    qint64 sum = 0;
    for (const StaticAsset &asset : assets)
        sum += asset.bytes;
    return sum;
}

QString size(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 0);
}

// "/app.js (120 kB), /style.css (30 kB) and 3 more".
QString named(const Assets &assets)
{
    QStringList words;
    for (const StaticAsset &asset : assets) {
        if (static_cast<size_t>(words.size()) < kMostNamed)
            words.append(u"%1 (%2)"_s.arg(plainText(redact(asset.url.path()), 120), size(asset.bytes)));
    }
    const int more = static_cast<int>(assets.size()) - static_cast<int>(words.size());
    const QString text = words.join(", "_L1);
    return more > 0 ? Text::tr("%1 and %n more", nullptr, more).arg(text) : text;
}

// A browser comes back to the server for it at every visit, and gets all of it again.
bool isLoadedAgain(const StaticAsset &asset)
{
    const bool isForbidden = asset.policy.browser.noStore;
    const bool mustAsk = asset.policy.browser.noCache || asset.policy.browserSeconds == 0;
    return isForbidden || (!asset.policy.hasValidator && (mustAsk || asset.policy.browserSeconds < 0));
}

bool isKeptTooShort(const StaticAsset &asset)
{
    return asset.naming == Naming::ByContent && !isLoadedAgain(asset) && asset.policy.browserSeconds < kLongLife;
}

bool isKeptTooLong(const StaticAsset &asset)
{
    const bool isCode = asset.url.path().endsWith(".js"_L1) || asset.url.path().endsWith(".css"_L1);
    const bool isForLong = asset.policy.browser.isImmutable || asset.policy.browserSeconds > kTooLongForAName;
    return isCode && asset.naming == Naming::Stays && isForLong && !asset.policy.browser.noCache &&
           !asset.policy.browser.noStore;
}

bool isUnpacked(const StaticAsset &asset)
{
    return asset.isText && !asset.isPacked && asset.bytes >= kWorthPacking;
}

bool isPassedThrough(const StaticAsset &asset)
{
    return asset.hit && asset.hit->state == CacheState::Bypass;
}

Finding fault(const QString &code, const QString &title, const QString &saw, const QString &paste = {})
{
    Finding finding = makeFinding(code, Severity::Low, Proof::Proven, Impact::Maintainability, title, saw);
    finding.fix.paste = paste;
    finding.effortMinutes = 30;
    return finding;
}

std::vector<Finding> findingsFor(const Assets &assets, const QString &page)
{
    const QString forEver = u"Cache-Control: public, max-age=31536000, immutable"_s;
    std::vector<Finding> findings;
    if (const Assets again = those(assets, isLoadedAgain); bytesOf(again) >= kWorthIt) {
        findings.push_back(
            fault(u"loaded_again"_s, Text::tr("Every visit loads the same files anew"),
                  Text::tr("%1 loads %2 that browsers may not keep: %3.").arg(page, size(bytesOf(again)), named(again)),
                  forEver));
    }
    if (const Assets brief = those(assets, isKeptTooShort); bytesOf(brief) >= kWorthIt) {
        findings.push_back(fault(u"kept_too_short"_s, Text::tr("Files that never change are asked for again and again"),
                                 Text::tr("%1 loads %2 under names that change with their content, and does not let "
                                          "browsers keep them for a month: %3.")
                                     .arg(page, size(bytesOf(brief)), named(brief)),
                                 forEver));
    }
    if (const Assets stale = those(assets, isKeptTooLong); !stale.empty()) {
        findings.push_back(fault(u"kept_too_long"_s, Text::tr("Visitors may run old code after an update"),
                                 Text::tr("%1 lets browsers keep these for more than a week, although their names "
                                          "stay the same when their content changes: %2.")
                                     .arg(page, named(stale)),
                                 u"Cache-Control: no-cache"_s));
    }
    if (const Assets plain = those(assets, isUnpacked); bytesOf(plain) >= kWorthIt) {
        findings.push_back(fault(u"not_compressed"_s, Text::tr("Files travel without compression"),
                                 Text::tr("%1 loads %2 of text that could be about a quarter of that: %3.")
                                     .arg(page, size(bytesOf(plain)), named(plain))));
    }
    if (const Assets cookies = those(assets, &StaticAsset::setsCookie); !cookies.empty()) {
        findings.push_back(fault(u"cookie_on_file"_s, Text::tr("Files come with a cookie"),
                                 Text::tr("%1 loads files that set a cookie, so that most caches in front of the "
                                          "server will not keep them: %2.")
                                     .arg(page, named(cookies))));
    }
    if (const Assets passed = those(assets, isPassedThrough); bytesOf(passed) >= kWorthIt) {
        findings.push_back(
            fault(u"edge_passes"_s, Text::tr("The service in front of your server keeps no copy"),
                  Text::tr("%1 says that it passed these on without keeping them (%2): %3.")
                      .arg(passed.front().hit->vendor, quoted(passed.front().hit->value), named(passed))));
    }
    return findings;
}

QJsonValue isNamedByContent(Naming naming)
{
    return naming == Naming::Unclear ? QJsonValue() : QJsonValue(naming == Naming::ByContent);
}

QJsonObject observedAsset(const StaticAsset &asset)
{
    QJsonValue edge;
    if (asset.hit)
        edge = QJsonObject{{u"vendor"_s, asset.hit->vendor}, {u"state"_s, toWord(asset.hit->state)}};
    return {{u"url"_s, redact(asset.url.toDisplayString())},
            {u"bytes"_s, asset.bytes},
            {u"browser_seconds"_s, asset.policy.browserSeconds < 0 ? QJsonValue() : asset.policy.browserSeconds},
            {u"immutable"_s, asset.policy.browser.isImmutable},
            {u"no_store"_s, asset.policy.browser.noStore},
            {u"named_by_content"_s, isNamedByContent(asset.naming)},
            {u"validator"_s, asset.policy.hasValidator},
            {u"packed"_s, asset.isPacked},
            {u"edge"_s, edge}};
}

// In the words in which others ask for the same file, so that each travels once.
std::vector<HttpGet> questionsFor(const std::vector<PagePart> &assets)
{
    std::vector<HttpGet> questions;
    questions.reserve(assets.size());
    for (const PagePart &part : assets) {
        const bool isScript = part.kind == PartKind::Script || part.kind == PartKind::Preload;
        questions.push_back({.url = part.url, .bodyCap = isScript ? kLongestBundleFile : kDefaultBodyCap});
    }
    return questions;
}

Judged lookAt(const Look &look, const RedirectChain &chain)
{
    const auto page = pageIn(chain.last, look.seen);
    if (!*page)
        return couldNotLook(page->error());
    Assets assets;
    int unseen = 0;
    for (const auto &answer : look.seen.askAll(questionsFor(ownAssets(**page, chain.last.url)))) {
        if (*answer && (*answer)->status == kOk)
            assets.push_back(assetOf(**answer));
        else if (!*answer || obstacleIn(**answer)) // anything else is an address without a file
            ++unseen;
    }
    return judgeCacheStatic(chain, assets, unseen);
}

} // namespace

Judged judgeCacheStatic(const RedirectChain &chain, const std::vector<StaticAsset> &assets, int unseen)
{
    if (assets.empty() && unseen > 0) {
        return couldNotLook({ErrorKind::Unreachable,
                             Text::tr("None of the %n file(s) that %1 loads could be looked at: no answer, a refusal "
                                      "or an error in its place.",
                                      nullptr, unseen)
                                 .arg(chain.last.url.toDisplayString()),
                             {}});
    }
    if (assets.empty())
        return notApplicable(Text::tr("%1 loads no files of its own site.").arg(chain.last.url.toDisplayString()));
    QJsonArray rows;
    for (const StaticAsset &asset : assets)
        rows.append(observedAsset(asset));
    QJsonObject observed = observedOf(chain, {});
    observed.insert(u"assets"_s, rows);
    observed.insert(u"bytes"_s, bytesOf(assets));
    observed.insert(u"bytes_asked_again"_s, bytesOf(those(assets, isLoadedAgain)));
    Judged judged = concluded(findingsFor(assets, chain.last.url.toDisplayString()),
                              Text::tr("%n file(s) looked at, %1 together", nullptr, static_cast<int>(assets.size()))
                                  .arg(size(bytesOf(assets))),
                              observed, {evidenceOf(chain.last)});
    if (unseen > 0)
        leaveOpen(judged, anyBehind({Text::tr("%n further file(s) could not be looked at.", nullptr, unseen)}));
    return judged;
}

Check cacheStaticCheck()
{
    using enum HostRole;
    return {.id = u"http.cache-static"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API has no files
            .impacts = {Impact::Maintainability},
            .needs = {},
            .look = [](const Look &look) {
                return onLanding(look, [&look](const RedirectChain &chain) { return lookAt(look, chain); });
            }};
}

} // namespace cockpit
