// Who can read the code: the one question about a secret in it that only a person can answer (facts 14.5). Kept among
// the answers of the project under a subject of its own.
#pragma once

#include "models/decision.h"

#include <map>

namespace cockpit {

enum class CodeAudience {
    NotSaid,
    Team,   // neither the repository nor a fork of it is public, or ever was
    Public, // it is, or was: for a minute is enough, for programs read new public code within it
};

QString codeAudienceSubject();
CodeAudience codeAudienceOf(const std::map<QString, Answer> &answers);
// The answer to be kept. NotSaid has none: it is withdrawn.
Answer codeAudienceAnswer(CodeAudience audience, const QDateTime &at);
// "Only the team".
QString labelOf(CodeAudience audience);
// "Who can read the code"; what the handover pack calls the question.
QString codeAudienceTopic();

} // namespace cockpit
