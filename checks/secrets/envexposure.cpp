#include "checks/secrets/envexposure.h"

#include "checks/secrets/settings/judging.h"
#include "checks/secrets/settings/settingstable.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace env;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EnvExposure)
};

// Keys that are made for browsers, whatever their name says.
bool isMadeForBrowsers(const QString &name)
{
    constexpr std::array services{"FIREBASE"_L1, "MAPS"_L1,        "MAPBOX"_L1,     "ALGOLIA"_L1,   "POSTHOG"_L1,
                                  "SENTRY"_L1,   "RECAPTCHA"_L1,   "TURNSTILE"_L1,  "HCAPTCHA"_L1,  "PUSHER"_L1,
                                  "SEGMENT"_L1,  "INTERCOM"_L1,    "AMPLITUDE"_L1,  "MIXPANEL"_L1,  "ANALYTICS"_L1,
                                  "ANON"_L1,     "PUBLISHABLE"_L1, "REVENUECAT"_L1, "ONESIGNAL"_L1, "STADIA"_L1};
    return std::ranges::any_of(services, [&](QLatin1StringView one) { return name.contains(one); });
}

// The name alone says that it is for servers.
bool isForServers(const QString &name)
{
    constexpr std::array words{"SECRET"_L1, "PASSWORD"_L1, "PRIVATE"_L1, "SERVICE_ROLE"_L1, "SERVICE_KEY"_L1};
    constexpr std::array services{"OPENAI"_L1,   "ANTHROPIC"_L1,  "CLAUDE"_L1,    "GROQ"_L1,       "GEMINI"_L1,
                                  "MISTRAL"_L1,  "OPENROUTER"_L1, "RESEND"_L1,    "SENDGRID"_L1,   "TWILIO"_L1,
                                  "DEEPSEEK"_L1, "PERPLEXITY"_L1, "REPLICATE"_L1, "ELEVENLABS"_L1, "HUGGINGFACE"_L1};
    const auto holds = [&](QLatin1StringView one) { return name.contains(one); };
    return isSecretName(name) && (std::ranges::any_of(words, holds) || std::ranges::any_of(services, holds));
}

enum class Kind { Plain, PublicKey, Suspected, Secret };

QString wordOf(Kind kind)
{
    switch (kind) {
    case Kind::Plain:
        return u"plain"_s;
    case Kind::PublicKey:
        return u"public_key"_s;
    case Kind::Suspected:
        return u"suspected"_s;
    case Kind::Secret:
        return u"secret"_s;
    }
    Q_UNREACHABLE();
}

Kind kindOf(const Setting &setting)
{
    if (setting.isPublicKey)
        return Kind::PublicKey;
    const bool isSet = setting.state == ValueState::Set;
    if (isSet && setting.isSecret && setting.isKnownKey)
        return Kind::Secret;
    if (isForServers(setting.name))
        return Kind::Suspected;
    const bool isSuspected = isSet && setting.isSecret && !isMadeForBrowsers(setting.name);
    return isSuspected ? Kind::Suspected : Kind::Plain;
}

class ExposureLook
{
public:
    explicit ExposureLook(const SettingsRead &read) : m_read(read) {}

    Judged judge()
    {
        const bool hasNames = m_read.settingsFiles + m_read.codeFiles > 0;
        if (!hasNames && m_read.outputFiles == 0)
            return nothingRead();
        readPrefixes();
        readBuiltIn();
        readFiles();
        QJsonObject observed{{u"browser_names"_s, m_names},
                             {u"built_in"_s, m_builtIn},
                             {u"tracked_env_files"_s, QJsonArray::fromStringList(m_read.trackedEnvFiles)},
                             {u"served_env_files"_s, QJsonArray::fromStringList(m_read.servedEnvFiles)},
                             {u"packaged_env_files"_s, QJsonArray::fromStringList(m_packaged)},
                             {u"files"_s, m_read.settingsFiles}};
        Judged judged = concludedFrom(std::move(m_findings),
                                      Text::tr("%n name(s) of settings reach the browser", nullptr,
                                               static_cast<int>(m_names.size() + m_builtIn.size())),
                                      std::move(observed), m_read.gaps);
        if (!hasNames)
            addGap(judged, Text::tr("There are no settings and no code in what you named: only whether settings files "
                                    "lie among what is handed out was looked at. Name your code on the Sources page."));
        return judged;
    }

private:
    Judged nothingRead() const
    {
        const QString nothing = Text::tr("There are no settings, no code and no built files in what you named, so "
                                         "nothing was read. Name the folder of your code on the Sources page.");
        return notRun((QStringList{nothing} + m_read.gaps).join(u' '));
    }

