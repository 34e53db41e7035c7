#include "checks/secrets/envseparation.h"

#include "checks/secrets/liveaddresses.h"
#include "checks/secrets/settings/judging.h"
#include "checks/secrets/settings/settingstable.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace env;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EnvSeparation)
};

// Of the tools that build and publish: whoever uses them anywhere is the same person.
bool isOfBuildTool(const QString &name)
{
    constexpr std::array known{"NPM_TOKEN"_L1,         "GITHUB_TOKEN"_L1, "GH_TOKEN"_L1,      "TURBO_TOKEN"_L1,
                               "SENTRY_AUTH_TOKEN"_L1, "VERCEL_TOKEN"_L1, "CODECOV_TOKEN"_L1, "NODE_AUTH_TOKEN"_L1};
    return std::ranges::any_of(known, [&](QLatin1StringView one) { return name == one; });
}

class Separation
{
public:
    Separation(const SettingsRead &read, const Target &target)
        : m_read(read), m_target(target), m_table(settingsTable(read))
    {
    }

    Judged judge()
    {
        const std::vector<Environment> environments = environmentsIn(m_read);
        findSharedDatabases();
        findSharedSecrets();
        findModes();
        findPlaceholders();
        LiveAddresses addresses = judgeLiveAddresses(m_read, m_target);
        std::ranges::move(addresses.findings, std::back_inserter(m_findings));
        const QStringList unreadable = namesUnreadable();
        const QStringList others = otherEnvironments();
        QJsonObject observed{{u"files"_s, m_read.settingsFiles},
                             {u"not_readable"_s, static_cast<int>(unreadable.size())},
                             {u"production_addresses"_s, addresses.observed},
                             {u"other_environments"_s, QJsonArray::fromStringList(others)}};
        insertTable(m_table, m_read, observed);
        if (m_findings.empty() && environments.size() < 2) {
            Judged judged = tooFew(environments, std::move(observed));
            addWhatWasNotCompared(unreadable, others, judged);
            return judged;
        }
        QStringList names;
        for (const Environment environment : environments)
            names.append(labelOf(environment));
        const bool isEnough = std::ranges::find(environments, Environment::Production) != environments.end();
        Judged judged = concludedFrom(std::move(m_findings),
                                      Text::tr("%n setting(s) compared: %1", nullptr,
                                               static_cast<int>(m_table.size()) - static_cast<int>(unreadable.size()))
                                          .arg(names.join(u", "_s)),
                                      std::move(observed), m_read.gaps);
        if (environments.size() < 2 || !isEnough)
            addGap(judged, Text::tr("The settings of the other environments are not known yet."));
        addWhatWasNotCompared(unreadable, others, judged);
        return judged;
    }

private:
    static bool isAnyIn(const std::vector<const Setting *> &settings, ValueState state)
    {
        return std::ranges::any_of(settings, [state](const Setting *setting) { return setting->state == state; });
    }

    // Encrypted in one environment or more: it may be the same as production's, or be production's. What another
    // source shows of two environments is compared.
    QStringList namesUnreadable() const
    {
        QStringList names;
        for (const auto &[name, row] : m_table) {
            const bool isUnreadable = std::ranges::any_of(
                row.values, [](const auto &of) { return isAnyIn(of.second, ValueState::Unreadable); });
            const auto readable =
                std::ranges::count_if(row.values, [](const auto &of) { return isAnyIn(of.second, ValueState::Set); });
            if (isUnreadable && readable < 2)
                names.append(name);
        }
        return names;
    }

    // That the exports name, and of which nothing says what they are.
    QStringList otherEnvironments() const
    {
        QStringList names;
        for (const Setting &setting : m_read.settings) {
            if (!setting.environment && !setting.scope.isEmpty() && !names.contains(setting.scope))
                names.append(setting.scope);
        }
        names.sort();
        return names;
    }

