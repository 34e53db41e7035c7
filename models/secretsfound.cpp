#include "models/secretsfound.h"

#include "models/keykinds.h"
#include "models/redactor.h"
#include "models/secretsightings.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsFound)
};

constexpr int kLongestShown = 160;
constexpr qsizetype kMostFindings = 20; // that are kept of one secret

QString shown(const QJsonValue &value)
{
    return plainText(withoutValues(value.toString()), kLongestShown);
}

bool isListed(const SecretSighting &sighting, const std::vector<SecretEntry> &entries)
{
    return std::ranges::any_of(entries, [&](const SecretEntry &entry) {
        if (sighting.fingerprint.isEmpty())
            return entry.id == sightingId(sighting);
        return entry.fingerprint == sighting.fingerprint || entry.deadFingerprints.contains(sighting.fingerprint);
    });
}

std::map<QString, QJsonObject> observedOf(const ProjectState &project)
{
    std::map<QString, QJsonObject> observed;
    for (const auto &[key, result] : project.latest)
        observed.emplace(key, result.observed);
    return observed;
}

// A key for tests opens nothing real, and has a code of its own.
bool isAboutSecret(const Finding &finding)
{
    return looksForSecrets(finding.checkId) &&
           (finding.code == "secret"_L1 || finding.code.startsWith("secret_"_L1) || finding.code == "wrong_prefix"_L1);
}

class Proposals
{
public:
    explicit Proposals(const ProjectState &project)
        : m_project(project), m_sightings(secretSightings(observedOf(project)))
    {
        for (std::size_t i = 0; i < m_sightings.size(); ++i)
            for (const QString &key : keysOf(m_sightings[i]))
                if (!m_sightingOf.contains(key))
                    m_sightingOf.insert(key, i);
    }

    std::vector<SecretEntry> made()
    {
        for (const SecretSighting &sighting : m_sightings) {
            if (sighting.isSecret && !sighting.isAllowed)
                addSighting(sighting);
        }
        for (const auto &[id, record] : m_project.findings)
            addFinding(id, record);
        std::stable_partition(m_made.begin(), m_made.end(), isOpenlyExposed);
        numberThem();
        addSettings();
        addCredentials();
        return std::move(m_made);
    }

private:
    // What a finding may call a sighting: there are thousands of both.
    static QStringList keysOf(const SecretSighting &sighting)
    {
        QStringList keys{sighting.checkId + u'/' + sighting.rule};
        if (!sighting.fingerprint.isEmpty())
            keys << sighting.fingerprint;
        return keys;
    }

    const SecretSighting *sightingFor(const Finding &finding) const
    {
        const QString fingerprint = fingerprintIn(finding.subject);
        const auto found =
            m_sightingOf.constFind(fingerprint.isEmpty() ? finding.checkId + u'/' + finding.subject : fingerprint);
        return found == m_sightingOf.cend() ? nullptr : &m_sightings[*found];
    }

    SecretEntry *find(const QString &id)
    {
        const auto known = m_placeOf.constFind(id);
        return known == m_placeOf.cend() ? nullptr : &m_made[*known];
    }

    void add(SecretEntry entry)
    {
        m_placeOf.insert(entry.id, m_made.size());
        m_made.push_back(std::move(entry));
    }

    void numberThem()
    {
        for (std::size_t i = 0; i < m_made.size(); ++i)
            m_placeOf.insert(m_made[i].id, i);
    }

    void addSighting(const SecretSighting &sighting)
    {
        if (SecretEntry *known = find(sightingId(sighting))) {
            if (known->exposedWhere.isEmpty())
                known->exposedWhere = sighting.place;
            return;
        }
        SecretEntry entry;
        entry.id = sightingId(sighting);
        entry.rule = sighting.rule;
        entry.fingerprint = sighting.fingerprint;
        const auto kind = keyKindOf(sighting.rule);
        entry.name = sighting.name.isEmpty() && kind ? kind->name : sighting.name;
        entry.service = serviceOf(sighting);
        entry.exposedWhere = sighting.place;
        add(std::move(entry));
    }

    static QString serviceOf(const SecretSighting &sighting)
    {
        // Rules that know a value by its name alone are of no service.
        const auto kind = keyKindOf(sighting.rule);
        if (kind && kind->service != "any service"_L1)
            return kind->service;
        return serviceNamedIn(sighting.name);
    }