    // The worst of each name; what code asks for counts by its name.
    void readPrefixes()
    {
        std::map<QString, std::pair<Kind, const Setting *>> worst;
        for (const Setting &setting : m_read.settings) {
            if (browserPrefix(setting.name).isEmpty())
                continue;
            const Kind kind = kindOf(setting);
            const auto [entry, isNew] = worst.try_emplace(setting.name, kind, &setting);
            if (!isNew && kind > entry->second.first)
                entry->second = {kind, &setting};
        }
        for (const auto &[name, entry] : worst) {
            m_names.append(
                QJsonObject{{u"name"_s, name}, {u"prefix"_s, browserPrefix(name)}, {u"kind"_s, wordOf(entry.first)}});
            if (entry.first == Kind::Secret)
                addSecret(*entry.second);
            else if (entry.first == Kind::Suspected)
                addSuspected(*entry.second);
        }
        for (const NeededName &needed : m_read.needed) {
            if (browserPrefix(needed.name).isEmpty() || worst.contains(needed.name))
                continue;
            const Kind kind = isForServers(needed.name) ? Kind::Suspected : Kind::Plain;
            m_names.append(QJsonObject{
                {u"name"_s, needed.name}, {u"prefix"_s, browserPrefix(needed.name)}, {u"kind"_s, wordOf(kind)}});
            if (kind == Kind::Suspected)
                addSuspected(settingOf(needed.name, needed.file, needed.line));
        }
    }

    static Setting settingOf(const QString &name, const QString &file, int line)
    {
        Setting setting;
        setting.name = name;
        setting.file = file;
        setting.line = line;
        return setting;
    }

    void add(const Fault &fault, const Setting &setting, int minutes)
    {
        Finding finding = settingFinding(fault, setting);
        finding.effortMinutes = minutes;
        m_findings.push_back(std::move(finding));
    }

    void addSecret(const Setting &setting)
    {
        add({.code = u"wrong_prefix"_s,
             .severity = setting.severity,
             .proof = Proof::Strong,
             .impact = Impact::DataExposure,
             .title = Text::tr("A secret has a name that sends it to every browser"),
             .saw = Text::tr("%1 holds a secret (%2), and the build writes every setting that begins with %3 into the "
                             "pages.")
                        .arg(placeOf(setting), setting.rule, browserPrefix(setting.name))},
            setting, 60);
    }

    void addSuspected(const Setting &setting)
    {
        add({.code = u"suspected_prefix"_s,
             .severity = Severity::Medium,
             .proof = Proof::Lead,
             .impact = Impact::DataExposure,
             .title = Text::tr("A setting named like a secret goes to every browser"),
             .saw = Text::tr("%1 is named like a secret, and the build writes every setting that begins with %2 into "
                             "the pages.")
                        .arg(placeOf(setting), browserPrefix(setting.name))},
            setting, 30);
    }

    const Setting *secretNamed(const QString &name) const
    {
        const Setting *found = nullptr;
        for (const Setting &setting : m_read.settings) {
            const bool isBetter = setting.name == name && setting.state == ValueState::Set && setting.isSecret &&
                                  (!found || (setting.isKnownKey && !found->isKnownKey));
            if (isBetter)
                found = &setting;
        }
        return found;
    }

    void readBuiltIn()
    {
        std::set<QString> seen;
        for (const BuiltInName &one : m_read.builtIn) {
            const bool isAll = one.name.isEmpty();
            m_builtIn.append(QJsonObject{{u"name"_s, isAll ? QJsonValue() : QJsonValue(one.name)},
                                         {u"file"_s, one.file},
                                         {u"line"_s, one.line}});
            if (!seen.insert(one.name).second || !browserPrefix(one.name).isEmpty())
                continue;
            if (isAll)
                addAll(one);
            else if (const Setting *secret = secretNamed(one.name); secret || isForServers(one.name))
                addBuiltIn(one, secret);
        }
    }

    void addAll(const BuiltInName &one)
    {
        Setting place = settingOf(one.file, one.file, one.line);
        add({.code = u"whole_environment"_s,
             .severity = Severity::High,
             .proof = Proof::Strong,
             .impact = Impact::DataExposure,
             .title = Text::tr("The build writes all settings into the pages"),
             .saw = Text::tr("%1, line %2: \"%3\" hands over all of process.env, with every secret that the build "
                             "knows.")
                        .arg(one.file, QString::number(one.line), one.how)},
            place, 60);
    }

