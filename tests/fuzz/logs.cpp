// Logs, line after line, and the output of builds with values of the settings in it.
#include "fuzz/fuzz.h"

#include "checks/secrets/logread/jsonwalker.h"
#include "checks/secrets/logread/logcollector.h"
#include "checks/secrets/settings/settingsfile.h"

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kKey(32, 'k');
constexpr std::string_view kSettings = "API_SECRET=q8Zr4Lw1Tn7\nDB_PASSWORD=\"Vx2Kp9Bd3Gm\"\n";

env::RawSettings settingsIn(std::string_view text)
{
    return env::readSettings(text, u".env", env::FileRole::Settings);
}

LogDigest digestOf(std::string_view text, size_t step, bool isBuildLog)
{
    static const std::vector<KnownValue> known = knownValuesIn(settingsIn(kSettings), kKey);
    promise(!known.empty(), "the settings are known");
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
    LogCollector collector(KnownFinder(isBuildLog ? known : std::vector<KnownValue>(), kKey), now, isBuildLog);
    collector.begin(u"app.log"_s);
    LineFeed feed([&collector](const LinePiece &piece) { collector.add(piece); });
    for (size_t at = 0; at < text.size(); at += step)
        feed.feed(text.substr(at, step));
    feed.finish();
    collector.end({}, feed.lines());
    return collector.take();
}

void lookAtSamples(const std::vector<LogSample> &samples, qint64 count, qint64 lines)
{
    promise(samples.size() <= kMostLogSamples, "a few samples");
    promise(static_cast<qint64>(samples.size()) <= count, "not more samples than there are");
    for (const LogSample &sample : samples)
        promise(sample.line >= 1 && sample.line <= lines, "a line of the log");
}

void look(const LogDigest &digest)
{
    promise(digest.lines >= 0, "lines are counted");
    for (const auto &[kind, seen] : digest.kinds)
        lookAtSamples(seen.samples, seen.count, digest.lines);
    for (const KnownSeen &seen : digest.known)
        lookAtSamples(seen.samples, seen.count, digest.lines);
    const IdsSeen &ids = digest.ids;
    promise(ids.product.withId <= ids.product.entries && ids.access.withId <= ids.access.entries, "ids of entries");
    promise(ids.shared <= ids.distinct, "a shared id is one of them");
    for (const auto &[file, seen] : digest.ci)
        promise(seen.tracedWithSecret <= seen.traced, "lines that were traced");
}

// However the bytes come in, they tell the same.
bool isAlike(const LogDigest &one, const LogDigest &other)
{
    const auto counts = [](const LogDigest &digest) {
        std::vector<qint64> all{digest.lines, digest.fields.open, digest.fields.hidden, digest.ids.distinct};
        for (const SensitiveKind kind : allSensitiveKinds())
            all.push_back(digest.count(kind));
        for (const KnownSeen &seen : digest.known)
            all.push_back(seen.count);
        return all;
    };
    return counts(one) == counts(other) && one.formats == other.formats;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    for (const bool isBuildLog : {false, true}) {
        const LogDigest whole = digestOf(text, std::max<size_t>(size, 1), isBuildLog);
        look(whole);
        promise(isAlike(whole, digestOf(text, 7, isBuildLog)), "pieces tell what the whole tells");
    }
    JsonWalker walker(text);
    JsonMember member;
    size_t members = 0;
    while (walker.next(member))
        promise(++members <= size, "a member takes a character at least");
    for (const KnownValue &value : knownValuesIn(settingsIn(text), kKey))
        promise(value.length >= 8 && !value.name.isEmpty(), "values that can be known again");
    return 0;
}
