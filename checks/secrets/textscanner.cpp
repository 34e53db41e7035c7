#include "checks/secrets/textscanner.h"

#include "checks/secrets/allowmark.h"
#include "checks/secrets/candidate.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/narrowsource.h"

#include <algorithm>
#include <cstring>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// What a value needs of the text around it stands in the same block: a private key behind its keyword, the keyword a
// kilobyte before.
constexpr size_t kBefore = 16 << 10;
constexpr size_t kAfter = 20 << 10;
constexpr size_t kWholeBlock = TextScanner::kBlock + kBefore + kAfter;
constexpr size_t kMostMatches = 4 * TextScanner::kMostHits; // of a block: most of them may be no secrets
constexpr size_t kLongestLine = 4096; // this much of a line, before and behind a value, is searched for an allow mark

// A piece of a text. What begins in [ownFrom, ownTo) is found here; the rest is there to be seen.
struct Block
{
    std::string_view text;
    qint64 base = 0; // where it begins in the text
    size_t ownFrom = 0;
    size_t ownTo = 0;
};

qint64 lineEndsIn(std::string_view text)
{
    qint64 count = 0;
    for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
        ++count;
    return count;
}

// Counts lines while blocks go by.
class LineCounter
{
public:
    // The lines of what comes before the next block.
    void pass(std::string_view text, qint64 base)
    {
        m_line += lineEndsIn(text);
        if (const size_t last = text.rfind('\n'); last != std::string_view::npos)
            m_lineStart = base + static_cast<qint64>(last) + 1;
    }

    struct Place
    {
        qint64 line = 1;
        qint64 column = 1;
    };
    // Of a place in a block that begins where pass() ended. Places are asked for in order.
    Place placeOf(const Block &block, size_t at)
    {
        const size_t from = static_cast<size_t>(std::max<qint64>(m_passedTo - block.base, 0));
        const std::string_view between = block.text.substr(from, at - std::min(at, from));
        m_lineHere += lineEndsIn(between);
        if (const size_t last = between.rfind('\n'); last != std::string_view::npos)
            m_lineStartHere = block.base + static_cast<qint64>(from + last) + 1;
        m_passedTo = block.base + static_cast<qint64>(std::max(at, from));
        return {m_lineHere, block.base + static_cast<qint64>(at) - m_lineStartHere + 1};
    }
    void begin(const Block &block)
    {
        m_passedTo = block.base;
        m_lineHere = m_line;
        m_lineStartHere = m_lineStart;
    }

private:
    qint64 m_line = 1;
    qint64 m_lineStart = 0;
    qint64 m_passedTo = 0;
    qint64 m_lineHere = 1;
    qint64 m_lineStartHere = 0;
};

// The lines that a value stands on, as far as they are worth looking at.
std::pair<size_t, size_t> linesOf(std::string_view text, size_t start, size_t end)
{
    const size_t earliest = start > kLongestLine ? start - kLongestLine : 0;
    const size_t latest = std::min(text.size(), end + kLongestLine);
    const size_t before = text.substr(earliest, start - earliest).rfind('\n');
    const size_t after = text.substr(end, latest - end).find('\n');
    return {before == std::string_view::npos ? earliest : earliest + before + 1,
            after == std::string_view::npos ? latest : end + after};
}

// A hit of UTF-16 in the places of the file.
void widen(SecretHit &hit, size_t markBytes)
{
    const auto mark = static_cast<qint64>(markBytes);
    hit.offset = 2 * hit.offset + mark;
    hit.length *= 2;
    hit.column = 2 * hit.column - 1 + (hit.line == 1 ? mark : 0);
    if (hit.through == Through::Plain)
        hit.through = Through::Utf16;
}

} // namespace

QString maskedSecret(std::string_view value)
{
    constexpr size_t ends = 4;
    constexpr size_t showsHead = 12;
    constexpr size_t showsBoth = 24;
    const auto shown = [](std::string_view part) {
        QString text;
        for (const char c : part)
            text += c > 0x20 && c < 0x7f ? QChar::fromLatin1(c) : u'?';
        return text;
    };
    if (value.size() < showsHead)
        return u"••••"_s;
    const QString head = shown(value.substr(0, ends)) + u"••••"_s;
    return value.size() < showsBoth ? head : head + shown(value.substr(value.size() - ends));
}

struct TextScanner::Work
{
    Work(std::shared_ptr<const PatternSet> set, ScanSettings given, std::unique_ptr<PatternSet::Room> itsRoom)
        : patterns(std::move(set)), settings(std::move(given)), room(std::move(itsRoom))
    {
    }

