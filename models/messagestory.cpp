#include "models/messagestory.h"

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

} // namespace cockpit
