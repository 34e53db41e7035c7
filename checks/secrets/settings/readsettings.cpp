#include "checks/secrets/settings/readsettings.h"

#include "checks/engine/observations.h"
#include "checks/secrets/archivewalk.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/placeweight.h"
#include "checks/secrets/settings/classify.h"
#include "checks/secrets/settings/codenames.h"
#include "checks/secrets/settings/settingsfile.h"
#include "checks/secrets/settings/trackedfiles.h"
#include "checks/secrets/settings/wholetext.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

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
constexpr qsizetype kMostKept = 10'000; // settings, of all files

bool isBuiltPath(const QString &path)
{
    constexpr std::array folders{"dist"_L1,    "build"_L1,      ".next"_L1,  "out"_L1,
                                 ".output"_L1, "coverage"_L1,   "target"_L1, ".svelte-kit"_L1,
                                 ".nuxt"_L1,   ".dart_tool"_L1, ".turbo"_L1, ".cache"_L1};
    const QStringList parts = path.split(u'/');
    return std::any_of(parts.begin(), parts.end() - 1, [&](const QString &part) {
        return std::ranges::any_of(folders, [&](QLatin1StringView one) { return part == one; });
    });
}

Origin originOf(FileRole role)
{
    switch (role) {
    case FileRole::Template:
        return Origin::Template;
    case FileRole::Compose:
        return Origin::Compose;
    case FileRole::Pipeline:
        return Origin::Pipeline;
    case FileRole::Hosting:
        return Origin::Hosting;
    case FileRole::Settings:
    case FileRole::Other:
        return Origin::EnvFile;
    }
    Q_UNREACHABLE();
}

