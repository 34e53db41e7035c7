#include "checks/secrets/settings/readsettings.h"

#include "checks/engine/observations.h"
#include "checks/secrets/boundedreading.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/outsidesettings.h"
#include "checks/secrets/placeweight.h"
#include "checks/secrets/settings/classify.h"
#include "checks/secrets/settings/codenames.h"
#include "checks/secrets/settings/settingsfile.h"
#include "checks/secrets/settings/trackedfiles.h"
#include "checks/secrets/settings/wholetext.h"
#include "checks/secrets/settings/whosesettings.h"
#include "checks/secrets/sourcenames.h"
#include "models/pathwords.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <array>
#include <tuple>

namespace cockpit::env {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ReadSettings)
};

constexpr qint64 kMostFiles = 300'000; // of one source: a product with its dependencies has a third
constexpr qint64 kMostCodeBytes = qint64(512) << 20;
constexpr size_t kLargestCode = 4 << 20; // of one file
constexpr size_t kMostKept = 10'000;     // settings, of all files

Result<std::shared_ptr<const PatternSet>> patternsOf(const ReadSettings &question, ProbeContext &context)
{
    return question.patterns ? question.patterns : *context.observations.ask(CompiledRules{});
}

class SettingsReader
{
public:
    SettingsReader(const ReadSettings &question, ProbeContext &context)
        : m_question(question),
          m_context(context),
          m_reading(context, {kMostFiles, kMostCodeBytes}),
          m_names(question.sources)
    {
    }

    void readSource(const LocalSource &source)
    {
        GitStandings standings(source.path, m_context.token);
        const QFileInfo root(source.path);
        m_source = &source;
        m_canonical = root.canonicalFilePath();
        m_isFolder = root.isDir();
        m_standings = &standings;
        switch (source.kind) {
        case SourceKind::Settings:
            readFolder(&SettingsReader::readNamed);
            return;
        case SourceKind::Code:
            readFolder(&SettingsReader::readCode);
            for (const QString &file : trackedEnvFiles(source.path, m_context.token))
                m_read.trackedEnvFiles.append(m_names.shown(source, file));
            return;
        case SourceKind::Build:
            m_reading.readFolder(source.path, [this](const WalkedFile &file) { return readBuilt(file); });
            return;
        case SourceKind::Package:
            readPackage();
            return;
        case SourceKind::CiLog:
        case SourceKind::Log:
        case SourceKind::Prompts:
        case SourceKind::Advisories:
            return;
        }
        Q_UNREACHABLE();
    }

    Result<SettingsRead> finish()
    {
        noteLimits();
        auto gaps = m_reading.ended(Text::tr("The settings were not read to their end."));
        if (!gaps)
            return tl::unexpected(gaps.error());
        if (m_trouble)
            return tl::unexpected(*m_trouble);
        m_read.gaps = std::move(*gaps);
        std::ranges::sort(m_read.settings, [](const Setting &one, const Setting &other) {
            return std::tie(one.file, one.line, one.name) < std::tie(other.file, other.line, other.name);
        });
        m_read.needed = eachOnce(std::move(m_codeNames.needed));
        m_read.builtIn = std::move(m_codeNames.builtIn);
        std::ranges::sort(m_read.builtIn, [](const BuiltInName &one, const BuiltInName &other) {
            return std::tie(one.name, one.file, one.line) < std::tie(other.name, other.file, other.line);
        });
        m_read.trackedEnvFiles.sort();
        m_read.servedEnvFiles.sort();
        return std::move(m_read);
    }

private:
    // Settings that are kept elsewhere, behind a link, are a gap.
    void readFolder(Result<qint64> (SettingsReader::*read)(const WalkedFile &))
    {
        OutsideSettings outside(m_source->path);
        m_reading.readFolder(
            m_source->path, [&](const WalkedFile &file) { return (this->*read)(file); },
            [&outside](const QByteArray &path) { outside.note(path); });
        if (const QString sentence = sentenceOf(outside.files()); !sentence.isEmpty())
            m_reading.addGap(sentence);
    }

