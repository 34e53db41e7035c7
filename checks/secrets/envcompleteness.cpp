#include "checks/secrets/envcompleteness.h"

#include "checks/secrets/settings/judging.h"
#include "checks/secrets/settings/settingstable.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace env;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EnvCompleteness)
};

// Where people put what they run by hand and what builds: production may do without.
bool isBesideProduct(const QString &file)
{
    const QString name = file.section(u'/', -1);
    return file.startsWith("scripts/"_L1) || file.contains("/scripts/"_L1) || file.contains("seed"_L1) ||
           name.contains(".config."_L1) || file.contains("bench"_L1);
}

class Completeness
{
public:
    explicit Completeness(const SettingsRead &read) : m_read(read), m_table(settingsTable(read))
    {
        // Somebody named them: a .env.production in the code may hold a part, and the host's panel the rest.
        m_isNamed = std::ranges::any_of(read.settings, [](const Setting &setting) {
            return setting.origin == Origin::Settings && setting.environment == Environment::Production;
        });
        m_isKnown = m_isNamed || std::ranges::any_of(read.settings, [](const Setting &setting) {
                        return setting.origin == Origin::EnvFile && setting.environment == Environment::Production;
                    });
    }

    Judged judge()
    {
        QJsonObject observed{{u"files"_s, m_read.settingsFiles}, {u"code_files"_s, m_read.codeFiles}};
        if (m_isKnown) {
            for (const auto &[name, row] : m_table)
                judgeRow(name, row);
        }
        observed.insert(u"needed"_s, m_needed);
        observed.insert(u"present"_s, m_present);
        insertTable(m_table, m_read, observed);
        if (!m_isKnown) {
            Judged judged = notRun(Text::tr("The settings of production are not known: export them from your hosting "
                                            "provider and name the file on the Sources page."));
            judged.observed = std::move(observed);
            return judged;
        }
        addDefaults();
        const bool saysNeed = m_needed > 0 || m_read.codeFiles > 0;
        Judged judged = concludedFrom(std::move(m_findings),
                                      Text::tr("%1 of %2 settings that production needs have a value there")
                                          .arg(QString::number(m_present), QString::number(m_needed)),
                                      std::move(observed), m_read.gaps);
        if (!saysNeed)
            addGap(judged, Text::tr("Nothing says which settings are needed: name the folder of the code, or the file "
                                    ".env.example."));
        if (m_unreadable > 0)
            addGap(judged, Text::tr("%n setting(s) of production are encrypted in what was exported: whether they are "
                                    "empty or hold an example's value cannot be seen.",
                                    nullptr, m_unreadable));
        return judged;
    }

private:
    void judgeRow(const QString &name, const NamedRow &row)
    {
        const Setting *live = row.best(Environment::Production);
        const bool isRead = row.needed && !row.needed->hasDefault;
        const bool isNeeded = isRead || row.listed || row.values.contains(Environment::Staging);
        const bool hasValue = live && (live->state == ValueState::Set || live->state == ValueState::Elsewhere ||
                                       live->state == ValueState::Unreadable);
        m_unreadable += isNeeded && live && live->state == ValueState::Unreadable ? 1 : 0;
        m_needed += isNeeded ? 1 : 0;
        m_present += isNeeded && hasValue ? 1 : 0;
        if (live && live->state == ValueState::Placeholder)
            addPlaceholder(*live);
        else if (live && live->state == ValueState::Empty && isRead)
            addEmpty(*live);
        else if (!live && isRead)
            addMissing(name, *row.needed);
        else if (!live && isNeeded && !row.needed)
            addUnread(name, row);
        else if (!live && row.needed && row.needed->hasDefault)
            m_defaults.append(name);
    }

    Proof proof() const { return m_isNamed ? Proof::Strong : Proof::Lead; }

    void addMissing(const QString &name, const NeededName &needed)
    {
        const bool isBeside = isBesideProduct(needed.file);
        Finding finding;
        finding.code = u"missing"_s;
        finding.subject = name;
        finding.severity = isBeside ? Severity::Low : m_isNamed ? Severity::High : Severity::Medium;
        finding.proof = isBeside ? Proof::Lead : proof();
        finding.impact = Impact::Downtime;
        finding.title = Text::tr("Production lacks the setting %1").arg(name);
        finding.whatWeSaw =
            Text::tr("%1, line %2 reads %3 and has no default for it; no settings of production have it.")
                .arg(needed.file, QString::number(needed.line), name);
        finding.location = Location{needed.file, needed.line, {}};
        finding.effortMinutes = 15;
        m_findings.push_back(std::move(finding));
    }

    void addEmpty(const Setting &live)
    {
        m_findings.push_back(settingFinding(
            {u"empty"_s, Severity::Medium, proof(), Impact::Downtime, Text::tr("A setting of production is empty"),
             Text::tr("%1 has no value, and the code reads it without a default.").arg(placeOf(live))},
            live));
    }

    void addPlaceholder(const Setting &live)
    {
        m_findings.push_back(settingFinding({u"placeholder"_s, Severity::Medium, Proof::Strong, Impact::Downtime,
                                             Text::tr("A setting of production was never filled in"),
                                             Text::tr("%1 still has the value of an example, or a word that everybody "
                                                      "tries.")
                                                 .arg(placeOf(live))},
                                            live));
    }

    // A list or another environment has it; the code that was read does not ask for it, or was not named.
    void addUnread(const QString &name, const NamedRow &row)
    {
        const Setting *where = row.listed ? row.listed : row.best(Environment::Staging);
        m_findings.push_back(
            settingFinding({u"missing_listed"_s, m_read.codeFiles > 0 ? Severity::Low : Severity::Medium,
                            m_read.codeFiles > 0 ? Proof::Lead : proof(), Impact::Downtime,
                            Text::tr("Production may lack the setting %1").arg(name),
                            Text::tr("%1 has it, and no settings of production do.").arg(placeOf(*where))},
                           *where));
    }

    void addDefaults()
    {
        if (m_defaults.isEmpty())
            return;
        constexpr qsizetype shown = 10;
        Finding finding;
        finding.code = u"default_in_use"_s;
        finding.severity = Severity::Low;
        finding.proof = Proof::Lead;
        finding.impact = Impact::Maintainability;
        finding.title = Text::tr("Production runs on defaults of the code");
        finding.whatWeSaw =
            Text::tr("%n setting(s) are read with a default and are not set in production: %1.", nullptr,
                     static_cast<int>(m_defaults.size()))
                .arg(m_defaults.mid(0, shown).join(u", "_s) + (m_defaults.size() > shown ? u", …"_s : QString()));
        finding.evidence.push_back({Text::tr("Names with a default"), m_defaults.mid(0, 200).join(u'\n')});
        finding.effortMinutes = 20;
        m_findings.push_back(std::move(finding));
    }

    const SettingsRead &m_read;
    const SettingsTable m_table;
    bool m_isNamed = false;
    bool m_isKnown = false;
    int m_needed = 0;
    int m_present = 0;
    int m_unreadable = 0;
    QStringList m_defaults;
    std::vector<Finding> m_findings;
};

} // namespace

Judged judgeEnvCompleteness(const SettingsRead &read)
{
    return Completeness(read).judge();
}

Check envCompletenessCheck()
{
    return {.id = u"secrets.env-completeness"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::Maintainability},
            .needs = {Need::Folder},
            .sources = {SourceKind::Settings, SourceKind::Code},
            .look = [](const Look &look) {
                const auto read = look.seen.ask(settingsQuestion(look));
                return *read ? judgeEnvCompleteness(**read) : couldNotLook(read->error());
            }};
}

} // namespace cockpit
