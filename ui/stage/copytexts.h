// Texts made for the clipboard from a finding.
#pragma once

#include "models/finding.h"

namespace cockpit {

// The guide's prompt, with what was seen and what to paste, ready for an AI coding tool.
QString aiPromptFor(const Finding &finding);

// A curl command that shows the same thing, from the first request in the evidence; empty when there is none.
QString curlFor(const Finding &finding);

} // namespace cockpit
