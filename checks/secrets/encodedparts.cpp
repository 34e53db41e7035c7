#include "checks/secrets/encodedparts.h"

#include "checks/secrets/base64parts.h"
#include "checks/secrets/escapeparts.h"
#include "checks/secrets/joinedliterals.h"
#include "checks/secrets/pdfstrings.h"
#include "checks/secrets/textarrays.h"

namespace cockpit {

struct EncodedParts::Finders
{
    explicit Finders(std::string_view text)
        : escapes(text),
          runs(text),
          joints(text),
          arrays(text),
          escape(escapes.next(0)),
          run(runs.next(0)),
          joint(joints.next(0)),
          inArray(arrays.next(0))
    {
    }

    EscapeFinder escapes;
    Base64Finder runs;
    JointFinder joints;
    TextArrayFinder arrays;
    // The next of each kind.
    std::optional<EncodedPart> escape;
    std::optional<EncodedPart> run;
    std::optional<EncodedPart> joint;
    std::optional<EncodedPart> inArray;
};

EncodedParts::EncodedParts(std::string_view text) : m_finders(std::make_unique<Finders>(text)) {}
EncodedParts::~EncodedParts() = default;

std::optional<EncodedPart> EncodedParts::next()
{
    // The first that begins; what overlaps it is not looked at.
    Finders &of = *m_finders;
    std::optional<EncodedPart> first;
    for (const auto *candidate : {&of.escape, &of.run, &of.joint, &of.inArray}) {
        if (*candidate && (!first || (*candidate)->start < first->start))
            first = *candidate;
    }
    if (!first)
        return first;
    if (of.escape && of.escape->start < first->end)
        of.escape = of.escapes.next(first->end);
    if (of.run && of.run->start < first->end)
        of.run = of.runs.next(first->end);
    if (of.joint && of.joint->start < first->end)
        of.joint = of.joints.next(first->end);
    if (of.inArray && of.inArray->start < first->end)
        of.inArray = of.arrays.next(first->end);
    return first;
}

void decodePart(std::string_view encoded, Through through, WipedBytes &out)
{
    out.clear();
    if (through == Through::Base64)
        decodeBase64Into(encoded, out);
    else if (through == Through::Escaped && isPdfByte(encoded))
        out += pdfByteOf(encoded);
    else if (through != Through::Joined)
        decodeEscapeInto(encoded, out);
}

} // namespace cockpit
