#include "checks/actors/casetally.h"
#include "checks/actors/refusal.h"
#include "checks/actors/requestproof.h"
#include "checks/edge/cacheleak.h"
#include "checks/edge/cachepoison.h"
#include "checks/http/cachehit.h"
#include "checks/http/cachepolicy.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CacheLeak)
};

const QStringList kPoisonCodes{u"cache_poisoned"_s, u"header_reflected"_s};

QString toWord(CacheVerdict verdict)
{
    switch (verdict) {
    case CacheVerdict::KeptApart:
        return u"kept_apart"_s;
    case CacheVerdict::Leaked:
        return u"leaked"_s;
    case CacheVerdict::Unclear:
        return u"unclear"_s;
    case CacheVerdict::NotTried:
        return u"not_tried"_s;
    }
    Q_UNREACHABLE();
}

std::vector<Marker> privateIn(const CacheLook &look, const std::optional<CacheAsk> &asked)
{
    return asked ? look.markers.in(asked->answer, asked->request.url.toEncoded()) : std::vector<Marker>();
}

// What stands in somebody else's answer at the account's address, and did not when that one asked alone.
struct LeakedTo
{
    const CacheAsk *ask = nullptr;
    std::vector<Marker> markers;
    bool isStranger = false;
};

std::optional<LeakedTo> leakIn(const CacheLook &look, const CacheTrial &trial)
{
    for (const bool isStranger : {true, false}) {
        const auto &asked = isStranger ? trial.stranger : trial.other;
        std::vector<Marker> markers = privateIn(look, asked);
        const auto proof = proofOf(markers);
        if (proof && *proof != Proof::Lead)
            return LeakedTo{&*asked, std::move(markers), isStranger};
    }
    return std::nullopt;
}

bool tells(const std::optional<CacheAsk> &asked)
{
    if (!asked)
        return false;
    const auto obstacle = obstacleIn(asked->answer);
    return !obstacle || *obstacle == Obstacle::Refused;
}

QString urlOf(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveQuery);
}

QString cacheWords(const HttpResponse &answer)
{
    const auto hit = cacheHitIn(answer);
    if (!hit)
        return Text::tr("No field of the answer speaks of a cache.");
    return Text::tr("The answer says %1: %2.").arg(QString::fromLatin1(hit->field), quoted(hit->value, 60));
}

Finding leakFinding(const CacheLook &look, const LeakedTo &leak, const QString &code, const QString &title,
                    const QString &routeName)
{
    const QString who = leak.isStranger ? Text::tr("a stranger") : look.other;
    Finding finding = makeFinding(
        code, Severity::Critical, proofOf(leak.markers).value_or(Proof::Strong), Impact::DataExposure, title,
        Text::tr("%1 asked for %2, and then %3 asked for the same address and got %n text(s) that only %1 "
                 "has. %4 Wanted: an answer made for whoever asks.",
                 nullptr, static_cast<int>(leak.markers.size()))
            .arg(look.account, urlOf(leak.ask->request.url), who, cacheWords(leak.ask->answer)));
    finding.host = hostOf(leak.ask->request.url);
    finding.subject = routeName;
    finding.evidence = {requestProof(
        leak.ask->request, leak.ask->answer,
        {.actor = leak.isStranger ? QString() : look.other, .markers = leak.markers, .known = look.known})};
    finding.effortMinutes = 60;
    return finding;
}

