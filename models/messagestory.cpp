#include "models/messagestory.h"

#include <algorithm>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(ProofState state)
{
    switch (state) {
    case ProofState::Pass:
        return u"pass"_s;
    case ProofState::Fail:
        return u"fail"_s;
    case ProofState::Missing:
        return u"missing"_s;
    case ProofState::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

QStringList selectorsFor(const QString &domain, const MessageStory &story)
{
    QStringList selectors;
    for (const SignatureStory &signature : story.signatures) {
        if (signature.keyBits > 0 && signature.domain == domain && !selectors.contains(signature.selector))
            selectors << signature.selector;
    }
    return selectors;
}

const SignatureStory *decidingSignature(const MessageStory &story)
{
    const auto rank = [](const SignatureStory &signature) {
        const int proven = signature.state == ProofState::Pass ? 2 : signature.state == ProofState::Unknown ? 1 : 0;
        const bool isAligned = signature.alignment.walk && signature.alignment.list;
        return std::pair(proven, isAligned);
    };
    const auto best = std::ranges::max_element(story.signatures, {}, rank); // the first of equals
    return best == story.signatures.end() ? nullptr : &*best;
}

} // namespace cockpit
