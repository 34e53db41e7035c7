// What is compressed with zlib and is no archive that the library for those knows: a stream by itself (RFC 1950), and
// the streams of a PDF (ISO 32000-1, 7.3.8 and 7.4.4). Internal to the folder.
#pragma once

#include <QByteArrayView>

#include <memory>

namespace cockpit {

enum class Deflated { No, Stream, Pdf };

// By the first bytes (512 tell): of a stream, that they unpack without a fault, as its mark is two bytes that texts
// begin with, too.
Deflated deflatedForm(QByteArrayView beginning);

struct PdfPlace
{
    qsizetype at = -1; // -1: no more of it
    bool isStream = false;
};

// Where the next compressed stream of a PDF begins that is no picture. Behind kMostRefused that are none, or a picture,
// it returns with where to look on, so that the caller can stop. from: the end of the last, or what was returned.
inline constexpr int kMostRefused = 1000;
PdfPlace nextPdfStream(QByteArrayView pdf, qsizetype from);

// Unpacks one stream, a piece at a time. The packed bytes must outlive it.
class Inflater
{
public:
    explicit Inflater(QByteArrayView packed);
    ~Inflater();
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    // Bytes unpacked, at most `most`; 0 at the end; -1 where it is damaged or breaks off: what came before is right.
    qsizetype read(char *to, size_t most);
    // Of the packed bytes.
    qsizetype taken() const;
    // read() has told the one or the other.
    bool hasEnded() const;
    bool isDamaged() const;

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream;
};

} // namespace cockpit