    // Also one that is closed: a secret that was taken out of the code stays in the hands of who has seen it.
    void addFinding(const QString &id, const FindingRecord &record)
    {
        const Finding &finding = record.finding;
        if (!isAboutSecret(finding))
            return;
        const SecretSighting *seen = sightingFor(finding);
        if (seen && (seen->isAllowed || !seen->isSecret))
            return;
        SecretSighting sighting;
        sighting.checkId = finding.checkId;
        sighting.fingerprint = fingerprintIn(finding.subject);
        sighting.rule = sighting.fingerprint.isEmpty() ? finding.subject : QString();
        sighting.place = shown(finding.location ? finding.location->file : finding.host);
        sighting.name = sighting.place.isEmpty() ? shown(finding.title)
                                                 : Text::tr("%1 (%2)").arg(shown(finding.title), sighting.place);
        if (seen)
            sighting = *seen;
        addSighting(sighting);
        SecretEntry &entry = *find(sightingId(sighting));
        entry.exposure = Exposure::Yes;
        if (entry.exposedBy.size() < kMostFindings)
            entry.exposedBy << id;
        const QDate since = record.firstSeen.date();
        if (!entry.exposedOn.isValid() || (since.isValid() && since < entry.exposedOn))
            entry.exposedOn = since;
    }

    void addSettings()
    {
        for (const char *check : {"secrets.env-completeness", "secrets.env-separation"}) {
            for (const CheckResult *result : latestOf(QString::fromLatin1(check), m_project)) {
                const QJsonArray rows = result->observed["settings"_L1].toArray();
                for (const QJsonValue row : rows)
                    addSetting(row.toObject());
            }
        }
    }

    void addSetting(const QJsonObject &row)
    {
        SecretEntry entry;
        entry.name = shown(row["name"_L1]);
        entry.id = "setting:"_L1 + entry.name;
        for (const Environment environment : {Environment::Local, Environment::Staging, Environment::Production}) {
            const QString state = row[toWord(environment)]["state"_L1].toString();
            if (state == "set"_L1 || state == "elsewhere"_L1)
                entry.environments.push_back(environment);
        }
        if (!row["is_secret"_L1].toBool() || entry.name.isEmpty() || entry.environments.empty() || find(entry.id))
            return;
        entry.service = serviceNamedIn(entry.name);
        add(std::move(entry));
    }

    void addCredentials()
    {
        for (const Credential &credential : m_project.credentials) {
            SecretEntry entry;
            entry.id = "credential:"_L1 + credential.keychainEntry;
            entry.name = credential.name;
            entry.service = serviceNamedIn(credential.name);
            entry.scope = credential.purpose;
            entry.keptIn = Text::tr("Keychain of this computer");
            entry.environments = {Environment::Local};
            entry.lastRotated = credential.createdAt.date();
            add(std::move(entry));
        }
    }

    const ProjectState &m_project;
    const std::vector<SecretSighting> m_sightings;
    QHash<QString, std::size_t> m_sightingOf; // the first one of each key
    std::vector<SecretEntry> m_made;
    QHash<QString, std::size_t> m_placeOf; // by id
};

} // namespace

UnlistedSecrets unlistedSecrets(const std::vector<SecretEntry> &entries, const std::map<QString, QJsonObject> &observed)
{
    UnlistedSecrets unlisted;
    QSet<QString> counted;
    for (const SecretSighting &sighting : secretSightings(observed)) {
        if (!sighting.isSecret || sighting.isAllowed || counted.contains(sightingId(sighting)))
            continue;
        counted.insert(sightingId(sighting));
        if (isListed(sighting, entries))
            continue;
        unlisted.names << (sighting.place.isEmpty() ? sighting.name
                                                    : Text::tr("%1 in %2").arg(sighting.name, sighting.place));
        unlisted.areLeads = unlisted.areLeads && sighting.isLead;
    }
    return unlisted;
}

std::vector<SecretEntry> proposedSecrets(const ProjectState &project)
{
    std::vector<SecretEntry> proposed;
    for (SecretEntry &entry : Proposals(project).made()) {
        // A result or a name that came with a foreign file may hold anything.
        if (auto checked = checkedSecret(std::move(entry)))
            proposed.push_back(std::move(*checked));
    }
    return proposed;
}

} // namespace cockpit
