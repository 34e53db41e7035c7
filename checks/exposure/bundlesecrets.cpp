#include "checks/exposure/bundlesecrets.h"

#include "checks/engine/lookgaps.h"
#include "checks/exposure/bundlehints.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/runfingerprint.h"
#include "checks/web/landing.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <QHash>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BundleSecrets)
};

struct Sighting
{
    KeyFound key;
    QUrl file;
    bool isInline = false;
};

QString toWord(KeyKind kind)
{
    switch (kind) {
    case KeyKind::Secret:
        return u"secret"_s;
    case KeyKind::Public:
        return u"public"_s;
    case KeyKind::TestMode:
        return u"test_mode"_s;
    case KeyKind::InternalAddress:
        return u"internal_address"_s;
    case KeyKind::OwnMachine:
        return u"own_machine"_s;
    }
    Q_UNREACHABLE();
}

class Sightings
{
public:
    explicit Sightings(WebKeys &keys) : m_keys(keys) {}

    // False when the file was not searched to its end.
    bool addFrom(const BundleFile &file)
    {
        KeySearch search = m_keys.search(file.code);
        for (KeyFound &key : search.keys) {
            // The first that is told of a value counts: a name for browsers beside it says most.
            const auto known = m_known.constFind(key.fingerprint);
            if (known != m_known.cend()) {
                if (*known < m_all.size() && m_all[*known].key.variable.isEmpty())
                    m_all[*known].key.variable = key.variable;
                continue;
            }
            const bool isShown = ++m_count[{key.rule, key.kind, !key.variable.isEmpty()}] <= kMostOfAKind;
            m_known.insert(key.fingerprint, isShown ? m_all.size() : kNotShown);
            if (isShown)
                m_all.push_back({std::move(key), file.url, file.isInline});
        }
        return search.isWhole;
    }

    const std::vector<Sighting> &all() const { return m_all; }

private:
    // Where one stands, its neighbours stand too: twenty show how it is, and a file may hold a hundred thousand.
    static constexpr int kMostOfAKind = 20;
    static constexpr size_t kNotShown = std::numeric_limits<size_t>::max();

    WebKeys &m_keys;
    std::vector<Sighting> m_all;
    QHash<QByteArray, size_t> m_known;                         // fingerprints, and where m_all has them
    std::map<std::tuple<QString, KeyKind, bool>, int> m_count; // of each finding, and of what is none
};

QString placeOf(const QUrl &file, bool isInline)
{
    return isInline ? Text::tr("the page %1").arg(file.toDisplayString()) : file.toDisplayString();
}

QString placeOf(const Sighting &sighting)
{
    return placeOf(sighting.file, sighting.isInline);
}

QString placeOf(const BundleFile &file)
{
    return placeOf(file.url, file.isInline);
}

