#include "checks/http/canonical.h"

#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Canonical)
};

// http to https to the chosen host is two hops; a third is tolerable, more is felt on a phone.
constexpr int kMostHops = 3;

bool isDeepLink(const QUrl &url)
{
    return url.hasQuery();
}

bool hasArrived(const Entry &entry)
{
    return entry.walk && entry.walk->end == RedirectEnd::Arrived;
}

// What a search engine takes for a site: not a refusal, not an error.
bool isPage(const HttpResponse &response)
{
    return response.status >= 200 && response.status < 300 && !obstacleIn(response);
}

bool keepsPath(const Entry &entry)
{
    const QUrl &end = entry.walk->last.url;
    // A trailing slash more or less is the same page to everybody.
    return end.path().section(u'/', 0, -1, QString::SectionSkipEmpty) ==
               entry.from.path().section(u'/', 0, -1, QString::SectionSkipEmpty) &&
           end.query() == entry.from.query();
}

QJsonObject observedEntry(const Entry &entry)
{
    QJsonObject row{{u"from"_s, entry.from.toString()}};
    if (!entry.walk) {
        row.insert(u"error"_s, entry.walk.error().message);
        return row;
    }
    row.insert(u"to"_s, entry.walk->last.url.toDisplayString());
    row.insert(u"status"_s, entry.walk->last.status);
    row.insert(u"hops"_s, static_cast<int>(entry.walk->hops.size()) - 1);
    row.insert(u"path_kept"_s, keepsPath(entry));
    row.insert(u"error"_s, QJsonValue());
    return row;
}

std::set<QString> pageHosts(const std::vector<Entry> &entries)
{
    std::set<QString> hosts;
    for (const Entry &entry : entries) {
        if (!isDeepLink(entry.from) && hasArrived(entry) && isPage(entry.walk->last))
            hosts.insert(entry.walk->last.url.host());
    }
    return hosts;
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

std::vector<Finding> pathFindings(const std::vector<Entry> &entries)
{
    for (const Entry &entry : entries) {
        if (!isDeepLink(entry.from) || !hasArrived(entry) || entry.walk->hops.size() < 2 || keepsPath(entry))
            continue;
        const HttpResponse &last = entry.walk->last;
        // An app that sends strangers to its login page does that on purpose.
        if (last.url.path() != "/"_L1 && !last.url.path().isEmpty())
            continue;
        Finding finding = makeFinding(u"path_lost"_s, Severity::Medium, Proof::Proven, Impact::BrokenLogin,
                                      Text::tr("Links into your site end at the front page"),
                                      Text::tr("%1 ends at %2: the rest of the address is dropped on the way.")
                                          .arg(entry.from.toString(), last.url.toDisplayString()));
        finding.evidence = {evidenceOf(*entry.walk)};
        finding.effortMinutes = 20;
        return {finding};
    }
    return {};
}

std::vector<Finding> hopFindings(const std::vector<Entry> &entries)
{
    for (const Entry &entry : entries) {
        if (!hasArrived(entry) || isDeepLink(entry.from) || static_cast<int>(entry.walk->hops.size()) - 1 <= kMostHops)
            continue;
        Finding finding = makeFinding(u"many_hops"_s, Severity::Low, Proof::Proven, Impact::Maintainability,
                                      Text::tr("Visitors are passed on too many times"),
                                      Text::tr("%1 takes %2 steps to arrive. Wanted: at most %3.")
                                          .arg(entry.from.toString())
                                          .arg(static_cast<int>(entry.walk->hops.size()) - 1)
                                          .arg(kMostHops));
        finding.evidence = {evidenceOf(*entry.walk)};
        return {finding};
    }
    return {};
}

std::vector<Entry> entriesOf(const Look &look)
{
    std::vector<FollowRedirects> questions;
    for (const Host &host : look.target.hosts) {
        if (host.role != HostRole::Site && host.role != HostRole::Www)
            continue;
        for (const QString &path : {u"/"_s, kDeepLink}) {
            questions.push_back({httpsAddress(host, path)});
            questions.push_back({httpAddress(host, path)});
        }
    }
    const auto answers = look.seen.askAll(questions);
    std::vector<Entry> entries;
    for (size_t i = 0; i < questions.size(); ++i)
        entries.push_back({questions[i].url, *answers[i]});
    return entries;
}

Judged look(const Look &look)
{
    const std::vector<Entry> entries = entriesOf(look);
    if (entries.empty())
        return notApplicable(Text::tr("The project has no public site beside its app."));
    return judgeCanonical(entries);
}

} // namespace

Judged judgeCanonical(const std::vector<Entry> &entries)
{
    const auto arrived = std::ranges::find_if(entries, hasArrived);
    if (arrived == entries.end())
        return couldNotLook(entries.front().walk
                                ? Error{ErrorKind::Protocol, Text::tr("No form of the address arrives at a page."), {}}
                                : entries.front().walk.error());
    const std::set<QString> hosts = pageHosts(entries);
    if (hosts.empty()) {
        if (const auto obstacle = obstacleIn(arrived->walk->last))
            return couldNotVerify(*obstacle, arrived->walk->last);
        return notRun(Text::tr("%1 shows no page (status %2), so there is nothing to compare.")
                          .arg(arrived->walk->last.url.toDisplayString())
                          .arg(arrived->walk->last.status));
    }
    QJsonObject observed = observedOf(*arrived->walk, {"location"});
    QJsonArray rows;
    std::vector<Evidence> evidence;
    for (const Entry &entry : entries) {
        rows.append(observedEntry(entry));
        if (entry.walk)
            evidence.push_back(evidenceOf(*entry.walk));
    }
    observed.insert(u"entries"_s, rows);
    std::vector<Finding> findings;
    if (hosts.size() > 1)
        findings.push_back(twoAddresses(hosts));
    std::ranges::move(pathFindings(entries), std::back_inserter(findings));
    std::ranges::move(hopFindings(entries), std::back_inserter(findings));
    const QString summary = hosts.size() > 1
                                ? Text::tr("The site lives at %n address(es)", nullptr, static_cast<int>(hosts.size()))
                                : Text::tr("%n form(s) of the address lead to one place", nullptr,
                                           static_cast<int>(std::ranges::count_if(entries, hasArrived)));
    return concluded(std::move(findings), summary, observed, std::move(evidence));
}

Check canonicalCheck()
{
    return {.id = u"http.canonical"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::BrokenLogin, Impact::Maintainability},
            .needs = {},
            .look = look};
}

} // namespace cockpit
