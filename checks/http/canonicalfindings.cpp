#include "checks/http/canonicalfindings.h"

#include "checks/net/location.h"
#include "checks/net/urlhost.h"
#include "checks/web/loopcause.h"
#include "checks/web/movement.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Canonical)
};

// http to https to the chosen host is two hops; a third is tolerable, more is felt on a phone.
constexpr int kMostHops = 3;
constexpr int kEffortMinutes = 20;

int hopsOf(const Entry &entry)
{
    return static_cast<int>(entry.walk->hops.size()) - 1;
}

// What a search engine takes for a site: not a refusal, not an error.
bool isPage(const HttpResponse &response)
{
    return response.status >= 200 && response.status < 300 && !obstacleIn(response);
}

std::optional<SoftRedirect> softEnd(const Entry &entry)
{
    if (isDeepLink(entry.from) || !hasArrived(entry))
        return std::nullopt;
    return entry.soft && hostOf(entry.soft->to) != hostOf(entry.walk->last.url) ? entry.soft : std::nullopt;
}

Finding about(const Entry &entry, const QString &code, Severity severity, Impact impact, const QString &title,
              const QString &saw)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, impact, title, saw);
    finding.evidence = {evidenceOf(*entry.walk)};
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

std::optional<Finding> lost(const Entry &entry)
{
    if (!isDeepLink(entry.from) || !hasArrived(entry) || hopsOf(entry) < 1)
        return std::nullopt;
    const QUrl &end = entry.walk->last.url;
    if (keepsPath(entry) && keepsQuery(entry))
        return std::nullopt;
    if (keepsPath(entry))
        return about(entry, u"query_lost"_s, Severity::Medium, Impact::BrokenLogin,
                     Text::tr("Links into your site lose a part of the address"),
                     Text::tr("%1 ends at %2: what follows the question mark is dropped on the way.")
                         .arg(entry.from.toString(), end.toDisplayString()));
    // An app that sends strangers to its login page does that on purpose.
    if (!pagePath(end).isEmpty())
        return std::nullopt;
    return about(entry, u"path_lost"_s, Severity::Medium, Impact::BrokenLogin,
                 Text::tr("Links into your site end at the front page"),
                 Text::tr("%1 ends at %2: the rest of the address is dropped on the way.")
                     .arg(entry.from.toString(), end.toDisplayString()));
}

std::optional<Finding> slow(const Entry &entry)
{
    if (!hasArrived(entry) || isDeepLink(entry.from) || hopsOf(entry) <= kMostHops)
        return std::nullopt;
    return about(entry, u"many_hops"_s, Severity::Low, Impact::Maintainability,
                 Text::tr("Visitors are passed on too many times"),
                 Text::tr("%1 takes %2 steps to arrive. Wanted: at most %3.")
                     .arg(entry.from.toString(), QString::number(hopsOf(entry)), QString::number(kMostHops)));
}

// http.https-redirect speaks of the front page by plain HTTP.
bool isSpokenFor(const Entry &entry)
{
    return entry.from.scheme() == "http"_L1 && !isDeepLink(entry.from);
}

std::optional<Finding> circling(const Entry &entry)
{
    if (!entry.walk || entry.walk->end != RedirectEnd::Loop || isSpokenFor(entry))
        return std::nullopt;
    const LoopCause cause = loopCauseOf(*entry.walk);
    const bool isSure = cause != LoopCause::MissingCookie; // a browser brings it, perhaps
    Finding finding = about(entry, u"loop"_s, isSure ? Severity::High : Severity::Medium, Impact::Downtime,
                            Text::tr("One form of your address sends visitors in circles"),
                            Text::tr("%1 was passed on %n time(s) and never arrived. %2", nullptr, hopsOf(entry) + 1)
                                .arg(entry.from.toString(), describe(cause)));
    finding.proof = isSure ? Proof::Proven : Proof::Lead;
    return finding;
}

// No address came twice. Browsers give up after sixteen to twenty steps, so that it may still arrive there.
std::optional<Finding> endless(const Entry &entry)
{
    if (!entry.walk || entry.walk->end != RedirectEnd::TooManyHops || isSpokenFor(entry))
        return std::nullopt;
    Finding finding =
        about(entry, u"endless"_s, Severity::Medium, Impact::Downtime,
              Text::tr("One form of your address passes visitors on and on"),
              Text::tr("%1 takes more than %2 steps; we stopped there, and browsers stop after about 20. Wanted: at "
                       "most %3.")
                  .arg(entry.from.toString(), QString::number(kMaxRedirects), QString::number(kMostHops)));
    finding.proof = Proof::Strong;
    return finding;
}

// Another scheme, an address that cannot be read or that lies in a private network.
std::optional<Finding> nowhere(const Entry &entry)
{
    const bool isNowhere =
        entry.walk && (entry.walk->end == RedirectEnd::BadLocation || entry.walk->end == RedirectEnd::NotHttp);
    if (!isNowhere || isSpokenFor(entry))
        return std::nullopt;
    return about(entry, u"bad_location"_s, Severity::Medium, Impact::Downtime,
                 Text::tr("One form of your address leads to nothing that a browser can open"),
                 Text::tr("%1 ends with a redirect to “%2”.")
                     .arg(entry.from.toString(), quoted(entry.walk->hops.back().location)));
}