std::optional<Finding> findingFor(const Sighting &sighting)
{
    const KeyFound &key = sighting.key;
    QString saw = Text::tr("%1 (%2) stands in %3.").arg(key.name, key.shown, placeOf(sighting));
    const bool isPrefixed = !key.variable.isEmpty();
    if (isPrefixed)
        saw += u' ' + Text::tr("It is given to %1, and that name puts it into every browser.").arg(key.variable);
    switch (key.kind) {
    case KeyKind::Secret:
        return isPrefixed ? makeFinding(u"wrong_prefix"_s, key.severity, key.proof, Impact::DataExposure,
                                        Text::tr("A secret key has a name that hands it to every visitor"), saw)
                          : makeFinding(u"secret_in_bundle"_s, key.severity, key.proof, Impact::DataExposure,
                                        Text::tr("A secret key is in the code that every visitor gets"), saw);
    case KeyKind::TestMode:
        return makeFinding(u"test_mode"_s, Severity::Medium, Proof::Strong, Impact::BrokenLogin,
                           Text::tr("Your live site uses a test account of a service"), saw);
    case KeyKind::OwnMachine:
        return makeFinding(u"own_machine_password"_s, Severity::Medium, Proof::Lead, Impact::DataExposure,
                           Text::tr("A password for a database is in the code that every visitor gets"),
                           saw + u' ' +
                               Text::tr("It is for a database on the same machine. Look whether the password is used "
                                        "on your server, too."));
    case KeyKind::InternalAddress:
        return makeFinding(u"internal_address"_s, Severity::Low, Proof::Lead, Impact::Maintainability,
                           Text::tr("The code names an address that only works on your own network"), saw);
    case KeyKind::Public:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

// One finding per kind of key: where one stands, its neighbours stand too, and the repair is the same.
std::vector<Finding> findingsFor(const std::vector<Sighting> &sightings)
{
    std::vector<Finding> findings;
    for (const Sighting &sighting : sightings) {
        auto finding = findingFor(sighting);
        if (!finding)
            continue;
        finding->subject = sighting.key.rule;
        finding->effortMinutes = sighting.key.kind == KeyKind::Secret ? 120 : 30;
        finding->evidence = {{placeOf(sighting), sighting.key.name + u": "_s + sighting.key.shown}};
        const auto known = std::ranges::find_if(
            findings, [&](const Finding &f) { return f.code == finding->code && f.subject == finding->subject; });
        if (known == findings.end())
            findings.push_back(*finding);
        else
            known->evidence.push_back(finding->evidence.front());
    }
    return findings;
}

QStringList sourceMapsOf(const Bundle &bundle)
{
    QStringList urls;
    for (const BundleFile &file : bundle.files) {
        if (file.isSourceMap)
            urls << file.url.toDisplayString();
    }
    return urls;
}

QJsonArray observedKeys(const std::vector<Sighting> &sightings, Fingerprints fingerprints)
{
    QJsonArray rows;
    for (const Sighting &sighting : sightings) {
        QJsonObject row{{u"rule"_s, sighting.key.rule},
                        {u"name"_s, sighting.key.name},
                        {u"class"_s, toWord(sighting.key.kind)},
                        {u"masked"_s, sighting.key.shown},
                        {u"file"_s, sighting.file.toDisplayString()}};
        if (fingerprints == Fingerprints::Kept)
            row.insert(u"fingerprint"_s, QString::fromLatin1(sighting.key.fingerprint));
        rows.append(row);
    }
    return rows;
}

Judged look(const Look &look, const RedirectChain &chain)
{
    const auto bundle = bundleOf(chain.last, look.seen);
    if (!*bundle)
        return couldNotLook(bundle->error());
    const auto patterns = look.seen.ask(CompiledRules{});
    if (!*patterns)
        return couldNotLook(patterns->error());
    auto keys = WebKeys::make(**patterns, fingerprintKeyOf(look), look.seen.token().boundedBy(look.seen.deadline()));
    if (!keys)
        return couldNotLook(keys.error());
    const bool isKept = !look.facts.fingerprintKey.isEmpty();
    return judgeBundle(**bundle, *keys, chain, look.target, isKept ? Fingerprints::Kept : Fingerprints::OfThisRun);
}

} // namespace

Judged judgeBundle(const Bundle &bundle, WebKeys &keys, const RedirectChain &chain, const Target &target,
                   Fingerprints fingerprints)
{
    Sightings search(keys);
    BundleHints hints;
    int skipped = bundle.skipped;
    for (const BundleFile &file : bundle.files) {
        const bool isSearched = !keys.isOver() && search.addFrom(file);
        skipped += isSearched ? 0 : 1;
        if (isSearched)
            addHints(file, placeOf(file), target, hints);
    }
    const std::vector<Sighting> &sightings = search.all();
    const qint64 bytes = std::accumulate(bundle.files.begin(), bundle.files.end(), qint64{0},
                                         [](qint64 sum, const BundleFile &file) { return sum + file.code.size(); });
    QJsonObject observed = observedOf(chain, {});
    observed.insert(u"files"_s, static_cast<int>(bundle.files.size()));
    observed.insert(u"bytes"_s, bytes);
    observed.insert(u"skipped"_s, skipped);
    observed.insert(u"keys"_s, observedKeys(sightings, fingerprints));
    observed.insert(u"source_maps"_s, QJsonArray::fromStringList(sourceMapsOf(bundle)));
    insertHints(hints, observed);
    QString summary = Text::tr("%n file(s) of code searched", nullptr, static_cast<int>(bundle.files.size()));
    if (skipped > 0)
        summary += Text::tr(", %n could not be read", nullptr, skipped);
    std::vector<Evidence> evidence;
    evidence.reserve(sightings.size());
    for (const Sighting &sighting : sightings)
        evidence.push_back({placeOf(sighting), sighting.key.name + u": "_s + sighting.key.shown});
    std::vector<Finding> findings = findingsFor(sightings);
    std::ranges::move(findingsOf(hints), std::back_inserter(findings));
    Judged judged = concluded(std::move(findings), summary, observed, std::move(evidence));
    if (skipped > 0) {
        const QString gap = Text::tr("%n file(s) of code could not be read to the end: no answer, or too long for us. "
                                     "What is in them is not known.",
                                     nullptr, skipped);
        leaveOpen(judged, anyBehind({gap}));
    }
    return judged;
}

Check bundleSecretsCheck()
{
    using enum HostRole;
    return {.id = u"exposure.bundle-secrets"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API sends no code to browsers
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::BrokenLogin, Impact::Downtime,
                        Impact::Maintainability},
            .needs = {},
            .look = [](const Look &one) {
                return onLanding(one, [&one](const RedirectChain &chain) { return look(one, chain); });
            }};
}

} // namespace cockpit