    void addBuiltIn(const BuiltInName &one, const Setting *secret)
    {
        const bool isKnown = secret && secret->isKnownKey;
        add({.code = u"built_in"_s,
             .severity = isKnown ? secret->severity : Severity::Medium,
             .proof = isKnown ? Proof::Strong : Proof::Lead,
             .impact = Impact::DataExposure,
             .title = Text::tr("The build writes a secret into the pages"),
             .saw = isKnown ? Text::tr("%1, line %2: \"%3\" writes %4 into what browsers load, and its value is a "
                                       "secret (%5).")
                                  .arg(one.file, QString::number(one.line), one.how, one.name, secret->rule)
                            : Text::tr("%1, line %2: \"%3\" writes %4 into what browsers load, and it is named like a "
                                       "secret.")
                                  .arg(one.file, QString::number(one.line), one.how, one.name)},
            settingOf(one.name, one.file, one.line), 60);
    }

    // The names of secrets by the files that hold them.
    template<typename IsOne>
    std::map<QString, QStringList> secretsByFile(const IsOne &isOne) const
    {
        std::map<QString, QStringList> byFile;
        for (const Setting &setting : m_read.settings) {
            if (isOne(setting) && setting.isSecret && setting.state == ValueState::Set)
                byFile[setting.file].append(setting.name);
        }
        return byFile;
    }

    static QString shown(const QStringList &names)
    {
        constexpr qsizetype most = 5;
        return names.mid(0, most).join(u", "_s) + (names.size() > most ? u", …"_s : QString());
    }

    void readFiles()
    {
        for (const QString &file : m_read.servedEnvFiles)
            add({.code = u"served_env_file"_s,
                 .severity = Severity::High,
                 .proof = Proof::Strong, // by what it is called and where it lies; nobody asked for it
                 .impact = Impact::DataExposure,
                 .title = Text::tr("A settings file lies among the built files"),
                 .saw =
                     Text::tr("%1 is part of what is put online: whoever asks for its address may read it.").arg(file)},
                settingOf(file, file, 1), 20);
        for (const Setting &setting : m_read.settings)
            if (setting.origin == Origin::Package && !m_packaged.contains(setting.file))
                m_packaged.append(setting.file);
        const auto packaged = [](const Setting &one) { return one.origin == Origin::Package; };
        for (const auto &[file, names] : secretsByFile(packaged))
            addPackaged(file, names);
        // One with nothing secret in it is often kept on purpose.
        const auto tracked = [](const Setting &one) { return one.standing == GitStanding::Tracked; };
        for (const auto &[file, names] : secretsByFile(tracked))
            addTracked(file, names);
    }

    void addPackaged(const QString &file, const QStringList &names)
    {
        add({.code = u"packaged_env_file"_s,
             .severity = Severity::High,
             .proof = Proof::Proven,
             .impact = Impact::DataExposure,
             .title = Text::tr("The app carries a settings file with secrets"),
             .saw = Text::tr("%1 holds %2. Everybody who installs the app can unpack it.").arg(file, shown(names))},
            settingOf(file, file, 1), 120);
    }

    void addTracked(const QString &file, const QStringList &names)
    {
        add({.code = u"committed_env_file"_s,
             .severity = Severity::Medium,
             .proof = Proof::Proven,
             .impact = Impact::DataExposure,
             .title = Text::tr("Git keeps a settings file with secrets"),
             .saw = Text::tr("%1 is part of the repository and holds %2. Whoever gets a copy of the code gets them.")
                        .arg(file, shown(names))},
            settingOf(file, file, 1), 60);
    }

    const SettingsRead &m_read;
    QJsonArray m_names;
    QJsonArray m_builtIn;
    QStringList m_packaged;
    std::vector<Finding> m_findings;
};

} // namespace

Judged judgeEnvExposure(const SettingsRead &read)
{
    return ExposureLook(read).judge();
}

Check envExposureCheck()
{
    return {.id = u"secrets.env-exposure"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Folder},
            .sources = {SourceKind::Settings, SourceKind::Code, SourceKind::Build, SourceKind::Package},
            .look = [](const Look &look) {
                const auto read = look.seen.ask(settingsQuestion(look));
                return *read ? judgeEnvExposure(**read) : couldNotLook(read->error());
            }};
}

} // namespace cockpit
