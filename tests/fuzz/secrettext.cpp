// The whole search for keys, with the rules that come along, over a text at hand and over the same one as a stream.
#include "fuzz/fuzz.h"

#include "checks/secrets/allowmark.h"
#include "checks/secrets/textscanner.h"

#include <algorithm>
#include <cstring>

using namespace cockpit;

namespace {

TextScanner scannerOf(Programs programs)
{
    static const auto patterns = PatternSet::compile(loadLeakRules().value());
    promise(patterns.has_value(), "the rules come along and compile");
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
    return TextScanner::make(*patterns, {.key = QByteArray(32, 'k'), .token = {}, .now = now, .programs = programs})
        .value();
}

void look(const TextScan &scan, std::string_view text)
{
    promise(scan.hits.size() <= TextScanner::kMostHits, "not too many hits");
    for (const SecretHit &hit : scan.hits) {
        const qint64 end = hit.offset + hit.length;
        promise(hit.offset >= 0 && hit.length > 0 && end <= static_cast<qint64>(text.size()), "a place of the text");
        promise(hit.line >= 1 && hit.column >= 1 && hit.line <= static_cast<qint64>(text.size()) + 1, "a line of it");
        promise(hit.kind != LeakKind::Jwt, "decoded");
        const QString value = QString::fromUtf8(text.data() + hit.offset, static_cast<qsizetype>(hit.length));
        promise(hit.through != Through::Plain || !hit.masked.contains(value), "the value is not shown");
    }
}

bool isSame(const SecretHit &one, const SecretHit &other)
{
    return one.rule == other.rule && one.offset == other.offset && one.length == other.length &&
           one.line == other.line && one.column == other.column && one.fingerprint == other.fingerprint;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    static TextScanner ofTexts = scannerOf(Programs::AsText);
    static TextScanner ofPrograms = scannerOf(Programs::Strings);
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    for (TextScanner *scanner : {&ofTexts, &ofPrograms}) {
        const TextScan whole = scanner->scan(text);
        look(whole, text);
        size_t at = 0;
        const auto streamed = scanner->scanStream([&](char *to, qint64 most) -> Result<qint64> {
            const size_t now = std::min({static_cast<size_t>(most), text.size() - at, size_t(113)});
            std::memcpy(to, text.data() + at, now);
            at += now;
            return static_cast<qint64>(now);
        });
        promise(streamed.has_value(), "a stream is read");
        promise(!whole.ended && !streamed->ended, "to its end");
        promise(std::ranges::equal(whole.hits, streamed->hits, isSame), "a stream holds what the text holds");
    }
    const auto named = ofTexts.scanNames({&text, 1}, [text](size_t, TextScan &scan) { look(scan, text); });
    promise(named.has_value(), "a name is looked at");
    const MarkedLine line{.text = text, .valueStart = size / 3, .valueEnd = size / 2};
    BlockMarks marks(text, true, std::nullopt, {{size / 3, size / 2}});
    const auto reading = marks.on(line);
    for (size_t i = 0; reading && i < kLanguages; ++i) {
        const AllowMark mark = reading->in(static_cast<Language>(i));
        promise(!mark.reason || (!mark.isInVain() && !mark.reason->contains(u'\n')), "a reason is one line");
    }
    return 0;
}
