// The words of a message's story on the screen.
#pragma once

#include "models/messagestory.h"

namespace cockpit {

QString proofWord(ProofState state);             // "passed"
QString receiverWord(ProofState state);          // "believes it"
QString receiverNote(const MessageStory &story); // what it is asked to do with it
QString sourceSentence(const SpfStory &spf);     // where its address and envelope come from
QString alignmentSentence(const Alignment &alignment, const QString &authorDomain);
QString signatureTitle(const SignatureStory &signature);
QString arcTitle(const ArcStory &arc);

} // namespace cockpit
