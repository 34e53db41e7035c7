// What the tests of dangling names share: references as they are seen, and a look at a zone.
#pragma once

#include "checks/dns/certificatesearch.h"
#include "checks/dns/dangling.h"
#include "checks/dns/rdap.h"
#include "checks/dns/referencelists.h"
#include "lab/lookwithzone.h"
#include "lab/silentnames.h"
#include "tests/lab/hostileserver.h"
#include "tests/lab/knotserver.h"

#include <memory>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

namespace cockpit {

using namespace Qt::StringLiterals;

inline const TakeoverService *service(const QString &target, TakeoverKind kind = TakeoverKind::Web)
{
    const TakeoverService *found = takeoverServiceOf({target}, kind);
    if (!found)
        qFatal("no service");
    return found;
}

inline SeenReference reference(ReferenceState state, const QString &target, ReferenceKind kind = ReferenceKind::Alias)
{
    SeenReference seen{.reference = {.kind = kind, .from = u"blog.example.com"_s, .target = target, .hops = {target}}};
    seen.state = state;
    return seen;
}

inline SeenReference missing(const QString &target, DomainHold hold, ReferenceKind kind = ReferenceKind::Alias)
{
    SeenReference seen = reference(ReferenceState::MissingName, target, kind);
    seen.holding = DomainHolding{.hold = hold, .isConfirmed = hold == DomainHold::Free, .why = u"because."_s};
    return seen;
}

inline SeenReference at(ReferenceState state, const QString &target, TakeoverKind kind = TakeoverKind::Web)
{
    SeenReference seen =
        reference(state, target, kind == TakeoverKind::Dns ? ReferenceKind::NameServer : ReferenceKind::Alias);
    seen.service = service(target, kind);
    return seen;
}

inline Judged judged(const std::vector<SeenReference> &references, bool wideCookies = false)
{
    return judgeDangling({u"example.com"_s, references, 5, false, {.setsWideCookies = wideCookies}});
}

inline QString said(const Judged &judged)
{
    QStringList lines;
    for (const Finding &f : judged.findings)
        lines << u"%1 %2 %3 %4"_s.arg(f.code, toWord(f.severity), toWord(f.proof), toWord(f.impact));
    return lines.isEmpty() ? toWord(judged.outcome) : lines.join(u'\n');
}

// Where a server of the test's own is silent, or does not end: it is waited for.
constexpr std::chrono::milliseconds kShortPatience(600);

// A look at a zone, with what the registry says put in place.
struct Lab
{
    QStringList zone = {};
    std::vector<ConnectOverride> connects = {};
    QStringList freeDomains = {};
    QStringList loggedNames = {};
    QStringList withoutData = {};           // domains whose registry offers none
    ScriptedDns::Script script = {};        // in place of the zone
    QStringList secondZone = {};            // of another resolver; empty: there is none
    std::optional<SourcedNames> pages = {}; // what they say, in place of a look at them
    // Where nobody listens: for every host that is not among the connects.
    QString caFile = {};
    QJsonObject before = {};          // what the last look observed
    QJsonObject inventory = {};       // what the last look at the inventory did
    std::optional<Error> noLogs = {}; // in place of the logged names
    std::vector<ConnectOverride> refused = {{QString(), 443, {u"127.0.0.1"_s, lab::unusedPort()}},
                                            {QString(), 80, {u"127.0.0.1"_s, lab::unusedPort()}}};
    std::chrono::milliseconds patience = std::chrono::seconds(20); // nothing is judged by how long an answer takes

    Judged run(CancelToken token = {})
    {
        const ScriptedDns server(script ? script : zoneScript(zone));
        NetOptions options;
        options.resolvers = {server.address()};
        const ScriptedDns second(zoneScript(secondZone));
        if (!secondZone.isEmpty())
            options.resolvers.push_back(second.address());
        options.connects = connects;
        options.connects.insert(options.connects.end(), refused.begin(), refused.end());
        options.caFile = caFile;
        options.operationTimeout = patience;
        Observations seen(options, token, Deadline::never(), nullptr);
        putSilence(zone, seen);
        if (noLogs)
            seen.put(CertificateSearch{u"example.com"_s}, tl::unexpected<Error>(*noLogs));
        else
            seen.put(CertificateSearch{u"example.com"_s}, loggedNames);
        for (const QString &domain : freeDomains)
            seen.put(RdapLookup{domain}, RdapAnswer{.state = RdapState::NotRegistered});
        for (const QString &domain : withoutData)
            seen.put(RdapLookup{domain}, RdapAnswer{.state = RdapState::NoServer});
        const Target target = *parseAddress(u"example.com"_s); // with its www, which need not exist
        if (pages)
            seen.put(NamesFromSource{NameSource::Link, target}, *pages);
        const Policy policy;
        const ProjectFacts facts{.observedBefore = {{u"dns.dangling"_s, before}, {u"dns.inventory"_s, inventory}}};
        return danglingCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
    }
};

inline const QString kApex = u"example.com. 60 IN A 192.0.2.1"_s;

} // namespace cockpit
