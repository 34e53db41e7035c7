#include "checks/secrets/deflated.h"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace cockpit {

namespace {

// RFC 1950, section 2.2: deflate with a window of at most 32 KiB, no dictionary, and a check on the two bytes.
bool hasHeader(QByteArrayView bytes)
{
    constexpr qsizetype shortest = 8; // header, the shortest block and the checksum
    if (bytes.size() < shortest)
        return false;
    const auto method = static_cast<unsigned char>(bytes[0]);
    const auto flags = static_cast<unsigned char>(bytes[1]);
    constexpr unsigned deflate = 8;
    constexpr unsigned largestWindow = 7;
    constexpr unsigned dictionary = 0x20;
    return (method & 0xfU) == deflate && method >> 4 <= largestWindow && (flags & dictionary) == 0 &&
           (method << 8 | flags) % 31 == 0;
}

bool isLetter(char c)
{
    return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
}

// The beginning of a longer one unpacks without a fault, and all of a shorter one to its end.
bool isStream(QByteArrayView beginning)
{
    constexpr qsizetype decides = 512;
    const QByteArrayView first = beginning.first(std::min(decides, beginning.size()));
    if (!hasHeader(first) || std::ranges::all_of(first, isLetter))
        return false;
    Inflater inflater(first);
    std::array<char, 4096> letters{};
    qsizetype got = 1;
    while (got > 0)
        got = inflater.read(letters.data(), letters.size());
    return got == 0 || (first.size() == decides && inflater.taken() == decides);
}

// Between "obj" and "stream", of which only the end is looked at.
bool isPicture(QByteArrayView before)
{
    constexpr qsizetype longest = 1024;
    const QByteArrayView near = before.last(std::min(longest, before.size()));
    const qsizetype begin = near.lastIndexOf("obj");
    const QByteArrayView dictionary = near.sliced(std::max<qsizetype>(0, begin));
    return dictionary.contains("/Subtype /Image") || dictionary.contains("/Subtype/Image");
}

// Behind the word and the end of its line.
qsizetype dataBehind(QByteArrayView pdf, qsizetype at)
{
    if (at < pdf.size() && pdf[at] == '\r')
        ++at;
    return at < pdf.size() && pdf[at] == '\n' ? at + 1 : at;
}

} // namespace

struct Inflater::Stream
{
    z_stream zlib{};
    bool isReady = false;
    bool hasEnded = false;
    bool isDamaged = false;
};

Inflater::Inflater(QByteArrayView packed) : m_stream(std::make_unique<Stream>())
{
    z_stream &zlib = m_stream->zlib;
    zlib.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data())); // it does not write there
    zlib.avail_in = static_cast<uInt>(packed.size());
    m_stream->isReady = inflateInit(&zlib) == Z_OK;
}

Inflater::~Inflater()
{
    if (m_stream->isReady)
        inflateEnd(&m_stream->zlib);
}

qsizetype Inflater::read(char *to, size_t most)
{
    z_stream &zlib = m_stream->zlib;
    if (m_stream->hasEnded)
        return 0;
    m_stream->isDamaged = !m_stream->isReady || m_stream->isDamaged;
    if (m_stream->isDamaged)
        return -1;
    zlib.next_out = reinterpret_cast<Bytef *>(to);
    zlib.avail_out = static_cast<uInt>(most);
    const int code = inflate(&zlib, Z_NO_FLUSH);
    const auto got = static_cast<qsizetype>(most - zlib.avail_out);
    m_stream->hasEnded = code == Z_STREAM_END;
    m_stream->isDamaged = got == 0 && !m_stream->hasEnded;
    return m_stream->isDamaged ? -1 : got;
}

qsizetype Inflater::taken() const
{
    return static_cast<qsizetype>(m_stream->zlib.total_in);
}

bool Inflater::hasEnded() const
{
    return m_stream->hasEnded;
}

bool Inflater::isDamaged() const
{
    return m_stream->isDamaged;
}

Deflated deflatedForm(QByteArrayView beginning)
{
    if (beginning.startsWith("%PDF-"))
        return Deflated::Pdf;
    return isStream(beginning) ? Deflated::Stream : Deflated::No;
}

PdfPlace nextPdfStream(QByteArrayView pdf, qsizetype from)
{
    int refused = 0;
    constexpr QByteArrayView word = "stream";
    constexpr QByteArrayView end = "end";
    for (qsizetype at = pdf.indexOf(word, from); at >= 0; at = pdf.indexOf(word, at + word.size())) {
        const QByteArrayView before = pdf.first(at);
        const qsizetype begin = dataBehind(pdf, at + word.size());
        if (!before.endsWith(end) && hasHeader(pdf.sliced(begin)) && !isPicture(before))
            return {.at = begin, .isStream = true};
        if (++refused == kMostRefused)
            return {.at = begin};
    }
    return {};
}

} // namespace cockpit