    void noteLimits()
    {
        if (m_dropped > 0)
            m_reading.addGap(
                Text::tr("%n setting(s) beyond the first %1 were not kept.", nullptr, static_cast<int>(m_dropped))
                    .arg(kMostKept));
        if (m_cutCode > 0)
            m_reading.addGap(Text::tr("%n file(s) of code are so large that only their beginning was read for names of "
                                      "settings.",
                                      nullptr, m_cutCode));
        if (m_codeNames.isCut)
            m_reading.addGap(Text::tr("The code names more settings than are kept: some were left out."));
    }

    // Of a file or folder that is named for its settings: everything in it is some.
    Result<qint64> readNamed(const WalkedFile &file)
    {
        const QString path = shownPath(file.path);
        if (!isNew(file) || (m_isFolder && !mayHoldSettings(file.path, path)))
            return 0;
        // With the folder that was named, or that the named file is in: "production/.env" says whose it is.
        const QString cleaned = QDir::cleanPath(m_source->path);
        const QString whole = m_isFolder ? cleaned.section(u'/', -1) + u'/' + path : cleaned.section(u'/', -2);
        FileRole role = roleOfFile(whole);
        role = role == FileRole::Other || role == FileRole::Hosting ? FileRole::Settings : role;
        const Whose whose = m_source->environment ? Whose{m_source->environment} : whoseIs(whole, role);
        return readFile(file, path, role, role == FileRole::Template ? Origin::Template : Origin::Settings, whose);
    }

    // In a folder there are also notes and other people's files.
    static bool mayHoldSettings(const QByteArray &bytes, const QString &path)
    {
        constexpr std::array endings{"json"_L1, "yml"_L1, "yaml"_L1, "toml"_L1, "txt"_L1, "conf"_L1, "properties"_L1};
        const FileRole role = roleOfFile(path);
        const QString name = path.section(u'/', -1);
        const bool isKnown =
            role != FileRole::Other || !name.contains(u'.') || std::ranges::any_of(endings, [&](QLatin1StringView one) {
                return name.section(u'.', -1).toLower() == one;
            });
        return isKnown && (role == FileRole::Template || weightOf(bytes) == PlaceWeight::Full);
    }

    Result<qint64> readCode(const WalkedFile &file)
    {
        const QString path = shownPath(file.path);
        const FileRole role = roleOfFile(path);
        const bool isOthers = role != FileRole::Template && weightOf(file.path) == PlaceWeight::Lower;
        if (isOthers || (role == FileRole::Other && (!isCodeFile(path) || isInBuiltFolder(path))) || !isNew(file))
            return 0;
        if (role != FileRole::Other)
            return readFile(file, path, role, originOf(role), whoseIs(path, role));
        const auto text = wholeText(file, kLargestCode);
        if (!text)
            return tl::unexpected(text.error());
        if (text->isBinary)
            return 0;
        m_cutCode += text->isCut ? 1 : 0;
        ++m_read.codeFiles;
        readCodeNames(text->view(), m_names.shown(*m_source, path), m_codeNames);
        return static_cast<qint64>(text->bytes.size());
    }

    // The folder of the source may itself be the one for servers.
    Result<qint64> readBuilt(const WalkedFile &file)
    {
        ++m_read.outputFiles;
        const QString path = shownPath(file.path);
        const QString whole = QFileInfo(QDir::cleanPath(m_source->path)).fileName() + u'/' + path;
        const bool isServed =
            !isForServers(whole) && !path.startsWith("node_modules/"_L1) && !path.contains("/node_modules/"_L1);
        if (isServed && roleOfFile(path) == FileRole::Settings)
            m_read.servedEnvFiles.append(m_names.shown(*m_source, path));
        return 0;
    }

    // A folder inside of another one is read once, and so is a file that is named beside its folder.
    bool isNew(const WalkedFile &file)
    {
        const QString absolute = m_isFolder ? m_canonical + u'/' + QFile::decodeName(file.path) : m_canonical;
        const auto before = m_seen.size();
        m_seen.insert(absolute);
        return m_seen.size() > before;
    }

    Result<qint64> readFile(const WalkedFile &file, const QString &path, FileRole role, Origin origin,
                            const Whose &whose)
    {
        const auto text = wholeText(file);
        if (!text)
            return tl::unexpected(text.error());
        if (text->isBinary)
            return 0;
        const QString shown = m_names.shown(*m_source, path);
        if (text->isCut)
            m_reading.addGap(Text::tr("%1 is too large to hold settings: only its beginning was read.").arg(shown));
        const bool isFileOfSettings = origin == Origin::Settings || origin == Origin::EnvFile;
        keep(text->view(), path, role, origin,
             {shown, whose, isFileOfSettings ? m_standings->of(file.path) : GitStanding::Unknown});
        return static_cast<qint64>(text->bytes.size());
    }

