#include "checks/secrets/encodedparts.h"

#include "checks/secrets/base64parts.h"
#include "checks/secrets/escapeparts.h"
#include "checks/secrets/joinedliterals.h"

namespace cockpit {

struct EncodedParts::Finders
{
    explicit Finders(std::string_view text)
        : escapes(text), runs(text), joints(text), escape(escapes.next(0)), run(runs.next(0)), joint(joints.next(0))
    {
    }

    EscapeFinder escapes;
    Base64Finder runs;
    JointFinder joints;
    // The next of each kind.
    std::optional<EncodedPart> escape;
    std::optional<EncodedPart> run;
    std::optional<EncodedPart> joint;
};

EncodedParts::EncodedParts(std::string_view text) : m_finders(std::make_unique<Finders>(text)) {}
EncodedParts::~EncodedParts() = default;

std::optional<EncodedPart> EncodedParts::next()
{
    // The first that begins; what overlaps it is not looked at.
    Finders &of = *m_finders;
    std::optional<EncodedPart> first;
    for (const auto *candidate : {&of.escape, &of.run, &of.joint}) {
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
    return first;
}

void decodePart(std::string_view encoded, Through through, WipedBytes &out)
{
    out.clear();
    if (through == Through::Base64)
        decodeBase64Into(encoded, out);
    else if (through != Through::Joined)
        decodeEscapeInto(encoded, out);
}

} // namespace cockpit
