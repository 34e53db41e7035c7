#include "checks/secrets/scannerwork.h"

#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/guessable.h"
#include "checks/values/bytekinds.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TextScanner)
};

// What a value needs of the text around it stands in the same block: a private key behind its keyword, the keyword a
// kilobyte before.
// Public, so that an identity is the same everywhere; another key for another form of it.
const QByteArray kKeyOfIdentities = QByteArrayLiteral("launch-cockpit identity 1");

constexpr size_t kBefore = 16 << 10;
constexpr size_t kAfter = 20 << 10;
constexpr size_t kWholeBlock = TextScanner::kBlock + kBefore + kAfter;
constexpr size_t kMostMatches = 4 * TextScanner::kMostHits; // of a block: most of them may be no secrets
constexpr size_t kLongestLine = 4096; // this much of a line, before and behind a value, is searched for an allow mark
constexpr size_t kEndBeside = 6;      // behind the last value of a base64: the end of a line or a quote, and padding

// Backwards over the bytes that are of one kind.
template<typename Kind>
size_t backOver(std::string_view text, size_t at, Kind isOfKind)
{
    while (at > 0 && isOfKind(text[at - 1]))
        --at;
    return at;
}

auto isOneOf(std::string_view bytes)
{
    return [bytes](char c) { return bytes.find(c) != std::string_view::npos; };
}

// How much of the source the names before a value take: "STRIPE_KEY=", "{\"stripe\": {\"key\": \"". What is no name is
// not counted, for it may be a secret of its own.
size_t namesBeside(std::string_view decoded, std::string_view value, size_t sourceLength)
{
    constexpr size_t most = 200;
    const auto end = static_cast<size_t>(value.data() - decoded.data());
    size_t begin = end;
    while (end - begin < most) {
        const size_t signs = backOver(decoded, begin, isOneOf("=: \t\"'`"));
        if (decoded.substr(signs, begin - signs).find_first_of("=:") == std::string_view::npos)
            break;
        const auto isOfName = [](char c) { return isWordByte(c) || c == '_' || c == '-' || c == '.'; };
        const size_t name = backOver(decoded, signs, isOfName);
        begin = backOver(decoded, name, isOneOf(" \t\r\n\"'{,;"));
    }
    constexpr size_t step = 3; // a value begins within a group of base64
    return begin == end ? 0 : (end - begin) * sourceLength / value.size() + step;
}

// The lines that a value stands on, as far as they are worth looking at. A return alone ends one, too: else a file of
// such lines would be one, and a remark in it would be for all of its values.
MarkedLine lineOf(const TextBlock &block, size_t start, size_t end)
{
    constexpr std::string_view ends = "\r\n";
    const std::string_view text = block.text;
    const size_t earliest = start > kLongestLine ? start - kLongestLine : 0;
    const size_t latest = std::min(text.size(), end + kLongestLine);
    const size_t before = text.substr(earliest, start - earliest).find_last_of(ends);
    const size_t after = text.substr(end, latest - end).find_first_of(ends);
    const bool hasStart = before != std::string_view::npos;
    const size_t from = hasStart ? earliest + before + 1 : earliest;
    const size_t to = after == std::string_view::npos ? latest : end + after;
    const bool isStartOfText = earliest == 0 && block.base == 0;
    return {.text = text.substr(from, to - from),
            .start = from,
            .valueStart = start - from,
            .valueEnd = end - from,
            .isCut = !hasStart && !isStartOfText};
}

} // namespace

void TextScanner::Work::judge(std::string_view text, std::vector<JudgedSecret> &judged, bool &isCut)
{
    matches.clear();
    judged.clear();
    if (auto searched = patterns->search(text, *room, matches, kMostMatches); !searched)
        trouble = searched.error();
    isCut = isCut || matches.size() >= kMostMatches;
    for (const PatternMatch &match : matches) {
        if (const auto value = judgeMatch(text, match, patterns->rules()[match.rule], settings.now, edges))
            judged.push_back(*value);
    }
    keepSurest(judged);
}

// Where decoded text says what a value is: "password: c2tf…" of a cluster is a password by its name, and decoded it is
// the key of a service, the same one that stands in clear elsewhere. Only a secret that opens as much tells better: a
// public or a test key beside it hides nothing.
bool TextScanner::Work::tellsBetter(const Encoded &hit, const JudgedSecret &cover)
{
    return isGeneric(*cover.rule) && !isGeneric(*hit.at.rule) && hit.at.kind == LeakKind::Secret &&
           hit.at.severity <= cover.severity && cover.start <= hit.at.start;
}

// The decoded hits over one value of the plain text go out beside it or, where they leave nothing of it, in its place
// (true). Where none tells better, the value stays as it is and they are the same said twice.
bool TextScanner::Work::takeOver(const JudgedSecret &cover, const std::vector<Encoded> &over)
{
    const auto tells = [&cover](const Encoded &hit) { return tellsBetter(hit, cover); };
    bool isFilled = std::ranges::any_of(over, tells);
    size_t toldTo = cover.start;
    for (const Encoded &hit : over) {
        const size_t length = hit.at.end - hit.at.start;
        isFilled = isFilled && hit.at.start <= toldTo + namesBeside(view.text(), hit.value, length);
        toldTo = std::max(toldTo, hit.at.end);
    }
    isFilled = isFilled && cover.end <= toldTo + kEndBeside;
    std::ranges::copy_if(over, std::back_inserter(encoded), [&](const Encoded &hit) { return isFilled || tells(hit); });
    return isFilled;
}