    static void addWhatWasNotCompared(const QStringList &unreadable, const QStringList &others, Judged &judged)
    {
        constexpr qsizetype shown = 10;
        const auto listed = [](const QStringList &names) {
            return names.mid(0, shown).join(u", "_s) + (names.size() > shown ? u", …"_s : QString());
        };
        if (!unreadable.isEmpty())
            addGap(judged, Text::tr("%n setting(s) could not be compared, for their values are encrypted in what was "
                                    "exported: %1. Export them decrypted, or compare them in your provider's panel.",
                                    nullptr, static_cast<int>(unreadable.size()))
                               .arg(listed(unreadable)));
        if (!others.isEmpty())
            addGap(judged, Text::tr("What these environments are for is not known, so they were compared with none: "
                                    "%1.")
                               .arg(listed(others)));
    }

    static Judged tooFew(const std::vector<Environment> &environments, QJsonObject observed)
    {
        Judged judged =
            notRun(environments.empty()
                       ? Text::tr("No settings of a known environment were found. Name the settings of production and "
                                  "of staging on the Sources page.")
                       : Text::tr("Only one environment is known (%1): there is nothing to compare it with. Name the "
                                  "settings of another one.")
                             .arg(labelOf(environments.front())));
        judged.observed = std::move(observed);
        return judged;
    }

    std::vector<const Setting *> of(Environment environment) const
    {
        std::vector<const Setting *> found;
        for (const Setting &setting : m_read.settings) {
            if (setting.environment == environment && setting.origin != Origin::Template &&
                setting.state == ValueState::Set)
                found.push_back(&setting);
        }
        return found;
    }

    Finding found(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
                  const QString &saw, const Setting &setting) const
    {
        return settingFinding({code, severity, proof, impact, title, saw}, setting);
    }

    // Production's and another environment's, on which the two agree.
    template<typename Agree>
    std::map<QString, std::pair<const Setting *, std::vector<const Setting *>>> pairs(const Agree &agree) const
    {
        std::map<QString, std::pair<const Setting *, std::vector<const Setting *>>> found;
        const auto production = of(Environment::Production);
        for (const Environment environment : {Environment::Staging, Environment::Local}) {
            for (const Setting *other : of(environment)) {
                for (const Setting *live : production) {
                    if (!agree(*live, *other))
                        continue;
                    auto &entry = found[live->name];
                    entry.first = live;
                    if (entry.second.empty() || entry.second.back() != other)
                        entry.second.push_back(other);
                }
            }
        }
        return found;
    }

    void findSharedDatabases()
    {
        for (const auto &[name, pair] : pairs([](const Setting &live, const Setting &other) {
                 return !live.database.isEmpty() && live.database == other.database;
             })) {
            m_sharedDatabases.insert(name);
            Finding finding =
                found(u"shared_database"_s, Severity::High, Proof::Proven, Impact::DataExposure,
                      Text::tr("%1 works on production's database").arg(environmentLabel(*pair.second.front())),
                      Text::tr("%1 and %2 name the same database. A test can change or delete the data of real "
                               "customers.")
                          .arg(placeOf(*pair.first), placeOf(*pair.second.front())),
                      *pair.first);
            finding.effortMinutes = 60;
            m_findings.push_back(withPlaces(std::move(finding), pair.second));
        }
        for (const auto &[name, pair] : pairs([](const Setting &live, const Setting &other) {
                 return !live.database.isEmpty() && !other.database.isEmpty() && live.database != other.database &&
                        live.urlHost == other.urlHost && !live.isSharedHost;
             })) {
            if (m_sharedDatabases.contains(name))
                continue;
            m_findings.push_back(
                withPlaces(found(u"shared_database_server"_s, Severity::Low, Proof::Strong, Impact::Downtime,
                                 Text::tr("Tests share a database server with production"),
                                 Text::tr("%1 and %2 name two databases on %3. A heavy test can slow production down.")
                                     .arg(placeOf(*pair.first), placeOf(*pair.second.front()), pair.first->urlHost),
                                 *pair.first),
                           pair.second));
        }
    }

