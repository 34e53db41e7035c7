// The chain of servers that passed a message on and vouch for it (ARC, RFC 8617). Each adds a set of three fields:
// what it found out (ARC-Authentication-Results), a signature of the message as it left it (ARC-Message-Signature), and
// a seal over all sets so far (ARC-Seal). Pure: keys are given.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/mail/dkimsignature.h"

#include <functional>

namespace cockpit {

constexpr int kMostArcSets = 50; // section 4.2.1

struct ArcSet
{
    int instance = 0;
    const MessageField *results = nullptr; // of the message, which must outlive it
    const MessageField *message = nullptr;
    const MessageField *seal = nullptr;
    Result<DkimSignature> messageSignature = DkimSignature(); // what the two fields say, read once
    Result<DkimSignature> sealSignature = DkimSignature();
    QString status = {}; // cv= of the seal, lower case
    QString host = {};   // d= of the seal, lower case
};

struct ArcChain
{
    std::vector<ArcSet> sets; // 1, 2, …; empty: the message has none, or problem says what is wrong with them
    QString problem;
};

// Section 5.2 steps 1 to 3: one field of each kind for each instance, no gaps, and cv=none in the first seal, cv=pass
// in the others.
ArcChain readArcChain(const Message &message);

// Those whose keys are needed to verify the chain: the newest signature of the message, and every seal. Unreadable ones
// are left out.
std::vector<DkimSignature> signaturesToProve(const ArcChain &chain);

enum class ArcVerdict {
    None,    // no chain
    Pass,    // holds from end to end
    Fail,    // broken, or says itself that it is
    Unknown, // a key could not be asked for, or there is no body
};
QString toWord(ArcVerdict verdict);

struct ArcVerification
{
    ArcVerdict verdict = ArcVerdict::None;
    QString reason;            // a sentence; empty for None and Pass
    QStringList hosts;         // domains of the seals, first to last
    qint64 uncoveredBytes = 0; // l= of the newest signature of the message: anybody could have added them
    bool isTest = false;       // a key of it is in test mode (t=y)

    bool operator==(const ArcVerification &) const = default;
};

using SignatureKeys = std::function<SignatureKey(const QString &keyName)>;

// Section 5.2 steps 4 to 9. Unknown when it is stopped on the way.
ArcVerification verifyArc(const Message &message, const ArcChain &chain, const SignatureKeys &keys,
                          const QDateTime &now, const CancelToken &token = {});

} // namespace cockpit
