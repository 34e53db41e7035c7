// What is encoded in a text, where it stands, and what comes out. Internal to the folder.
#pragma once

#include "checks/secrets/decodedview.h"

#include <QtGlobal>

#include <memory>
#include <optional>

namespace cockpit {

struct EncodedPart
{
    size_t start = 0;
    size_t end = 0;
    Through through = Through::Plain;
    bool isWide = false;  // base64 of UTF-16 with the low byte first, as PowerShell's -EncodedCommand takes it
    bool isBlank = false; // a joint with a blank in its place
};

// Escapes, base64 of at least 24 characters that text comes out of, bytes of the texts of PDFs that are written as
// hexadecimal digits, and joints of literals and of those texts, which nothing comes out of, or a blank.
class EncodedParts
{
public:
    explicit EncodedParts(std::string_view text);
    ~EncodedParts();
    Q_DISABLE_COPY_MOVE(EncodedParts)

    // The next one that does not overlap the one before.
    std::optional<EncodedPart> next();

private:
    struct Finders;
    std::unique_ptr<Finders> m_finders;
};

// encoded: one of those. Replaces what is in `out`.
void decodePart(std::string_view encoded, Through through, WipedBytes &out);
// What base64 begins with, as far as its first line goes.
std::string_view lineOfBase64(std::string_view encoded);

} // namespace cockpit
