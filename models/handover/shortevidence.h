// What an answer is printed with: what proves the finding, without the headers that every answer carries.
#pragma once

#include "models/finding.h"

namespace cockpit::handover {

// The text of a piece of evidence. Of findings about what was answered and to whom: without the headers that nothing
// follows from, and without the request where a line for a terminal repeats it. What is still long is cut, and says so.
QString shortEvidence(const Finding &finding, const Evidence &piece);

} // namespace cockpit::handover
