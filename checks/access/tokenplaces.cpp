#include "checks/access/tokenplaces.h"

#include "checks/secrets/boundedreading.h"
#include "checks/secrets/placeweight.h"
#include "checks/secrets/settings/wholetext.h"
#include "checks/secrets/sourcenames.h"
#include "models/pathwords.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <tuple>

namespace cockpit::access {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TokenPlaces)
};

constexpr qint64 kMostFiles = 300'000; // of one folder
constexpr qint64 kMostBytes = qint64(512) << 20;
constexpr size_t kLargestFile = 4 << 20;
constexpr size_t kMostKept = 5000;

bool isMachineCode(const QString &path)
{
    const QString name = path.section(u'/', -1);
    return name.endsWith(".dex"_L1) || name.endsWith(".so"_L1) || !name.contains(u'.');
}

class PlaceReader
{
public:
    PlaceReader(const StorageRules &rules, const std::vector<LocalSource> &sources, ProbeContext &context)
        : m_rules(rules), m_names(sources), m_reading(context, {kMostFiles, kMostBytes})
    {
    }

    void readFolder(const LocalSource &source)
    {
        m_reading.readFolder(source.path, [&](const WalkedFile &file) { return visit(source, file); });
    }

    void readPackage(const LocalSource &source)
    {
        const QString name = m_names.shown(source, QFileInfo(source.path).fileName());
        const bool isOne =
            m_reading.readPackage(source.path, name, [this](const ArchiveEntry &entry) { visitPackaged(entry); });
        m_read.hasPackage = m_read.hasPackage || isOne;
    }

    Result<TokenPlaces> finish()
    {
        if (m_cutFiles > 0)
            m_reading.addGap(
                Text::tr("%n file(s) of code are so large that only their beginning was read.", nullptr, m_cutFiles));
        if (m_dropped > 0)
            m_reading.addGap(Text::tr("There are more places where the app keeps something than are listed: some were "
                                      "left out."));
        auto gaps = m_reading.ended(Text::tr("The code was not read to its end."));
        if (!gaps)
            return tl::unexpected(gaps.error());
        m_read.gaps = std::move(*gaps);
        std::ranges::sort(m_read.places, [](const StoragePlace &one, const StoragePlace &other) {
            return std::tie(one.file, one.line, one.store) < std::tie(other.file, other.line, other.store);
        });
        return std::move(m_read);
    }

private:
    Result<qint64> visit(const LocalSource &source, const WalkedFile &file)
    {
        const QString path = shownPath(file.path);
        if (!isAppCode(path) || isInBuiltFolder(path) || weightOf(file.path) == PlaceWeight::Lower)
            return 0;
        const auto text = env::wholeText(file, kLargestFile);
        if (!text)
            return tl::unexpected(text.error());
        if (text->isBinary)
            return 0;
        m_cutFiles += text->isCut ? 1 : 0;
        ++m_read.files;
        keep(storagePlaces(text->view(), m_names.shown(source, path), m_rules));
        return static_cast<qint64>(text->bytes.size());
    }

    // The pages of a Capacitor or Cordova app are read as code; of compiled code the libraries in it.
    void visitPackaged(const ArchiveEntry &entry)
    {
        const QString path = shownPath(entry.path.toUtf8());
        const std::string_view text(entry.bytes.data(), static_cast<size_t>(entry.bytes.size()));
        const bool isPage = path.endsWith(".js"_L1) && text.substr(0, 8000).find('\0') == std::string_view::npos;
        if (!isPage && !isMachineCode(path.section(u'!', -1)))
            return;
        ++m_read.files;
        if (isPage) {
            keep(storagePlaces(text, path, m_rules));
            return;
        }
        for (const StorageTrace &trace : m_rules.traces)
            if (text.find(trace.text) != std::string_view::npos)
                keep({{trace.store, trace.kind, trace.stack, false, path, 0}});
    }

    void keep(std::vector<StoragePlace> places)
    {
        const size_t room = kMostKept - std::min(kMostKept, m_read.places.size());
        const auto taken = static_cast<std::ptrdiff_t>(std::min(room, places.size()));
        m_dropped += places.size() > room || places.size() >= kMostPlaces ? 1 : 0;
        std::move(places.begin(), places.begin() + taken, std::back_inserter(m_read.places));
    }

    const StorageRules &m_rules;
    const SourceNames m_names;
    BoundedReading m_reading;
    TokenPlaces m_read;
    int m_cutFiles = 0;
    int m_dropped = 0; // files with places that were not kept
};

} // namespace

QString ReadTokenPlaces::key() const
{
    QStringList parts;
    for (const LocalSource &source : sources)
        parts.append(toWord(source.kind) + u'=' + source.path);
    return parts.join(u'\n');
}

Result<TokenPlaces> probe(const ReadTokenPlaces &question, ProbeContext &context)
{
    const auto rules = loadStorageRules();
    if (!rules)
        return tl::unexpected(rules.error());
    PlaceReader reader(*rules, question.sources, context);
    for (const LocalSource &source : question.sources) {
        if (source.kind == SourceKind::Code)
            reader.readFolder(source);
        else if (source.kind == SourceKind::Package)
            reader.readPackage(source);
    }
    return reader.finish();
}

} // namespace cockpit::access