    void look(const Block &block, TextScan &scan);
    void judge(std::string_view text, std::vector<JudgedSecret> &judged, bool &isCut);
    void lookDecoded(const Block &block, bool &isCut);
    SecretHit hitOf(const Block &block, const JudgedSecret &judged, std::string_view value, Through through);
    bool isOver(TextScan &scan) const;
    TextScan scanBytes(std::string_view text);
    Result<void> scanSource(NarrowSource &source, TextScan &scan);

    // A judgement of the view, and where the source has it.
    struct Encoded
    {
        JudgedSecret at;
        std::string_view value;
        Through through = Through::Plain;
    };

    const std::shared_ptr<const PatternSet> patterns;
    const ScanSettings settings;
    const std::unique_ptr<PatternSet::Room> room;
    DecodedView view;
    std::vector<PatternMatch> matches;
    std::vector<JudgedSecret> plain;
    std::vector<JudgedSecret> decoded;
    std::vector<Encoded> encoded;
    LineCounter lines;
    WipedBytes buffer; // of a stream
};

void TextScanner::Work::judge(std::string_view text, std::vector<JudgedSecret> &judged, bool &isCut)
{
    matches.clear();
    judged.clear();
    patterns->search(text, *room, matches, kMostMatches);
    isCut = isCut || matches.size() >= kMostMatches;
    for (const PatternMatch &match : matches) {
        if (const auto value = judgeMatch(text, match, patterns->rules()[match.rule], settings.now))
            judged.push_back(*value);
    }
    keepSurest(judged);
}

// What only the decoded text shows.
void TextScanner::Work::lookDecoded(const Block &block, bool &isCut)
{
    encoded.clear();
    if (!view.build(block.text))
        return;
    judge(view.text(), decoded, isCut);
    for (const JudgedSecret &judged : decoded) {
        const auto match = view.sourceOf(judged.matchStart, judged.matchEnd);
        if (match.through == Through::Plain)
            continue;
        const auto place = view.sourceOf(judged.start, judged.end);
        // The last that begins before this one ends: they do not overlap each other.
        const auto after = std::ranges::lower_bound(plain, place.end, {}, &JudgedSecret::start);
        if (after != plain.begin() && std::prev(after)->end > place.start)
            continue;
        Encoded hit{judged, view.text().substr(judged.start, judged.end - judged.start), match.through};
        hit.at.start = place.start;
        hit.at.end = place.end;
        encoded.push_back(hit);
    }
}

SecretHit TextScanner::Work::hitOf(const Block &block, const JudgedSecret &judged, std::string_view value,
                                   Through through)
{
    SecretHit hit;
    hit.rule = judged.rule;
    hit.kind = judged.kind;
    hit.severity = judged.severity;
    hit.offset = block.base + static_cast<qint64>(judged.start);
    hit.length = static_cast<qint64>(judged.end - judged.start);
    const auto place = lines.placeOf(block, judged.start);
    hit.line = place.line;
    hit.column = place.column;
    hit.masked = maskedSecret(value);
    hit.fingerprint = fingerprintOf(value, settings.key);
    hit.through = through;
    return hit;
}

void TextScanner::Work::look(const Block &block, TextScan &scan)
{
    judge(block.text, plain, scan.isCut);
    lookDecoded(block, scan.isCut);
    if (plain.empty() && encoded.empty())
        return;
    std::vector<Encoded> all = std::move(encoded);
    for (const JudgedSecret &judged : plain)
        all.push_back({judged, block.text.substr(judged.start, judged.end - judged.start), Through::Plain});
    std::ranges::sort(all, {}, [](const Encoded &hit) { return hit.at.start; });
    lines.begin(block);
    for (auto hit = all.cbegin(); hit != all.cend(); ++hit) {
        const bool isOwn = hit->at.start >= block.ownFrom && hit->at.start < block.ownTo;
        if (!isOwn)
            continue;
        if (scan.hits.size() >= kMostHits) {
            scan.isCut = true;
            return;
        }
        SecretHit found = hitOf(block, hit->at, hit->value, hit->through);
        const auto [from, to] = linesOf(block.text, hit->at.start, hit->at.end);
        // A reason never reaches into a value on its line.
        std::vector<size_t> values;
        const auto startOf = [](const Encoded &other) { return other.at.start; };
        for (auto other = std::ranges::lower_bound(all, from, {}, startOf); other != all.end() && other->at.start < to;
             ++other)
            values.push_back(other->at.start - from);
        const AllowMark mark = allowMarkIn(block.text.substr(from, to - from), values);
        scan.allowsWithoutReason += mark.isWithoutReason ? 1 : 0;
        found.allowed = mark.reason;
        scan.hits.push_back(std::move(found));
    }
}