bool changesForm(const RedirectHop &hop)
{
    const QUrl to = locationTarget(hop.url, hop.location);
    return to.host() != hop.url.host() || to.scheme() != hop.url.scheme();
}

// Only what leads to another form of the address: an app that sends strangers to its login page does so for now.
std::optional<Finding> temporary(const Entry &entry)
{
    if (!hasArrived(entry) || isDeepLink(entry.from))
        return std::nullopt;
    const auto &hops = entry.walk->hops;
    const auto hop = std::ranges::find_if(hops, [](const RedirectHop &h) {
        return isRedirectStatus(h.status) && !isPermanentRedirect(h.status) && changesForm(h);
    });
    if (hop == hops.end())
        return std::nullopt;
    return about(entry, u"temporary"_s, Severity::Low, Impact::Maintainability,
                 Text::tr("Your main address is announced for a time only"),
                 Text::tr("%1 moves visitors on with status %2. Wanted: 301 or 308, which browsers and search engines "
                          "remember.")
                     .arg(hop->url.toDisplayString(), describeStatus(hop->status)));
}

std::optional<Finding> softlyMoved(const Entry &entry)
{
    const auto soft = softEnd(entry);
    if (!soft)
        return std::nullopt;
    return about(entry, u"soft_redirect"_s, Severity::Low, Impact::Maintainability,
                 Text::tr("Visitors are moved to your main address by a page, not by the server"),
                 Text::tr("%1 answers with a page that moves the browser to %2 by %3. Wanted: status 301 or 308.")
                     .arg(entry.walk->last.url.toDisplayString(), soft->to.toDisplayString(), labelOf(soft->kind)));
}

Finding twoAddresses(const std::set<QString> &hosts)
{
    Finding finding =
        makeFinding(u"two_addresses"_s, Severity::Medium, Proof::Proven, Impact::BrokenLogin,
                    Text::tr("Your site answers at two addresses"),
                    Text::tr("%1 each show a site of their own. Wanted: one moves its visitors to the other.")
                        .arg(QStringList(hosts.begin(), hosts.end()).join(u", "_s)));
    finding.effortMinutes = 30;
    return finding;
}

// Of a form that gave no answer where another one lives. Silence may be a matter of our own network.
Finding deadForm(const Entry &entry)
{
    const Error &why = entry.walk.error();
    const bool isSure = why.kind == ErrorKind::Unreachable || why.kind == ErrorKind::Protocol;
    Finding finding = makeFinding(u"dead_form"_s, Severity::Medium, isSure ? Proof::Strong : Proof::Lead,
                                  Impact::Downtime, Text::tr("One form of your address shows no page"),
                                  Text::tr("%1 leads to no answer. %2 Wanted: it moves visitors to your main address.")
                                      .arg(entry.from.toString(), why.message));
    finding.effortMinutes = 30;
    return finding;
}

template<typename Judge>
void addFirst(std::vector<Finding> &findings, const std::vector<Entry> &entries, Judge judge)
{
    for (const Entry &entry : entries) {
        if (std::optional<Finding> finding = judge(entry)) {
            findings.push_back(std::move(*finding));
            return;
        }
    }
}

} // namespace

bool isDeepLink(const QUrl &url)
{
    return url.hasQuery();
}

bool hasArrived(const Entry &entry)
{
    return entry.walk && entry.walk->end == RedirectEnd::Arrived;
}

bool keepsPath(const Entry &entry)
{
    return pagePath(entry.walk->last.url) == pagePath(entry.from);
}

bool keepsQuery(const Entry &entry)
{
    return holdsQuery(entry.walk->last.url, entry.from);
}

std::set<QString> pageHosts(const std::vector<Entry> &entries)
{
    std::set<QString> hosts;
    for (const Entry &entry : entries) {
        if (isDeepLink(entry.from) || !hasArrived(entry) || !isPage(entry.walk->last))
            continue;
        const auto soft = softEnd(entry);
        hosts.insert(soft ? hostOf(soft->to) : hostOf(entry.walk->last.url));
    }
    return hosts;
}

bool isDead(const Entry &entry)
{
    if (entry.walk || entry.name != NameLookup::Known)
        return false;
    using enum ErrorKind;
    const ErrorKind kind = entry.walk.error().kind;
    return kind == Unreachable || kind == NoRoute || kind == TimedOut || kind == Protocol;
}

std::vector<Finding> canonicalFindings(const std::vector<Entry> &entries)
{
    std::vector<Finding> findings;
    if (const std::set<QString> hosts = pageHosts(entries); hosts.size() > 1)
        findings.push_back(twoAddresses(hosts));
    if (std::ranges::any_of(entries, hasArrived)) {
        addFirst(findings, entries, [](const Entry &entry) {
            return isDead(entry) && !isDeepLink(entry.from) && !isSpokenFor(entry) ? std::optional(deadForm(entry))
                                                                                   : std::nullopt;
        });
    }
    addFirst(findings, entries, circling);
    addFirst(findings, entries, endless);
    addFirst(findings, entries, nowhere);
    addFirst(findings, entries, lost);
    addFirst(findings, entries, slow);
    addFirst(findings, entries, temporary);
    addFirst(findings, entries, softlyMoved);
    return findings;
}

} // namespace cockpit