    void findSharedSecrets()
    {
        for (const auto &[name, pair] : pairs([](const Setting &live, const Setting &other) {
                 return live.isSecret && live.mode != KeyMode::Test && live.fingerprint == other.fingerprint;
             })) {
            if (m_sharedDatabases.contains(name))
                continue;
            for (const Setting *other : pair.second)
                m_reported.insert(other);
            const Severity severity = isOfBuildTool(name)                      ? Severity::Low
                                      : pair.first->severity <= Severity::High ? Severity::High
                                                                               : Severity::Medium;
            const QString what = pair.first->rule.isEmpty() ? Text::tr("a secret by its name") : pair.first->rule;
            Finding finding =
                found(u"shared_secret"_s, severity, Proof::Proven, Impact::DataExposure,
                      Text::tr("%1 uses a secret of production").arg(environmentLabel(*pair.second.front())),
                      Text::tr("%1 and %2 have the same value (%3). Whoever gets at the one has the other.")
                          .arg(placeOf(*pair.first), placeOf(*pair.second.front()), what),
                      *pair.first);
            finding.effortMinutes = 30;
            m_findings.push_back(withPlaces(std::move(finding), pair.second));
        }
    }

    void findModes()
    {
        std::set<QString> seen;
        for (const Environment environment : {Environment::Local, Environment::Staging}) {
            for (const Setting *setting : of(environment)) {
                // A plain .env on one machine alone may be production's: nobody said that it is not.
                const bool isSaid = !setting->isEnvironmentGuessed || setting->standing == GitStanding::Tracked;
                const bool isLive = setting->mode == KeyMode::Live && setting->isSecret && isSaid;
                if (isLive && !m_reported.contains(setting) && seen.insert(setting->name).second)
                    m_findings.push_back(found(u"live_key_in_tests"_s, Severity::High, Proof::Strong,
                                               Impact::DataExposure, Text::tr("A live key is used outside production"),
                                               Text::tr("%1 is a live key (%2) in the settings of %3.")
                                                   .arg(placeOf(*setting), setting->rule, environmentLabel(*setting)),
                                               *setting));
            }
        }
        for (const Setting *setting : of(Environment::Production)) {
            if (setting->mode == KeyMode::Test && seen.insert(u"test "_s + setting->name).second)
                m_findings.push_back(
                    found(u"test_key_in_production"_s, Severity::High, Proof::Strong, Impact::Downtime,
                          Text::tr("Production runs on a test key"),
                          Text::tr("%1 is a test key or switches a provider to its test mode. Real customers' "
                                   "payments and sign-ins do not count there.")
                              .arg(placeOf(*setting)),
                          *setting));
        }
    }

    void findPlaceholders()
    {
        for (const auto &[name, row] : m_table) {
            const Setting *live = row.best(Environment::Production);
            if (!live || live->state != ValueState::Placeholder || !isSecretName(name))
                continue;
            m_findings.push_back(
                found(u"placeholder_secret"_s, Severity::High, Proof::Strong, Impact::AccountTakeover,
                      Text::tr("A secret of production is a placeholder"),
                      Text::tr("%1 has a value that stands in examples. Everybody can guess it.").arg(placeOf(*live)),
                      *live));
        }
    }

    const SettingsRead &m_read;
    const Target &m_target;
    const SettingsTable m_table;
    std::vector<Finding> m_findings;
    std::set<QString> m_sharedDatabases;
    std::set<const Setting *> m_reported;
};

} // namespace

Judged judgeEnvSeparation(const SettingsRead &read, const Target &target)
{
    return Separation(read, target).judge();
}

Check envSeparationCheck()
{
    return {.id = u"secrets.env-separation"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::Downtime},
            .needs = {Need::Folder},
            .sources = {SourceKind::Settings, SourceKind::Code},
            .look = [](const Look &look) {
                const auto read = look.seen.ask(settingsQuestion(look));
                return *read ? judgeEnvSeparation(**read, look.target) : couldNotLook(read->error());
            }};
}

} // namespace cockpit
