#include "checks/access/tokenplaces.h"

#include "checks/secrets/archivewalk.h"
#include "checks/secrets/placeweight.h"
#include "checks/secrets/settings/wholetext.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <tuple>

namespace cockpit::access {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TokenPlaces)
};

constexpr qint64 kMostFiles = 300'000; // of one folder
constexpr qint64 kMostBytes = qint64(512) << 20;
constexpr size_t kMostKept = 5000;

// What libraries leave in an app package, whatever its code was compiled to.
struct Trace
{
    std::string_view words;
    QLatin1StringView store;
    StoreKind kind = StoreKind::Plain;
    Stack stack = Stack::Android;
};
constexpr std::array kTraces{
    Trace{"expo/modules/securestore"sv, "expo-secure-store"_L1, StoreKind::Packaged, Stack::ReactNative},
    Trace{"com/oblador/keychain"sv, "react-native-keychain"_L1, StoreKind::Packaged, Stack::ReactNative},
    Trace{"com/emeraldsanto/encryptedstorage"sv, "react-native-encrypted-storage"_L1, StoreKind::Packaged,
          Stack::ReactNative},
    Trace{"fluttersecurestorage"sv, "flutter_secure_storage"_L1, StoreKind::Packaged, Stack::Flutter},
    Trace{"androidx/security/crypto"sv, "EncryptedSharedPreferences"_L1, StoreKind::Packaged, Stack::Android},
    Trace{"AndroidKeyStore"sv, "Android Keystore"_L1, StoreKind::Packaged, Stack::Android},
    Trace{"SecItemAdd"sv, "Keychain"_L1, StoreKind::Packaged, Stack::Ios},
    Trace{"com/reactnativecommunity/asyncstorage"sv, "AsyncStorage"_L1, StoreKind::Plain, Stack::ReactNative},
    Trace{"RNCAsyncStorage"sv, "AsyncStorage"_L1, StoreKind::Plain, Stack::ReactNative},
    Trace{"io/flutter/plugins/sharedpreferences"sv, "SharedPreferences"_L1, StoreKind::Plain, Stack::Flutter},
    Trace{"com/capacitorjs/plugins/preferences"sv, "Capacitor Preferences"_L1, StoreKind::Plain, Stack::Capacitor},
};

bool isBuilt(const QString &path)
{
    constexpr std::array folders{"dist"_L1, "build"_L1, ".next"_L1, "out"_L1, "www"_L1, ".expo"_L1, ".dart_tool"_L1};
    const QStringList parts = path.split(u'/');
    return std::any_of(parts.begin(), parts.end() - 1, [&](const QString &part) {
        return std::ranges::any_of(folders, [&](QLatin1StringView one) { return part == one; });
    });
}

bool isMachineCode(const QString &path)
{
    const QString name = path.section(u'/', -1);
    return name.endsWith(".dex"_L1) || name.endsWith(".so"_L1) || !name.contains(u'.');
}

class PlaceReader
{
public:
    explicit PlaceReader(ProbeContext &context) : m_context(context) {}

    void readFolder(const QString &root)
    {
        const CancelToken stop = m_context.token.boundedBy(m_context.deadline);
        const QString shown = QDir::toNativeSeparators(root);
        qint64 files = 0;
        const auto totals = walkTree(root, {1, stop}, [&](const WalkedFile &file, size_t) -> Result<void> {
            if (isOver() || ++files > kMostFiles || m_bytes > kMostBytes) {
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
        if (totals->isStopped && !isOver())
            m_read.gaps.append(Text::tr("%1 holds more than is read at once: name the folder of one app.").arg(shown));
        if (totals->unreadable > 0)
            m_read.gaps.append(
                Text::tr("%n file(s) of %1 could not be read.", nullptr, static_cast<int>(totals->unreadable))
                    .arg(shown));
    }

    void readPackage(const QString &path)
    {
        const QString name = QFileInfo(path).fileName();
        const auto report = walkArchiveFile(
            path, name, {},
            [&](const ArchiveEntry &entry) {
                if (!isOver())
                    visitPackaged(entry);
            },
            m_context.token);
        if (!report) {
            m_read.gaps.append(report.error().message);
            return;
        }
        ++m_readable;
        m_read.hasPackage = true;
        m_read.gaps += gapSentences(*report, name);
    }

    Result<TokenPlaces> finish()
    {
        if (isOver())
            return failure(m_context.token.isCancelled() ? ErrorKind::Cancelled : ErrorKind::TimedOut,
                           Text::tr("The code was not read to its end."));
        if (m_readable == 0 && !m_read.gaps.isEmpty())
            return failure(ErrorKind::NotFound, m_read.gaps.join(u' '));
        std::ranges::sort(m_read.places, [](const StoragePlace &one, const StoragePlace &other) {
            return std::tie(one.file, one.line, one.store) < std::tie(other.file, other.line, other.store);
        });
        return std::move(m_read);
    }

private:
    bool isOver() const { return m_context.token.isCancelled() || m_context.deadline.hasPassed(); }

    Result<void> visit(const WalkedFile &file)
    {
        const QString path = shownPath(file.path);
        if (!isAppCode(path) || isBuilt(path) || weightOf(file.path) == PlaceWeight::Lower)
            return {};
        const auto text = env::wholeText(file);
        if (!text)
            return tl::unexpected(text.error());
        if (text->isBinary || text->isCut)
            return {};
        ++m_read.files;
        m_bytes += static_cast<qint64>(text->bytes.size());
        keep(storagePlaces(text->view(), path));
        return {};
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
            keep(storagePlaces(text, path));
            return;
        }
        for (const Trace &trace : kTraces)
            if (text.find(trace.words) != std::string_view::npos)
                keep({{QString(trace.store), trace.kind, trace.stack, false, path, 0}});
    }

    void keep(std::vector<StoragePlace> places)
    {
        const size_t room = kMostKept - std::min(kMostKept, m_read.places.size());
        const auto taken = static_cast<std::ptrdiff_t>(std::min(room, places.size()));
        std::move(places.begin(), places.begin() + taken, std::back_inserter(m_read.places));
    }

    ProbeContext &m_context;
    TokenPlaces m_read;
    qint64 m_bytes = 0;
    int m_readable = 0;
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
    PlaceReader reader(context);
    for (const LocalSource &source : question.sources) {
        if (source.kind == SourceKind::Code)
            reader.readFolder(source.path);
        else if (source.kind == SourceKind::Package)
            reader.readPackage(source.path);
    }
    return reader.finish();
}

} // namespace cockpit::access