// A private page's own words about who may keep it.
std::optional<Finding> headerFinding(const CacheLook &look, const CachePage &page)
{
    if (!page.trial.owner || privateIn(look, page.trial.owner).empty())
        return std::nullopt;
    const HttpResponse &answer = page.trial.owner->answer;
    const CachePolicy policy = cachePolicyOf(answer);
    const bool mayStore =
        look.hasToken ? policy.sharedCacheMayStoreWithLogin(answer.status) : policy.sharedCacheMayStore(answer.status);
    if (!mayStore)
        return std::nullopt;
    const bool invites = policy.invitesSharedCaches(answer.status);
    // Few caches in front of a product go by Vary; those that do keep the copies apart.
    const Severity severity = invites && !policy.variesByLogin ? Severity::Medium : Severity::Low;
    const QString said = quoted(answer.header("cache-control").value_or(QByteArray()), 80);
    Finding finding = makeFinding(
        invites ? u"invites_caches"_s : u"not_private"_s, severity, Proof::Strong, Impact::DataExposure,
        invites ? Text::tr("A page of somebody signed in invites caches to keep it")
                : Text::tr("A page of somebody signed in does not say that it is private"),
        said.isEmpty()
            ? Text::tr("%1, asked as %2, comes without Cache-Control. No copy came back to somebody else today. "
                       "Wanted: private, no-store.")
                  .arg(urlOf(page.url), look.account)
            : Text::tr("%1, asked as %2, says Cache-Control: %3. No copy came back to somebody else today. Wanted: "
                       "private, no-store.")
                  .arg(urlOf(page.url), look.account, said));
    finding.host = hostOf(page.url);
    finding.subject = page.routeName;
    finding.evidence = {
        requestProof(page.trial.owner->request, answer, {.actor = look.account, .markers = {}, .known = look.known})};
    finding.effortMinutes = 30;
    return finding;
}

QString whyNotTried(const CacheLook &look, const CachePage &page)
{
    if (page.isKeyWithoutQuery)
        return Text::tr("%1: a cache answers there whatever stands behind the question mark, so that a copy made by us "
                        "would reach real visitors.")
            .arg(page.routeName);
    if (!page.trial.owner || !isGoodAnswer(page.trial.owner->answer, {}))
        return Text::tr("%1: %2 gets no good answer there.").arg(page.routeName, look.account);
    if (privateIn(look, page.trial.owner).empty())
        return Text::tr("%1: nothing in it is only of %2.").arg(page.routeName, look.account);
    return Text::tr("%1: no answer told whether copies are kept apart.").arg(page.routeName);
}

QJsonObject rowOf(const CacheLook &look, const CachePage &page)
{
    const CacheVerdict verdict = verdictOf(look, page);
    QJsonObject row{{u"url"_s, urlOf(page.url)}, {u"result"_s, toWord(verdict)}};
    if (page.trial.owner) {
        const HttpResponse &answer = page.trial.owner->answer;
        const auto &again = page.trial.again ? page.trial.again->answer : answer;
        const auto hit = cacheHitIn(again);
        row.insert(u"status"_s, answer.status);
        row.insert(u"cache_control"_s, quoted(answer.header("cache-control").value_or(QByteArray()), 120));
        row.insert(u"vary"_s, quoted(answer.header("vary").value_or(QByteArray()), 120));
        row.insert(u"cache"_s, hit ? QJsonValue(toWord(hit->state)) : QJsonValue());
        row.insert(u"private_texts"_s, static_cast<int>(privateIn(look, page.trial.owner).size()));
    }
    row.insert(u"key_has_query"_s, !page.isKeyWithoutQuery);
    if (verdict == CacheVerdict::NotTried || verdict == CacheVerdict::Unclear)
        row.insert(u"why"_s, whyNotTried(look, page));
    return row;
}

struct CacheTally
{
    CaseTally cases; // pages; what told are those that were kept apart
    QJsonArray names;
};

void countPage(CaseTally &tally, const CacheLook &look, const CachePage &page)
{
    const CacheVerdict verdict = verdictOf(look, page);
    tally.rows.append(rowOf(look, page));
    switch (verdict) {
    case CacheVerdict::Leaked:
        tally.findings.push_back(leakFinding(look, *leakIn(look, page.trial), u"page_from_cache"_s,
                                             Text::tr("A cache hands one person's page to somebody else"),
                                             page.routeName));
        return;
    case CacheVerdict::KeptApart:
        ++tally.told;
        if (auto finding = headerFinding(look, page))
            tally.findings.push_back(std::move(*finding));
        return;
    case CacheVerdict::Unclear:
    case CacheVerdict::NotTried:
        tally.gaps.add(LookGap{{{.subject = page.routeName}}, whyNotTried(look, page)});
        return;
    }
}

