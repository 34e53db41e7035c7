#include "checks/secrets/mediaform.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr std::array kMarks{
    // Pictures
    "\x89PNG"sv,
    "\xff\xd8\xff"sv, // JPEG
    "GIF87a"sv,
    "GIF89a"sv,
    "\0\0\1\0"sv, // ICO
    "\0\0\2\0"sv, // CUR
    "II*\0"sv,
    "MM\0*"sv, // TIFF
    "8BPS"sv,
    "\xff\x0a"sv, // JPEG XL, and in its box
    "\0\0\0\x0cJXL "sv,
    "\0\0\0\x0cjP  "sv, // JPEG 2000
    "qoif"sv,
    "DDS "sv,
    "\xabKTX "sv,
    "icns"sv,
    // Sounds and films
    "ID3"sv,
    "\xff\xfb"sv,
    "\xff\xf3"sv,
    "\xff\xf2"sv, // MPEG layer 3
    "\xff\xf1"sv,
    "\xff\xf9"sv, // AAC
    "OggS"sv,
    "fLaC"sv,
    "MThd"sv,
    "#!AMR"sv,
    "\x1a\x45\xdf\xa3"sv, // Matroska, WebM
    "FLV\1"sv,
    "\0\0\1\xba"sv,
    "\0\0\1\xb3"sv, // MPEG
    "\x30\x26\xb2\x75\x8e\x66\xcf\x11"sv,
    // Fonts
    "wOFF"sv,
    "wOF2"sv,
    "OTTO"sv,
    "ttcf"sv,
    "true\0"sv,
    // Compressed
    "PK\3\4"sv,
    "PK\5\6"sv,
    "PK\7\x8"sv,
    "\x1f\x8b"sv,
    "\x1f\x9d"sv,
    "BZh"sv,
    "\xfd"
    "7zXZ\0"sv,
    "7z\xbc\xaf\x27\x1c"sv,
    "\x28\xb5\x2f\xfd"sv, // Zstandard
    "\x04\x22\x4d\x18"sv, // LZ4
    "LZIP"sv,
    "Rar!\x1a\7"sv,
    "MSCF"sv,
};
constexpr std::array kClosed{
    "%PDF-"sv,
    // Data, of which longer texts are compressed
    "REDIS00"sv, // a dump of Redis
    "PGDMP"sv,   // of PostgreSQL, in its own form
    "PAR1\x15"sv,
    "Obj\1"sv, // Parquet and Avro
    "\x89HDF\r\n\x1a\n"sv,
    "PACK\0\0\0"sv, // of git
    "\xff\x06\0\0sNaPpY"sv,
    "\x02\x21\x4c\x18"sv, // an older LZ4
    "hsqs"sv,             // file systems of snaps and AppImages
    "xar!"sv,
    // Encrypted
    "Salted__"sv, // openssl enc
    "age-encryption.org/"sv, "\x8c\x0d\4"sv, "\x84\x5e\3"sv, "\x85\1\x0c\3"sv,
    "\x85\2\x0c\3"sv, // OpenPGP: with a password, and to somebody's key
    "LUKS\xba\xbe"sv,
    "\3\xd9\xa2\x9a"sv,   // KeePass
    "\xfe\xed\xfe\xed"sv, // a keystore of Java
};
constexpr std::array kRiffKinds{"WEBP"sv, "WAVE"sv, "AVI "sv, "ACON"sv};

bool hasAt(std::string_view text, size_t at, std::string_view part)
{
    return text.size() >= at && text.substr(at).starts_with(part);
}

// Sizes of the picture and its colours follow: "BM" alone begins words.
bool isBitmap(std::string_view beginning)
{
    return beginning.starts_with("BM"sv) && hasAt(beginning, 6, "\0\0\0\0"sv);
}

// A few tables, each with a name of letters. An Access database begins with the same four bytes.
bool isTrueType(std::string_view beginning)
{
    return beginning.starts_with("\0\1\0\0\0"sv) && beginning.size() > 12 && beginning[5] != '\0';
}

} // namespace

bool isMedia(std::string_view beginning)
{
    const bool isRiff = beginning.starts_with("RIFF"sv) &&
                        std::ranges::any_of(kRiffKinds, [&](auto kind) { return hasAt(beginning, 8, kind); });
    const bool isBoxed = hasAt(beginning, 4, "ftyp"sv); // MP4, MOV, HEIC, AVIF
    return isRiff || isBoxed || isBitmap(beginning) || isTrueType(beginning) ||
           std::ranges::any_of(kMarks, [&](std::string_view mark) { return beginning.starts_with(mark); });
}

bool hasClosedParts(std::string_view beginning)
{
    return std::ranges::any_of(kClosed, [&](std::string_view mark) { return beginning.starts_with(mark); });
}

} // namespace cockpit
