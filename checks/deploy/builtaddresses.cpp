#include "checks/deploy/builtaddresses.h"

#include "checks/secrets/boundedreading.h"
#include "checks/secrets/placeweight.h"
#include "checks/secrets/settings/wholetext.h"
#include "checks/secrets/sourcenames.h"
#include "models/pathwords.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace cockpit::deploy {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BuiltAddresses)
};

constexpr qint64 kMostFiles = 100'000; // of one folder
constexpr size_t kLargestFile = 32 << 20;
constexpr qint64 kMostBytes = qint64(1) << 30;
constexpr size_t kMostOrigins = 2000;

// The surest first.
int rankOf(Use use)
{
    switch (use) {
    case Use::Call:
        return 0;
    case Use::Literal:
        return 1;
    case Use::Binary:
        return 2;
    case Use::Fallback:
        return 3;
    }
    Q_UNREACHABLE();
}

class Reader
{
public:
    Reader(const ReadBuiltAddresses &question, ProbeContext &context)
        : m_target(question.target), m_names(question.sources), m_reading(context, {kMostFiles, kMostBytes})
    {
    }

    void readFolder(const LocalSource &source)
    {
        m_reading.readFolder(source.path, [&](const WalkedFile &file) { return visit(source, file); });
    }

    void readPackage(const LocalSource &source)
    {
        const QString name = m_names.shown(source, QFileInfo(source.path).fileName());
        m_reading.readPackage(source.path, name, [this](const ArchiveEntry &entry) {
            const QString shown = shownPath(entry.path.toUtf8());
            const QString inside = shown.section(u'!', -1);
            const BuiltFile form = builtFileOf(inside);
            if (form != BuiltFile::NotLookedAt)
                look({entry.bytes.data(), static_cast<size_t>(entry.bytes.size())}, form, {shown, inside});
        });
    }

    Result<BuiltAddresses> finish()
    {
        if (m_dropped > 0)
            m_reading.addGap(Text::tr("The built files name more addresses than are compared: %n were left out.",
                                      nullptr, m_dropped));
        auto gaps = m_reading.ended(Text::tr("The built files were not read to their end."));
        if (!gaps)
            return tl::unexpected(gaps.error());
        m_read.gaps = std::move(*gaps);
        m_read.addresses.reserve(m_found.size());
        for (auto &[origin, found] : m_found)
            m_read.addresses.push_back(std::move(found));
        return std::move(m_read);
    }

private:
    Result<qint64> visit(const LocalSource &source, const WalkedFile &file)
    {
        const QString path = shownPath(file.path);
        const BuiltFile form = builtFileOf(path);
        if (form == BuiltFile::NotLookedAt || path.contains("node_modules/"_L1))
            return 0;
        const auto text = env::wholeText(file, kLargestFile);
        if (!text)
            return tl::unexpected(text.error());
        if (text->isBinary)
            return 0; // apps are read as packages
        const QString shown = m_names.shown(source, path);
        if (text->isCut)
            m_reading.addGap(Text::tr("Only the beginning of %1 was read.").arg(shown));
        look(text->view(), form, {shown, QDir::cleanPath(source.path).section(u'/', -1) + u'/' + path});
        return static_cast<qint64>(text->bytes.size());
    }

    struct FileName
    {
        QString shown;
        QString path; // with the folder that was named: it may itself be the one for servers
    };

    void look(std::string_view text, BuiltFile form, const FileName &file)
    {
        ++m_read.files;
        // Hermes compiles what is called a bundle to bytes.
        const std::string_view start = text.substr(0, 8000);
        const bool isBinary = form == BuiltFile::Binary || start.find('\0') != std::string_view::npos;
        const bool isWhole = findCalledAddresses(text, isBinary, [&](const CalledAddress &address) {
            const AddressKind kind = kindOf(address, m_target);
            if (kind == AddressKind::ProviderTest && holdsHost(text, liveHostOf(address.host)))
                return; // a library that chooses while it runs
            if (kind != AddressKind::Other && kind != AddressKind::Library)
                keep({address, kind, file.shown, isForServers(file.path), 1});
        });
        if (!isWhole)
            m_reading.addGap(Text::tr("%1 names more addresses than are read of one file.").arg(file.shown));
    }

    static bool holdsHost(std::string_view text, const QString &host)
    {
        return text.find("://" + host.toStdString()) != std::string_view::npos;
    }

    void keep(BuiltAddress one)
    {
        const QString origin = one.address.origin();
        if (!m_found.contains(origin) && m_found.size() >= kMostOrigins) {
            ++m_dropped;
            return;
        }
        const auto [entry, isNew] = m_found.try_emplace(origin, one);
        if (isNew)
            return;
        BuiltAddress &known = entry->second;
        const int places = known.places + 1;
        const bool isForServer = known.isForServer && one.isForServer;
        const auto order = [](const BuiltAddress &a) {
            return std::tuple(a.isForServer, rankOf(a.address.use), a.file, a.address.line);
        };
        if (order(one) < order(known))
            known = std::move(one);
        known.places = places;
        known.isForServer = isForServer;
    }

    const Target &m_target;
    const SourceNames m_names;
    BoundedReading m_reading;
    std::map<QString, BuiltAddress> m_found; // by origin
    BuiltAddresses m_read;
    int m_dropped = 0; // addresses
};

} // namespace

BuiltFile builtFileOf(const QString &path)
{
    const QString lower = path.toLower();
    const QString name = lower.section(u'/', -1);
    const bool isCache = lower.contains(".next/cache/"_L1) || lower.startsWith("cache/"_L1) ||
                         lower.contains("/.cache/"_L1) || name.endsWith(".map"_L1) || name == "package.json"_L1 ||
                         name.endsWith("-lock.json"_L1) || name.endsWith(".nft.json"_L1) ||
                         name == "required-server-files.json"_L1;
    if (isCache || weightOf(lower.toUtf8()) == PlaceWeight::Lower)
        return BuiltFile::NotLookedAt;
    constexpr std::array texts{".js"_L1,   ".mjs"_L1,        ".cjs"_L1,      ".html"_L1, ".htm"_L1,
                               ".json"_L1, ".bundle"_L1,     ".jsbundle"_L1, ".env"_L1,  ".plist"_L1,
                               ".xml"_L1,  ".properties"_L1, ".yaml"_L1};
    constexpr std::array binaries{".dex"_L1, "/libapp.so"_L1, "kernel_blob.bin"_L1, "/app"_L1};
    const auto ends = [&](QLatin1StringView end) { return lower.endsWith(end); };
    if (std::ranges::any_of(texts, ends))
        return BuiltFile::Text;
    return std::ranges::any_of(binaries, ends) ? BuiltFile::Binary : BuiltFile::NotLookedAt;
}

QString ReadBuiltAddresses::key() const
{
    QStringList parts{target.domain};
    for (const Host &host : target.hosts)
        parts.append(host.name);
    for (const LocalSource &source : sources)
        parts.append(toWord(source.kind) + u'=' + source.path);
    return parts.join(u'\n');
}

Result<BuiltAddresses> probe(const ReadBuiltAddresses &question, ProbeContext &context)
{
    Reader reader(question, context);
    for (const LocalSource &source : question.sources) {
        if (source.kind == SourceKind::Build)
            reader.readFolder(source);
        else if (source.kind == SourceKind::Package)
            reader.readPackage(source);
    }
    return reader.finish();
}

} // namespace cockpit::deploy