// What a file in the code is of: its name says, else a plain .env is of the machine that it lies on, and what a host
// reads is what is put online. Compose files and pipelines serve any.
std::optional<Environment> environmentOf(const QString &path, FileRole role)
{
    const auto named = environmentOfPath(path);
    switch (role) {
    case FileRole::Settings:
        return named ? named : Environment::Local;
    case FileRole::Hosting:
        return named ? named : Environment::Production;
    case FileRole::Compose:
    case FileRole::Pipeline:
        return environmentOfPath(path.section(u'/', -1));
    case FileRole::Template:
    case FileRole::Other:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

Result<std::shared_ptr<const PatternSet>> patternsOf(const ReadSettings &question, ProbeContext &context)
{
    return question.patterns ? question.patterns : *context.observations.ask(CompiledRules{});
}

class SettingsReader
{
public:
    SettingsReader(const ReadSettings &question, ProbeContext &context) : m_question(question), m_context(context) {}

    void readSource(const LocalSource &source)
    {
        switch (source.kind) {
        case SourceKind::Settings:
            walk(source, [this, &source](const WalkedFile &file) { return readNamed(source, file); });
            return;
        case SourceKind::Code:
            walk(source, [this, &source](const WalkedFile &file) { return readCode(source, file); });
            m_read.trackedEnvFiles += trackedEnvFiles(source.path);
            return;
        case SourceKind::Build:
            walk(source, [this](const WalkedFile &file) {
                const QString path = shownPath(file.path);
                if (roleOfFile(path) == FileRole::Settings)
                    m_read.servedEnvFiles.append(path);
                return Result<void>();
            });
            return;
        case SourceKind::Package:
            readPackage(source);
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
        if (isOver())
            return failure(m_context.token.isCancelled() ? ErrorKind::Cancelled : ErrorKind::TimedOut,
                           Text::tr("The settings were not read to their end."));
        if (m_trouble)
            return tl::unexpected(*m_trouble);
        if (m_readable == 0 && !m_read.gaps.isEmpty())
            return failure(ErrorKind::NotFound, m_read.gaps.join(u' '));
        std::ranges::sort(m_read.settings, [](const Setting &one, const Setting &other) {
            return std::tie(one.file, one.line, one.name) < std::tie(other.file, other.line, other.name);
        });
        m_read.needed = eachOnce(std::move(m_names.needed));
        m_read.builtIn = std::move(m_names.builtIn);
        std::ranges::sort(m_read.builtIn, [](const BuiltInName &one, const BuiltInName &other) {
            return std::tie(one.name, one.file, one.line) < std::tie(other.name, other.file, other.line);
        });
        m_read.trackedEnvFiles.sort();
        m_read.servedEnvFiles.sort();
        return std::move(m_read);
    }

private:
    bool isOver() const { return m_context.token.isCancelled() || m_context.deadline.hasPassed(); }

    template<typename Visit>
    void walk(const LocalSource &source, const Visit &visit)
    {
        // A token of its own also ends a walk that has seen enough.
        const CancelToken stop = m_context.token.boundedBy(m_context.deadline);
        qint64 files = 0;
        const auto totals = walkTree(source.path, {1, stop}, [&](const WalkedFile &file, size_t) -> Result<void> {
            if (isOver() || ++files > kMostFiles || m_codeBytes > kMostCodeBytes) {
                stop.cancel();
                return {};
            }
            return visit(file);
        });
        if (!totals) {
            m_read.gaps.append(totals.error().message);
            return;
        }
        ++m_readable;
        const QString shown = QDir::toNativeSeparators(source.path);
        if (totals->isStopped && !isOver())
            m_read.gaps.append(Text::tr("%1 holds more than is read at once: name the folder of one app.").arg(shown));
        if (totals->unreadable > 0)
            m_read.gaps.append(
                Text::tr("%n file(s) of %1 could not be read.", nullptr, static_cast<int>(totals->unreadable))
                    .arg(shown));
    }

    // Of a file or folder that is named for its settings: everything in it is some.
    Result<void> readNamed(const LocalSource &source, const WalkedFile &file)
    {
        const QString path = shownPath(file.path);
        const QString absolute = absoluteOf(source, file);
        const bool isOfFolder = QFileInfo(source.path).isDir();
        if (m_seen.contains(absolute) || (isOfFolder && !mayHoldSettings(file.path, path)))
            return {};
        m_seen.insert(absolute);
        FileRole role = roleOfFile(absolute);
        role = role == FileRole::Other || role == FileRole::Hosting ? FileRole::Settings : role;
        const auto environment = source.environment ? source.environment : environmentOf(absolute, role);
        return readFile(file, path, role, role == FileRole::Template ? Origin::Template : Origin::Settings,
                        environment);
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

    Result<void> readCode(const LocalSource &source, const WalkedFile &file)
    {
        const QString path = shownPath(file.path);
        const FileRole role = roleOfFile(path);
        const bool isOthers = role != FileRole::Template && weightOf(file.path) == PlaceWeight::Lower;
        if (isOthers || m_seen.contains(absoluteOf(source, file)))
            return {};
        if (role != FileRole::Other)
            return readFile(file, path, role, originOf(role), environmentOf(path, role));
        if (!isCodeFile(path) || isBuiltPath(path))
            return {};
        const auto text = wholeText(file);
        if (!text)
            return tl::unexpected(text.error());
        if (text->isBinary || text->isCut)
            return {};
        ++m_read.codeFiles;
        m_codeBytes += static_cast<qint64>(text->bytes.size());
        readCodeNames(text->view(), path, m_names);
        return {};
    }

    static QString absoluteOf(const LocalSource &source, const WalkedFile &file)
    {
        const QFileInfo root(source.path);
        return root.isDir() ? root.canonicalFilePath() + u'/' + QFile::decodeName(file.path) : root.canonicalFilePath();
    }

    Result<void> readFile(const WalkedFile &file, const QString &path, FileRole role, Origin origin,
                          std::optional<Environment> environment)
    {
        const auto text = wholeText(file);
        if (!text)
            return tl::unexpected(text.error());
        if (text->isBinary)
            return {};
        if (text->isCut)
            m_read.gaps.append(Text::tr("%1 is too large to hold settings: only its beginning was read.").arg(path));
        keep(text->view(), path, role, origin, environment);
        return {};
    }

    // With the first setting: it takes seconds to compile the rules, and code without settings needs none.
    bool makeClassifier()
    {
        if (m_classifier || m_trouble)
            return m_classifier.has_value();
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

    void keep(std::string_view text, const QString &path, FileRole role, Origin origin,
              std::optional<Environment> environment)
    {
        const RawSettings raw = readSettings(text, path, role);
        m_read.settingsFiles += raw.settings.empty() ? 0 : 1;
        if (raw.isCut)
            m_read.gaps.append(Text::tr("%1 holds more settings than are read.").arg(path));
        if (!raw.envFiles.empty() && origin == Origin::Settings)
            m_read.gaps.append(
                Text::tr("%1 takes settings from other files (env_file): name those files, too.").arg(path));
        if (!raw.settings.empty() && !makeClassifier())
            return;
        for (const RawSetting &one : raw.settings) {
            if (isOver() || static_cast<qsizetype>(m_read.settings.size()) >= kMostKept)
                return;
            Setting setting = m_classifier->classify(one);
            setting.file = path;
            setting.origin = origin;
            if (!setting.environment || (origin == Origin::Settings && !one.isScoped))
                setting.environment = environment ? environment : setting.environment;
            m_read.settings.push_back(std::move(setting));
        }
    }

    void readPackage(const LocalSource &source)
    {
        const QString name = QFileInfo(source.path).fileName();
        const auto report = walkArchiveFile(
            source.path, name, {},
            [&](const ArchiveEntry &entry) {
                if (roleOfFile(entry.path.section(u'!', -1)) != FileRole::Settings || isOver())
                    return;
                keep({entry.bytes.data(), static_cast<size_t>(entry.bytes.size())}, plainPath(entry.path),
                     FileRole::Settings, Origin::Package, std::nullopt);
            },
            m_context.token);
        if (!report) {
            m_read.gaps.append(report.error().message);
            return;
        }
        ++m_readable;
        m_read.gaps += gapSentences(*report, name);
    }

    static QString plainPath(const QString &path) { return shownPath(path.toUtf8()); }

    const ReadSettings &m_question;
    std::optional<Classifier> m_classifier;
    std::optional<Error> m_trouble; // there are no rules
    ProbeContext &m_context;
    SettingsRead m_read;
    CodeNames m_names;
    QSet<QString> m_seen; // absolute
    qint64 m_codeBytes = 0;
    int m_readable = 0; // sources
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
