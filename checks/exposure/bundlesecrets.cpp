#include "checks/exposure/bundlesecrets.h"

#include "checks/exposure/decoded.h"
#include "checks/web/landing.h"
#include "checks/web/report.h"
#include "models/redactor.h"
#include "models/unseen.h"

#include <QCoreApplication>

#include <QSet>

#include <algorithm>
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
    case KeyKind::SupabaseJwt: // decoded before: never left over
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

// An address is no secret in itself; everything else is shown by its first characters alone.
QString shown(const KeyFound &key)
{
    return key.kind == KeyKind::InternalAddress ? quoted(key.value.toUtf8()) : maskValue(key.value);
}

class Sightings
{
public:
    explicit Sightings(const std::vector<SecretRule> &rules) : m_rules(rules) {}

    // False when the file was not searched to its end.
    bool addFrom(const BundleFile &file, const std::function<bool()> &isOver)
    {
        const KeySearch plain = searchKeys(file.code, m_rules, isOver);
        add(plain.keys, file);
        const KeySearch decoded = searchKeys(decodedOnce(file.code), m_rules, isOver);
        add(decoded.keys, file);
        return plain.isWhole && decoded.isWhole;
    }

    const std::vector<Sighting> &all() const { return m_all; }

private:
    void add(const std::vector<KeyFound> &keys, const BundleFile &file)
    {
        for (const KeyFound &key : keys) {
            // The first rule that knows a value names it: a later one may only have guessed from what stands nearby.
            if (m_known.contains(key.value))
                continue;
            m_known.insert(key.value);
            if (++m_count[{key.rule, key.kind, !key.variable.isEmpty()}] <= kMostOfAKind)
                m_all.push_back({key, file.url, file.isInline});
        }
    }

    // Where one stands, its neighbours stand too: twenty show how it is, and a file may hold a hundred thousand.
    static constexpr int kMostOfAKind = 20;

    const std::vector<SecretRule> &m_rules;
    std::vector<Sighting> m_all;
    QSet<QString> m_known;
    std::map<std::tuple<const SecretRule *, KeyKind, bool>, int> m_count; // of each finding, and of what is none
};

QString placeOf(const Sighting &sighting)
{
    return sighting.isInline ? Text::tr("the page %1").arg(sighting.file.toDisplayString())
                             : sighting.file.toDisplayString();
}

std::optional<Finding> findingFor(const Sighting &sighting)
{
    const SecretRule &rule = *sighting.key.rule;
    QString saw = Text::tr("%1 (%2) stands in %3.").arg(rule.name, shown(sighting.key), placeOf(sighting));
    const bool isPrefixed = !sighting.key.variable.isEmpty();
    if (isPrefixed)
        saw +=
            u' ' + Text::tr("It is given to %1, and that name puts it into every browser.").arg(sighting.key.variable);
    switch (sighting.key.kind) {
    case KeyKind::Secret:
    case KeyKind::SupabaseJwt:
        return isPrefixed ? makeFinding(u"wrong_prefix"_s, rule.severity, Proof::Proven, Impact::DataExposure,
                                        Text::tr("A secret key has a name that hands it to every visitor"), saw)
                          : makeFinding(u"secret_in_bundle"_s, rule.severity, Proof::Proven, Impact::DataExposure,
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
        finding->subject = sighting.key.rule->id;
        finding->effortMinutes = sighting.key.kind == KeyKind::Secret ? 120 : 30;
        finding->evidence = {{placeOf(sighting), sighting.key.rule->name + u": "_s + shown(sighting.key)}};
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

QJsonArray observedKeys(const std::vector<Sighting> &sightings)
{
    QJsonArray rows;
    for (const Sighting &sighting : sightings) {
        rows.append(QJsonObject{{u"rule"_s, sighting.key.rule->id},
                                {u"name"_s, sighting.key.rule->name},
                                {u"class"_s, toWord(sighting.key.kind)},
                                {u"masked"_s, shown(sighting.key)},
                                {u"file"_s, sighting.file.toDisplayString()}});
    }
    return rows;
}

Judged look(const Look &look, const RedirectChain &chain)
{
    static const Result<std::vector<SecretRule>> rules = loadSecretRules();
    if (!rules)
        return couldNotLook(rules.error());
    const auto bundle = bundleOf(chain.last, look.seen);
    return *bundle ? judgeBundle(**bundle, *rules, chain, [&] { return look.seen.isOver(); })
                   : couldNotLook(bundle->error());
}

} // namespace

Judged judgeBundle(const Bundle &bundle, const std::vector<SecretRule> &rules, const RedirectChain &chain,
                   const std::function<bool()> &isOver)
{
    Sightings search(rules);
    int skipped = bundle.skipped;
    for (const BundleFile &file : bundle.files)
        skipped += isOver() || !search.addFrom(file, isOver) ? 1 : 0;
    const std::vector<Sighting> &sightings = search.all();
    const qint64 bytes = std::accumulate(bundle.files.begin(), bundle.files.end(), qint64{0},
                                         [](qint64 sum, const BundleFile &file) { return sum + file.code.size(); });
    QJsonObject observed = observedOf(chain, {});
    observed.insert(u"files"_s, static_cast<int>(bundle.files.size()));
    observed.insert(u"bytes"_s, bytes);
    observed.insert(u"skipped"_s, skipped);
    observed.insert(u"keys"_s, observedKeys(sightings));
    observed.insert(u"source_maps"_s, QJsonArray::fromStringList(sourceMapsOf(bundle)));
    QString summary = Text::tr("%n file(s) of code searched", nullptr, static_cast<int>(bundle.files.size()));
    if (skipped > 0)
        summary += Text::tr(", %n could not be read", nullptr, skipped);
    std::vector<Evidence> evidence;
    evidence.reserve(sightings.size());
    for (const Sighting &sighting : sightings)
        evidence.push_back({placeOf(sighting), sighting.key.rule->name + u": "_s + shown(sighting.key)});
    Judged judged = concluded(findingsFor(sightings), summary, observed, std::move(evidence));
    if (skipped > 0) {
        // What was not read is not known to be clean: any key may stand in it.
        noteUnseen({{}}, judged.observed);
        if (judged.outcome == Outcome::Pass)
            judged.outcome = Outcome::Info;
        judged.reason =
            Text::tr("%n file(s) of code could not be read to the end: no answer, or too long for us. What is "
                     "in them is not known.",
                     nullptr, skipped);
    }
    return judged;
}

Check bundleSecretsCheck()
{
    using enum HostRole;
    return {.id = u"exposure.bundle-secrets"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API sends no code to browsers
            .impacts = {Impact::DataExposure, Impact::BrokenLogin, Impact::Maintainability},
            .needs = {},
            .look = [](const Look &one) {
                return onLanding(one, [&one](const RedirectChain &chain) { return look(one, chain); });
            }};
}

} // namespace cockpit