// What only the decoded text shows, and what it tells better.
void TextScanner::Work::lookDecoded(const TextBlock &block, bool &isCut)
{
    encoded.clear();
    if (!view.build(block.text))
        return;
    judge(view.text(), decoded, isCut);
    std::vector<const JudgedSecret *> gone;
    std::vector<Encoded> over; // the same value of the plain text
    const JudgedSecret *cover = nullptr;
    const auto settle = [&] {
        if (cover && takeOver(*cover, over))
            gone.push_back(cover);
        over.clear();
    };
    for (const JudgedSecret &judged : decoded) {
        const auto match = view.sourceOf(judged.matchStart, judged.matchEnd);
        if (match.through == Through::Plain)
            continue;
        const auto place = view.sourceOf(judged.start, judged.end);
        Encoded hit{judged, view.text().substr(judged.start, judged.end - judged.start), match.through};
        hit.at.start = place.start;
        hit.at.end = place.end;
        // The last that begins before this one ends: they do not overlap each other.
        const auto after = std::ranges::lower_bound(plain, place.end, {}, &JudgedSecret::start);
        const bool isCovered = after != plain.begin() && std::prev(after)->end > place.start;
        const JudgedSecret *covering = isCovered ? &*std::prev(after) : nullptr;
        if (covering != cover)
            settle();
        cover = covering;
        (cover ? over : encoded).push_back(hit);
    }
    settle();
    std::ranges::sort(gone);
    std::erase_if(plain, [&gone](const JudgedSecret &one) { return std::ranges::binary_search(gone, &one); });
}

SecretHit TextScanner::Work::hitOf(const TextBlock &block, const JudgedSecret &judged, std::string_view value,
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
    hit.character = place.character;
    // In the row of a database the next column follows without anything between.
    hit.masked = maskedSecret(value, edges != KeyEdges::OfDatabase && !judged.isCutShort);
    hit.fingerprint = fingerprintOf(value, settings.key);
    hit.mayBeGuessed = mayBeGuessed(value, *judged.rule);
    if (!hit.mayBeGuessed)
        hit.identity = fingerprintOf(value, kKeyOfIdentities);
    hit.through = through;
    hit.isWeak = judged.isWeak;
    return hit;
}

// A program has no comments, and a name has none.
BlockMarks TextScanner::Work::marksOf(const TextBlock &block, const std::vector<Encoded> &all) const
{
    std::vector<ValueRange> values;
    values.reserve(all.size());
    for (const Encoded &one : all)
        values.push_back({one.at.start, one.at.end});
    return {block.text, block.base == 0, language, std::move(values), edges == KeyEdges::OfText, settings.token};
}

void TextScanner::Work::look(const TextBlock &block, TextScan &scan)
{
    judge(block.text, plain, scan.isCut);
    lookDecoded(block, scan.isCut);
    if (trouble)
        scan.ended = trouble;
    if (plain.empty() && encoded.empty())
        return;
    std::vector<Encoded> all = std::move(encoded);
    for (const JudgedSecret &judged : plain)
        all.push_back({judged, block.text.substr(judged.start, judged.end - judged.start), Through::Plain});
    std::ranges::sort(all, {}, [](const Encoded &hit) { return hit.at.start; });
    lines.begin(block);
    BlockMarks marks = marksOf(block, all);
    for (auto hit = all.cbegin(); hit != all.cend(); ++hit) {
        const bool isOwn = hit->at.start >= block.ownFrom && hit->at.start < block.ownTo;
        if (!isOwn)
            continue;
        if (scan.hits.size() >= kMostHits) {
            scan.isCut = true;
            return;
        }
        if (settings.token.isCancelled()) {
            scan.ended = ended();
            return;
        }
        SecretHit found = hitOf(block, hit->at, hit->value, hit->through);
        found.marks = marks.on(lineOf(block, hit->at.start, hit->at.end));
        if (marks.isStopped()) { // whether a remark excuses the value is not known
            scan.ended = ended();
            return;
        }
        found.settleMarks(language.value_or(Language::Unknown));
        scan.vainMarks += language && found.markTrouble != MarkTrouble::None ? 1 : 0;
        scan.hits.push_back(std::move(found));
    }
}

// Why no more is searched.
std::optional<Error> TextScanner::Work::ended() const
{
    if (!trouble && settings.token.isCancelled())
        return Error{ErrorKind::Cancelled, Text::tr("The search for secrets was stopped."), {}};
    return trouble;
}

bool TextScanner::Work::isOver(TextScan &scan) const
{
    scan.ended = ended();
    const bool isFull = scan.hits.size() >= kMostHits;
    scan.isCut = scan.isCut || isFull; // whoever asks would go on
    return scan.ended || isFull;
}

TextScan TextScanner::Work::scanBytes(std::string_view text)
{
    TextScan scan;
    lines = {};
    for (size_t own = 0; own < text.size() && !isOver(scan);) {
        const size_t from = own > kBefore ? own - kBefore : 0;
        const bool isLast = text.size() - own <= kBlock + kAfter;
        const size_t ownEnd = isLast ? text.size() : own + kBlock;
        const TextBlock block{text.substr(from, std::min(text.size(), ownEnd + kAfter) - from),
                              static_cast<qint64>(from), own - from, ownEnd - from};
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
    TextBlock block;
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

} // namespace cockpit