bool TextScanner::Work::isOver(TextScan &scan) const
{
    scan.isStopped = scan.isStopped || settings.token.isCancelled();
    return scan.isStopped || scan.hits.size() >= kMostHits;
}

TextScan TextScanner::Work::scanBytes(std::string_view text)
{
    TextScan scan;
    lines = {};
    for (size_t own = 0; own < text.size() && !isOver(scan);) {
        const size_t from = own > kBefore ? own - kBefore : 0;
        const bool isLast = text.size() - own <= kBlock + kAfter;
        const size_t ownEnd = isLast ? text.size() : own + kBlock;
        const Block block{text.substr(from, std::min(text.size(), ownEnd + kAfter) - from), static_cast<qint64>(from),
                          own - from, ownEnd - from};
        look(block, scan);
        if (!isLast)
            lines.pass(text.substr(from, ownEnd - std::min(ownEnd, kBefore) - from), block.base);
        own = ownEnd;
        scan.bytes = static_cast<qint64>(own);
    }
    return scan;
}

// As scanBytes(), of a text of which only a few blocks are there at a time.
Result<void> TextScanner::Work::scanSource(NarrowSource &source, TextScan &scan)
{
    lines = {};
    buffer.resize(kWholeBlock);
    Block block;
    for (size_t held = 0; !isOver(scan);) {
        const auto got = source.fill(buffer.data() + held, buffer.size() - held);
        if (!got)
            return tl::unexpected(got.error());
        held += *got;
        const bool isLast = source.isAtEnd();
        block.text = std::string_view(buffer).substr(0, held);
        block.ownTo = isLast ? held : held - kAfter;
        look(block, scan);
        scan.bytes = block.base + static_cast<qint64>(block.ownTo);
        if (isLast)
            break;
        const size_t gone = block.ownTo - kBefore;
        lines.pass(block.text.substr(0, gone), block.base);
        std::memmove(buffer.data(), buffer.data() + gone, held - gone);
        held -= gone;
        block.base += static_cast<qint64>(gone);
        block.ownFrom = kBefore;
    }
    return {};
}

Result<TextScanner> TextScanner::make(std::shared_ptr<const PatternSet> patterns, ScanSettings settings)
{
    auto room = patterns->makeRoom();
    if (!room)
        return tl::unexpected(room.error());
    return TextScanner(std::make_unique<Work>(std::move(patterns), std::move(settings), std::move(*room)));
}

TextScanner::TextScanner(std::unique_ptr<Work> work) : m_work(std::move(work)) {}
TextScanner::~TextScanner() = default;
TextScanner::TextScanner(TextScanner &&) noexcept = default;
TextScanner &TextScanner::operator=(TextScanner &&) noexcept = default;

TextScan TextScanner::scan(std::string_view text)
{
    const FormFound form = formOf(text);
    if (form.form == TextForm::Binary) {
        TextScan binary;
        binary.isBinary = true;
        return binary;
    }
    if (form.form == TextForm::Bytes)
        return m_work->scanBytes(text);
    WipedBytes narrow(text.substr(form.markBytes));
    narrow.resize(narrowUtf16(narrow.data(), narrow.size(), form.form));
    TextScan scan = m_work->scanBytes(narrow);
    scan.bytes *= 2;
    for (SecretHit &hit : scan.hits)
        widen(hit, form.markBytes);
    return scan;
}

Result<TextScan> TextScanner::scanStream(const ReadBytes &read)
{
    NarrowSource source(read);
    const auto form = source.begin();
    if (!form)
        return tl::unexpected(form.error());
    TextScan scan;
    scan.isBinary = form->form == TextForm::Binary;
    if (scan.isBinary)
        return scan;
    const auto looked = m_work->scanSource(source, scan);
    const bool isWide = form->form != TextForm::Bytes;
    if (!isWide || !looked)
        return looked.map([&] { return std::move(scan); });
    scan.bytes *= 2;
    for (SecretHit &hit : scan.hits)
        widen(hit, form->markBytes);
    return scan;
}

} // namespace cockpit
