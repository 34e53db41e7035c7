#include "checks/http/canonical.h"

#include "checks/engine/lookgaps.h"
#include "checks/http/browserwalk.h"
#include "checks/http/canonicalfindings.h"
#include "checks/http/openredirect.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/loopcause.h"
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

QString endWord(RedirectEnd end)
{
    switch (end) {
    case RedirectEnd::Arrived:
        return u"arrived"_s;
    case RedirectEnd::Loop:
        return u"loop"_s;
    case RedirectEnd::TooManyHops:
        return u"too_many_hops"_s;
    case RedirectEnd::BadLocation:
        return u"bad_location"_s;
    case RedirectEnd::NotHttp:
        return u"not_http"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject observedEntry(const Entry &entry)
{
    QJsonObject row{{u"from"_s, entry.from.toString()}};
    if (!entry.walk) {
        row.insert(u"error"_s, entry.walk.error().message);
        return row;
    }
    const RedirectChain &chain = *entry.walk;
    row.insert(u"to"_s, observedOf(chain.last, {}).value("url"_L1));
    row.insert(u"status"_s, chain.last.status);
    row.insert(u"hops"_s, static_cast<int>(chain.hops.size()) - 1);
    row.insert(u"path_kept"_s, keepsPath(entry));
    row.insert(u"query_kept"_s, keepsQuery(entry));
    row.insert(u"end"_s, endWord(chain.end));
    if (chain.end == RedirectEnd::Loop)
        row.insert(u"loop_cause"_s, toWord(loopCauseOf(chain)));
    if (entry.soft)
        row.insert(u"soft_redirect"_s, toWord(entry.soft->kind));
    row.insert(u"error"_s, QJsonValue());
    return row;
}

Evidence evidenceFor(const Entry &entry)
{
    Evidence evidence = evidenceOf(*entry.walk);
    evidence.title = Text::tr("Where %1 leads").arg(entry.from.toString());
    return evidence;
}

// The domain itself and www: what people type.
std::vector<Host> entryHosts(const Target &target)
{
    std::vector<Host> hosts;
    std::ranges::copy_if(target.hosts, std::back_inserter(hosts),
                         [](const Host &host) { return host.role == HostRole::Site || host.role == HostRole::Www; });
    return hosts;
}

std::vector<Entry> entriesOf(const Look &look)
{
    std::vector<FollowRedirects> questions;
    for (const Host &host : entryHosts(look.target)) {
        for (const QString &path : {u"/"_s, kDeepLink}) {
            questions.push_back({httpsAddress(host, path)});
            questions.push_back({httpAddress(host, path)});
        }
    }
    look.seen.askAll(questions); // side by side; each is then taken from memory
    std::vector<Entry> entries;
    entries.reserve(questions.size());
    for (const FollowRedirects &question : questions) {
        entries.push_back(entryOf(question.url, walkLikeBrowser(look.seen, question.url)));
        if (!entries.back().walk)
            entries.back().name = lookupOf(hostOf(question.url), portOf(question.url), look.seen);
    }
    return entries;
}

Judged withOpenRedirects(Judged judged, const std::vector<OpenRedirect> &open)
{
    if (open.empty())
        return judged;
    QJsonArray rows;
    for (const OpenRedirect &one : open) {
        judged.findings.push_back(openRedirectFinding(one));
        rows.append(QJsonObject{{u"host"_s, one.host}, {u"accepts"_s, QJsonArray::fromStringList(one.accepts)}});
    }
    judged.observed.insert(u"open_redirects"_s, rows);
    judged.outcome = outcomeFor(judged.findings);
    if (judged.summary.isEmpty())
        judged.summary = Text::tr("A sign-in page leads to any address");
    return judged;
}

Judged look(const Look &look)
{
    const std::vector<Entry> entries = entriesOf(look);
    Judged judged = entries.empty() ? notApplicable(Text::tr("The project has no public site beside its app."))
                                    : judgeCanonical(entries);
    return withOpenRedirects(std::move(judged), openRedirects(look));
}

// A closed port 80 or a name that does not exist hides nothing, and a form that is dead altogether is a finding. What
// is left: an answer that says nothing about the site, a failure of our own or of DNS, and a deep link that stays
// silent where the front page answers.
bool isUnseen(const Entry &entry, const std::vector<Entry> &entries)
{
    if (entry.name == NameLookup::Absent)
        return false;
    if (entry.walk)
        return !isDeepLink(entry.from) && hasArrived(entry) && obstacleIn(entry.walk->last).has_value();
    if (!isDead(entry))
        return true;
    return isDeepLink(entry.from) && std::ranges::any_of(entries, [&](const Entry &front) {
               return front.from == entry.from.resolved(QUrl(u"/"_s)) && !isDead(front);
           });
}

QStringList unseenForms(const std::vector<Entry> &entries)
{
    QStringList forms;
    for (const Entry &entry : entries) {
        if (isUnseen(entry, entries))
            forms << entry.from.toString();
    }
    return forms;
}

// A form that nobody saw may hide any fault: without a finding that is no pass.
Judged withUnseen(Judged judged, const QStringList &forms)
{
    if (forms.isEmpty())
        return judged;
    leaveOpen(judged,
              anyBehind({Text::tr("Not all forms of the address could be looked at: %1.").arg(forms.join(u", "_s))}));
    return judged;
}

// Nothing arrived: loops are a finding, anything else is not a verdict.
Judged judgeNoArrival(const std::vector<Entry> &entries)
{
    const auto walked = std::ranges::find_if(entries, [](const Entry &entry) { return entry.walk.has_value(); });
    if (walked == entries.end())
        return couldNotLook(entries.front().walk.error());
    std::vector<Finding> findings = canonicalFindings(entries);
    if (findings.empty())
        return couldNotLook({ErrorKind::Protocol, Text::tr("No form of the address arrives at a page."), {}});
    return concluded(std::move(findings), Text::tr("No form of the address arrives at a page"),
                     observedOf(*walked->walk, {"location"}), {evidenceFor(*walked)});
}

} // namespace

Entry entryOf(const QUrl &from, Result<RedirectChain> walk)
{
    auto soft = walk ? softRedirectOf(walk->last) : std::nullopt;
    return {from, std::move(walk), std::move(soft)};
}

Judged judgeCanonical(const std::vector<Entry> &entries)
{
    const auto arrived = std::ranges::find_if(entries, hasArrived);
    if (arrived == entries.end())
        return judgeNoArrival(entries);
    const std::set<QString> hosts = pageHosts(entries);
    if (hosts.empty()) {
        if (const auto obstacle = obstacleIn(arrived->walk->last))
            return couldNotVerify(*obstacle, arrived->walk->last);
        return notRun(Text::tr("%1 shows no page (status %2), so there is nothing to compare.")
                          .arg(arrived->walk->last.url.toDisplayString(), QString::number(arrived->walk->last.status)));
    }
    QJsonObject observed = observedOf(*arrived->walk, {"location"});
    QJsonArray rows;
    std::vector<Evidence> evidence;
    for (const Entry &entry : entries) {
        rows.append(observedEntry(entry));
        if (entry.walk)
            evidence.push_back(evidenceFor(entry));
    }
    observed.insert(u"entries"_s, rows);
    const QString summary = hosts.size() > 1
                                ? Text::tr("The site lives at %n address(es)", nullptr, static_cast<int>(hosts.size()))
                                : Text::tr("%n form(s) of the address lead to one place", nullptr,
                                           static_cast<int>(std::ranges::count_if(entries, hasArrived)));
    return withUnseen(concluded(canonicalFindings(entries), summary, observed, std::move(evidence)),
                      unseenForms(entries));
}

Check canonicalCheck()
{
    return {.id = u"http.canonical"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::BrokenLogin, Impact::Maintainability, Impact::Downtime, Impact::AccountTakeover},
            .needs = {},
            .look = look};
}

} // namespace cockpit