// One for each page, whatever name gives it away.
void countDecoy(CacheTally &tally, const CacheLook &look, const CacheDecoy &decoy)
{
    const bool leaks = hasLeaked(look, decoy);
    tally.names.append(QJsonObject{{u"url"_s, urlOf(decoy.trial.owner->request.url)},
                                   {u"serves_page"_s, servesPage(look, decoy)},
                                   {u"leaked"_s, leaks}});
    if (!leaks)
        return;
    addOnce(tally.cases.findings,
            leakFinding(look, *leakIn(look, decoy.trial), u"cache_deception"_s,
                        Text::tr("A link that looks like a file makes a cache keep a private page"), decoy.routeName));
}

// What was found there before stays open.
void addLeftOut(const CacheLook &look, CaseTally &tally)
{
    tally.gaps.add(leftOutGap(look.leftOut, kMostCachePages));
    LookGap asFiles = leftOutGap(look.notTriedAsFiles, kMostDecoyed, u"cache_deception"_s);
    if (!asFiles.sentence.isEmpty())
        asFiles.sentence = Text::tr("Under names that look like a file's: %1").arg(asFiles.sentence);
    tally.gaps.add(asFiles);
}

QJsonObject observedOf(const CacheLook &look, const CacheTally &tally)
{
    QJsonObject observed{{u"account"_s, look.account},
                         {u"pages"_s, tally.cases.rows},
                         {u"file_names"_s, tally.names},
                         {u"poisoning"_s, poisonRows(look)},
                         {u"left_out"_s, QJsonArray::fromStringList(look.leftOut)},
                         {u"not_tried_as_files"_s, QJsonArray::fromStringList(look.notTriedAsFiles)},
                         {u"requests"_s, look.requests}};
    if (!look.other.isEmpty())
        observed.insert(u"other"_s, look.other);
    return observed;
}

} // namespace

CacheVerdict verdictOf(const CacheLook &look, const CachePage &page)
{
    if (privateIn(look, page.trial.owner).empty())
        return CacheVerdict::NotTried;
    if (leakIn(look, page.trial))
        return CacheVerdict::Leaked;
    const bool hasToldOther = look.other.isEmpty() || tells(page.trial.other);
    return tells(page.trial.stranger) && hasToldOther ? CacheVerdict::KeptApart : CacheVerdict::Unclear;
}

bool servesPage(const CacheLook &look, const CacheDecoy &decoy)
{
    const auto proof = proofOf(privateIn(look, decoy.trial.owner));
    return proof && *proof != Proof::Lead && isGoodAnswer(decoy.trial.owner->answer, {});
}

bool hasLeaked(const CacheLook &look, const CacheDecoy &decoy)
{
    return servesPage(look, decoy) && leakIn(look, decoy.trial).has_value();
}

Judged judgeCacheLeak(const CacheLook &look)
{
    CacheTally tally{.cases = {.gaps = LookGaps(look.brokenOff)}};
    tally.cases.gaps.say(look.notPoisoned);
    for (const CachePage &page : look.pages)
        countPage(tally.cases, look, page);
    for (const CacheDecoy &decoy : look.decoys)
        countDecoy(tally, look, decoy);
    std::ranges::move(poisonFindings(look), std::back_inserter(tally.cases.findings));
    for (const PoisonPage &page : look.poison) {
        for (const QString &code : page.isOpen ? kPoisonCodes : QStringList())
            tally.cases.gaps.hide({.subject = page.routeName, .code = code});
    }
    if (!look.notPoisoned.isEmpty() && look.poison.empty())
        tally.cases.gaps.hideCodes(kPoisonCodes);
    addLeftOut(look, tally.cases);
    const QString summary =
        Text::tr("%n private page(s) of %1 asked for again by others", nullptr, tally.cases.told).arg(look.account);
    const QJsonObject observed = observedOf(look, tally);
    return judgedFrom(std::move(tally.cases), summary, observed);
}

} // namespace cockpit
