// What is encoded in a text: base64, escapes, UTF-16, and the claims of tokens.
#include "fuzz/fuzz.h"

#include "checks/secrets/encodedparts.h"
#include "checks/secrets/jwtclaims.h"
#include "checks/secrets/naturaltext.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/textform.h"

#include <string>

using namespace cockpit;

namespace {

void lookAtParts(std::string_view text)
{
    EncodedParts parts(text);
    WipedBytes decoded;
    size_t last = 0;
    while (const auto part = parts.next()) {
        promise(part->start >= last && part->end > part->start && part->end <= text.size(), "parts follow each other");
        last = part->end;
        const std::string_view encoded = text.substr(part->start, part->end - part->start);
        decodePart(encoded, part->through, decoded);
        promise(decoded.size() <= encoded.size(), "what is encoded is not shorter");
        promise(text.substr(part->start).starts_with(lineOfBase64(encoded)), "a line of the part");
    }
}

void lookAtView(std::string_view text)
{
    DecodedView view;
    if (!view.build(text)) {
        promise(view.text().empty(), "nothing is encoded");
        return;
    }
    const size_t size = view.text().size();
    promise(size <= text.size() + text.size() / 4 + 64, "linear in the text");
    for (size_t at = 0; at < size; at += 1 + size / 50) {
        const DecodedView::Place place = view.sourceOf(at, std::min(at + 5, size));
        promise(place.start <= place.end && place.end <= text.size(), "a place of the source");
    }
}

void lookAtForm(std::string_view text)
{
    const FormFound found = formOf(text);
    promise(found.markBytes <= text.size(), "the mark is in the text");
    if (found.form != TextForm::Utf16LittleEndian && found.form != TextForm::Utf16BigEndian)
        return;
    std::string wide(text.substr(found.markBytes));
    wide.resize(wide.size() & ~size_t(1));
    promise(narrowUtf16(wide.data(), wide.size(), found.form) == wide.size() / 2, "a byte for each unit");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    lookAtParts(text);
    lookAtView(text);
    lookAtForm(text);
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
    if (classOfJwt(text, Severity::High, now))
        promise(isJwt(text), "a token by its form");
    readsLikeWords(text);
    standsForSecret(text);
    standsForSetting(text);
    isOnInnerHost(text);
    const double entropy = entropyOfBytes(text);
    promise(entropy >= 0 && entropy <= 8, "bits of a byte");
    return 0;
}
