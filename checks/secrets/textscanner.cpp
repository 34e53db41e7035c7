#include "checks/secrets/textscanner.h"

#include "checks/secrets/base64parts.h"
#include "checks/secrets/mediaform.h"
#include "checks/secrets/scannerwork.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

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

// A hit of bytes behind a mark, in the places of the file: the mark is no character of its line.
void moveBehindMark(TextScan &scan, size_t markBytes)
{
    const auto mark = static_cast<qint64>(markBytes);
    scan.bytes += mark;
    for (SecretHit &hit : scan.hits) {
        hit.offset += mark;
        hit.column += hit.line == 1 ? mark : 0;
    }
}

} // namespace

void SecretHit::settleMarks(Language language)
{
    if (!marks)
        return;
    const AllowMark mark = marks->in(language);
    allowed = mark.reason;
    markTrouble = mark.trouble;
}

QString maskedSecret(std::string_view value, bool showsEnd)
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
    // The ends of an encoded password are ends of the password.
    if (value.size() < showsHead || isBase64OfText(value))
        return u"••••"_s;
    const QString head = shown(value.substr(0, ends)) + u"••••"_s;
    return value.size() < showsBoth || !showsEnd ? head : head + shown(value.substr(value.size() - ends));
}

Result<TextScanner> TextScanner::make(std::shared_ptr<const PatternSet> patterns, ScanSettings settings)
{
    auto room = patterns->makeRoom(settings.token);
    if (!room)
        return tl::unexpected(room.error());
    return TextScanner(std::make_unique<Work>(std::move(patterns), std::move(settings), std::move(*room)));
}

TextScanner::TextScanner(std::unique_ptr<Work> work) : m_work(std::move(work)) {}
TextScanner::~TextScanner() = default;
TextScanner::TextScanner(TextScanner &&) noexcept = default;
TextScanner &TextScanner::operator=(TextScanner &&) noexcept = default;

void TextScanner::setLanguage(std::optional<Language> language)
{
    m_work->language = language;
}

TextScan TextScanner::scan(std::string_view text)
{
    return scan(text, m_work->settings.programs);
}

TextScan TextScanner::Work::scanText(std::string_view text, Programs programs)
{
    const FormFound form = formOf(text);
    if (form.form == TextForm::Binary && programs != Programs::AsText) {
        if (!isMedia(text))
            return scanProgram(text);
        TextScan binary;
        binary.isBinary = true;
        return binary;
    }
    if (form.form == TextForm::Bytes || form.form == TextForm::Binary) {
        TextScan scan = scanBytes(text.substr(form.markBytes));
        moveBehindMark(scan, form.markBytes);
        return scan;
    }
    WipedBytes narrow(text.substr(form.markBytes));
    narrow.resize(narrowUtf16(narrow.data(), narrow.size(), form.form));
    TextScan scan = scanBytes(narrow);
    scan.bytes *= 2;
    for (SecretHit &hit : scan.hits)
        widen(hit, form.markBytes);
    return scan;
}

TextScan TextScanner::scan(std::string_view text, Programs programs)
{
    TextScan scan = m_work->scanText(text, programs);
    scan.isClosed = hasClosedParts(text);
    return scan;
}

Result<void> TextScanner::scanNames(std::span<const std::string_view> pieces, const OnPiece &onPiece)
{
    m_work->edges = KeyEdges::OfName;
    auto looked = m_work->scanPieces(pieces, onPiece);
    m_work->edges = KeyEdges::OfText;
    return looked;
}

Result<TextScan> TextScanner::scanStream(const ReadBytes &read)
{
    return scanStream(read, m_work->settings.programs);
}

Result<TextScan> TextScanner::Work::scanSourceOf(const FormFound &form, NarrowSource &source, Programs programs)
{
    TextScan scan;
    if (form.form == TextForm::Binary && programs != Programs::AsText) {
        scan.isBinary = isMedia(source.beginning());
        return scan.isBinary ? std::move(scan) : scanProgramSource(source);
    }
    auto looked = scanSource(source, scan);
    const bool isWide = form.form != TextForm::Bytes && form.form != TextForm::Binary;
    if (!isWide)
        moveBehindMark(scan, form.markBytes);
    if (!isWide || !looked)
        return looked.map([&] { return std::move(scan); });
    scan.bytes *= 2;
    for (SecretHit &hit : scan.hits)
        widen(hit, form.markBytes);
    return scan;
}

Result<TextScan> TextScanner::scanStream(const ReadBytes &read, Programs programs)
{
    NarrowSource source(read);
    const auto form = source.begin();
    if (!form)
        return tl::unexpected(form.error());
    const bool isClosed = hasClosedParts(source.beginning());
    auto scan = m_work->scanSourceOf(*form, source, programs);
    if (scan)
        scan->isClosed = isClosed;
    return scan;
}

} // namespace cockpit
