#include "checks/secrets/archivewalk.h"
#include "tests/lab/leakyrepository.h"

#include <QHash>
#include <QSet>

#include <mutex>
#include <thread>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

const QByteArray kKey(32, 'k');

QByteArray fingerprintOf(const QByteArray &value)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    HMAC(EVP_sha256(), kKey.constData(), static_cast<int>(kKey.size()),
         reinterpret_cast<const unsigned char *>(value.constData()), static_cast<size_t>(value.size()), mac.data(),
         &length);
    return QByteArray(reinterpret_cast<const char *>(mac.data()), static_cast<qsizetype>(length)).toHex();
}

// Compares what is reported with what was planted; from any thread.
class Judge
{
public:
    explicit Judge(const LeakyRepository &made) : m_made(made), m_isFound(made.secrets.size())
    {
        for (size_t i = 0; i < made.secrets.size(); ++i) {
            const Planted &planted = made.secrets[i];
            if (planted.blob.isEmpty())
                m_byValue.insert(fingerprintOf(planted.value), i);
            else
                m_byBlob[planted.blob].push_back(i);
        }
    }

    void see(const BlobText &text, const TextScan &scan)
    {
        const std::lock_guard held(m_lock);
        for (const SecretHit &hit : scan.hits) {
            if (hit.kind != LeakKind::Secret)
                continue;
            ++m_score.hits;
            if (!isPlanted(text.id, hit)) {
                ++m_score.wrong;
                m_score.mistaken.push_back(hit.rule->id.toUtf8() + " in " + text.id + " at line " +
                                           QByteArray::number(hit.line));
            }
        }
    }

    LeakScore score()
    {
        m_score.planted = static_cast<int>(m_made.secrets.size());
        for (size_t i = 0; i < m_isFound.size(); ++i) {
            m_score.found += m_isFound[i] ? 1 : 0;
            if (!m_isFound[i])
                m_score.missed.push_back(m_made.secrets[i].what);
        }
        return m_score;
    }

private:
    bool isPlanted(const QByteArray &blob, const SecretHit &hit)
    {
        if (const auto known = m_byValue.constFind(hit.fingerprint); known != m_byValue.cend()) {
            m_isFound[*known] = true;
            return true;
        }
        for (const size_t i : m_byBlob.value(blob)) {
            const Planted &planted = m_made.secrets[i];
            if (hit.offset < planted.to && hit.offset + hit.length > planted.from) {
                m_isFound[i] = true;
                return true;
            }
        }
        return false;
    }

    const LeakyRepository &m_made;
    std::mutex m_lock;
    std::vector<bool> m_isFound;
    QHash<QByteArray, size_t> m_byValue; // by fingerprint
    QHash<QByteArray, std::vector<size_t>> m_byBlob;
    LeakScore m_score;
};

std::string_view viewOf(QByteArrayView bytes)
{
    return {bytes.data(), static_cast<size_t>(bytes.size())};
}

void look(const BlobText &text, TextScanner &scanner, Judge &judge)
{
    if (!isArchive(text.bytes, {})) {
        judge.see(text, scanner.scan(viewOf(text.bytes)));
        return;
    }
    const auto entry = [&](const ArchiveEntry &inside) { judge.see({}, scanner.scan(viewOf(inside.bytes))); };
    [[maybe_unused]] const auto walked = walkArchive(text.bytes, u"archive"_s, {}, entry, {});
}

} // namespace

Result<LeakScore> scoreOf(const LeakyRepository &made, const QString &folder,
                          const std::shared_ptr<const PatternSet> &patterns, int threads)
{
    const auto repository = GitRepository::open(folder);
    if (!repository)
        return tl::unexpected(repository.error());
    const auto walk = BlobWalk::history(*repository, {});
    if (!walk)
        return tl::unexpected(walk.error());
    Judge judge(made);
    const auto read = [&] {
        auto reader = walk->reader();
        auto scanner = TextScanner::make(patterns, {.key = kKey});
        while (const auto text = reader && scanner ? reader->next() : std::nullopt)
            look(*text, *scanner, judge);
    };
    std::vector<std::thread> others;
    for (int more = 1; more < threads; ++more)
        others.emplace_back(read);
    read();
    for (std::thread &other : others)
        other.join();
    return judge.score();
}

} // namespace cockpit::lab
