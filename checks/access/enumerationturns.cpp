// In which order access.enumeration asks for which names.
#include "checks/access/enumerationlook.h"

#include <QRandomGenerator>
#include <QUuid>

#include <algorithm>
#include <atomic>

namespace cockpit {

using namespace Qt::StringLiterals;

bool makesAccounts(EntryKind kind)
{
    return kind == EntryKind::SignUp || kind == EntryKind::Invite || kind == EntryKind::MagicLink;
}

QString unknownLike(const QString &mail, EntryKind kind)
{
    const qsizetype at = mail.lastIndexOf(u'@');
    const qsizetype length = std::clamp<qsizetype>(at < 0 ? mail.size() : at, 6, 30);
    // Another letter first each time: "l***@…", as some products repeat an address, would be of all that we make up.
    static std::atomic_uint count = QRandomGenerator::global()->generate();
    const QChar letter = QChar::fromLatin1(static_cast<char>('a' + count++ % 26));
    const QString local = (letter + u"lc"_s + QUuid::createUuid().toString(QUuid::Id128)).left(length);
    if (makesAccounts(kind))
        return local + u"@example.com"_s;
    return at < 0 ? local : local + mail.mid(at);
}

namespace {

struct Pair
{
    QString known;
    QString unknown;
};

std::vector<Pair> pairsOf(const EnumerationPlan::Series &series)
{
    QStringList few; // where each may make an account
    for (int i = 0; makesAccounts(series.entry.kind) && i < kMostNewNames; ++i)
        few.append(unknownLike(series.like, series.entry.kind));
    std::vector<QString> beside; // of each known name its own
    for (std::size_t i = 0; i < series.known.size(); ++i)
        beside.push_back(unknownLike(series.like, series.entry.kind));
    const auto most = static_cast<std::size_t>(series.pairs);
    std::vector<Pair> pairs;
    for (int round = 0; pairs.size() < most && round < kMostPairs; ++round) {
        for (std::size_t i = 0; i < series.known.size() && pairs.size() < most; ++i) {
            if (round < series.known[i].times)
                pairs.push_back(
                    {series.known[i].name,
                     few.isEmpty() ? beside[i] : few.at(static_cast<qsizetype>(pairs.size()) % few.size())});
        }
    }
    return pairs;
}

} // namespace

std::vector<AskedName> turnsOf(const EnumerationPlan::Series &series, const std::function<bool()> &chance)
{
    std::vector<AskedName> turns;
    bool isKnownFirst = false;
    const std::vector<Pair> pairs = pairsOf(series);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        // Known, unknown, unknown, known; or the other way round.
        isKnownFirst = i % 2 == 0 ? chance() : !isKnownFirst;
        for (const bool isKnown : {isKnownFirst, !isKnownFirst})
            turns.push_back({isKnown ? pairs[i].known : pairs[i].unknown, isKnown});
    }
    return turns;
}

} // namespace cockpit
