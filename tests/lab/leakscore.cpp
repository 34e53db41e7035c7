#include "checks/secrets/historyscan.h"
#include "tests/lab/leakyrepository.h"

#include <QHash>

#include <array>

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

// Compares what is reported with what was planted.
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

    void see(const FoundSecret &found)
    {
        if (found.hit.kind != LeakKind::Secret)
            return;
        ++m_score.hits;
        const QByteArray object = found.history ? found.history->object : QByteArray();
        if (isPlanted(object, found.hit))
            return;
        ++m_score.wrong;
        m_score.mistaken.push_back(found.hit.rule->id.toUtf8() + " in " + found.path + " at line " +
                                   QByteArray::number(found.hit.line) + " of " + object);
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
    std::vector<bool> m_isFound;
    QHash<QByteArray, size_t> m_byValue; // by fingerprint
    QHash<QByteArray, std::vector<size_t>> m_byBlob;
    LeakScore m_score;
};

} // namespace

Result<LeakScore> scoreOf(const LeakyRepository &made, const QString &folder,
                          const std::shared_ptr<const PatternSet> &patterns)
{
    const auto repository = GitRepository::open(folder);
    if (!repository)
        return tl::unexpected(repository.error());
    const auto walk = BlobWalk::history(*repository, {});
    if (!walk)
        return tl::unexpected(walk.error());
    HistoryProgress progress;
    const auto scan = scanHistory(*repository, *walk, patterns, {.key = kKey}, progress);
    if (!scan)
        return tl::unexpected(scan.error());
    Judge judge(made);
    for (const FoundSecret &found : scan->found)
        judge.see(found);
    return judge.score();
}

} // namespace cockpit::lab