    // With the first setting: it takes seconds to compile the rules, and code without settings needs none.
    bool makeClassifier()
    {
        if (m_trouble)
            return false;
        if (m_classifier)
            return true;
        const QByteArray key = m_question.fingerprintKey.isEmpty() ? newFingerprintKey() : m_question.fingerprintKey;
        auto made = patternsOf(m_question, m_context).and_then([&](const std::shared_ptr<const PatternSet> &patterns) {
            return Classifier::make(patterns, key);
        });
        if (made)
            m_classifier.emplace(std::move(*made));
        else
            m_trouble = made.error();
        return made.has_value();
    }

    // What all settings of one file have in common.
    struct OfFile
    {
        QString shown;
        Whose whose = {};
        GitStanding standing = GitStanding::Unknown;
    };

    void keep(std::string_view text, const QString &path, FileRole role, Origin origin, const OfFile &file)
    {
        const RawSettings raw = readSettings(text, path, role);
        m_read.settingsFiles += raw.settings.empty() ? 0 : 1;
        if (raw.isCut)
            m_reading.addGap(Text::tr("%1 holds more settings than are read.").arg(file.shown));
        if (!raw.envFiles.empty() && origin == Origin::Settings)
            m_reading.addGap(
                Text::tr("%1 takes settings from other files (env_file): name those files, too.").arg(file.shown));
        if (!raw.settings.empty() && !makeClassifier())
            return;
        for (const RawSetting &one : raw.settings) {
            if (m_reading.isOver())
                return;
            if (m_read.settings.size() >= kMostKept) {
                ++m_dropped;
                continue;
            }
            auto classified = m_classifier->classify(one);
            if (!classified) {
                m_trouble = std::move(classified.error());
                return;
            }
            Setting &setting = *classified;
            setting.file = file.shown;
            setting.origin = origin;
            setting.standing = file.standing;
            settleWhose(one, file.whose, setting);
            m_read.settings.push_back(std::move(setting));
        }
    }

    void readPackage()
    {
        const QString name = m_names.shown(*m_source, QFileInfo(m_source->path).fileName());
        m_reading.readPackage(m_source->path, name, [this](const ArchiveEntry &entry) {
            ++m_read.outputFiles;
            if (roleOfFile(entry.path.section(u'!', -1)) != FileRole::Settings)
                return;
            const QString path = shownPath(entry.path.toUtf8());
            keep({entry.bytes.data(), static_cast<size_t>(entry.bytes.size())}, path, FileRole::Settings,
                 Origin::Package, {path});
        });
    }

    const ReadSettings &m_question;
    std::optional<Classifier> m_classifier;
    std::optional<Error> m_trouble; // there are no rules, or a value could not be searched
    ProbeContext &m_context;
    BoundedReading m_reading;
    const SourceNames m_names;
    // Of the source that is being read.
    const LocalSource *m_source = nullptr;
    QString m_canonical;
    bool m_isFolder = false;
    GitStandings *m_standings = nullptr;
    SettingsRead m_read;
    CodeNames m_codeNames;
    QSet<QString> m_seen; // absolute
    size_t m_dropped = 0; // settings
    int m_cutCode = 0;    // files
};

} // namespace

QString ReadSettings::key() const
{
    QStringList parts;
    for (const LocalSource &source : sources)
        parts.append(toWord(source.kind) + u':' + (source.environment ? toWord(*source.environment) : QString()) +
                     u'=' + source.path);
    return parts.join(u'\n');
}

Result<SettingsRead> probe(const ReadSettings &question, ProbeContext &context)
{
    SettingsReader reader(question, context);
    // Files that a person named for an environment come first: the same files in the code are then passed over.
    for (const LocalSource &source : sourcesOf(SourceKind::Settings, question.sources))
        reader.readSource(source);
    for (const LocalSource &source : question.sources)
        if (source.kind != SourceKind::Settings)
            reader.readSource(source);
    return reader.finish();
}

} // namespace cockpit::env
