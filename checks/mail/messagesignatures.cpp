#include "checks/mail/messagesignatures.h"

#include "checks/mail/dkimselector.h"
#include "checks/mail/dkimsignature.h"
#include "models/redactor.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MessageStory)
};

constexpr int kLongestShown = 200;

QString toWord(DkimAlgorithm algorithm)
{
    switch (algorithm) {
    case DkimAlgorithm::RsaSha256:
        return u"rsa-sha256"_s;
    case DkimAlgorithm::Ed25519Sha256:
        return u"ed25519-sha256"_s;
    }
    Q_UNREACHABLE();
}

SignatureStory &settle(SignatureStory &story, ProofState state, const QString &verdict, const QString &sentence)
{
    story.state = state;
    story.verdict = verdict;
    story.sentence = sentence;
    return story;
}

QString passSentence(const DkimVerification &verification, const DkimKey &key)
{
    if (verification.uncoveredBytes > 0)
        return Text::tr(
            "It is genuine, but leaves %n byte(s) at the end uncovered (l=): anybody could have added them.", nullptr,
            static_cast<int>(verification.uncoveredBytes));
    if (key.isTest)
        return Text::tr("It is genuine, but its key is in test mode (t=y): receivers may treat the message as "
                        "unsigned.");
    if (key.status == DkimKeyStatus::Weak)
        return Text::tr("It is genuine. Its key is short: %1").arg(key.problem);
    return Text::tr("It is genuine: header and body are as they were signed.");
}

// Where the header fits, the cause is nearly always on the way: a list's footer, or the copying.
QString failureSentence(const DkimVerification &verification)
{
    if (verification.verdict == DkimVerdict::BodyChanged && verification.headerFits)
        return Text::tr("%1 The header is as it was signed, so the text was changed on the way (a mailing list's "
                        "footer) or by copying it: save the message as a file and open that.")
            .arg(verification.reason);
    return verification.reason;
}

// True when there is a key to verify with; else the story has ended.
bool takeKey(SignatureKeyState state, const DkimSignature &signature, SignatureStory &story)
{
    const QString name = plainText(signature.keyName(), kLongestShown);
    switch (state) {
    case SignatureKeyState::DnsFailure:
        settle(story, ProofState::Unknown, u"dns_failure"_s,
               Text::tr("The key at %1 could not be asked for.").arg(name));
        return false;
    case SignatureKeyState::Missing:
        settle(story, ProofState::Fail, u"no_key"_s, Text::tr("There is no key at %1.").arg(name));
        return false;
    case SignatureKeyState::Found:
        return true;
    }
    Q_UNREACHABLE();
}

SignatureStory tellSignature(const Message &message, const MessageField &field, const Result<DkimSignature> &signature,
                             const QDateTime &now, Observations &seen)
{
    SignatureStory story;
    if (!signature)
        return settle(story, ProofState::Fail, u"unreadable"_s,
                      plainText(signature.error().message, 2 * kLongestShown));
    story.domain = plainText(signature->domain, kLongestShown);
    story.selector = plainText(signature->selector, kLongestShown);
    story.algorithm = toWord(signature->algorithm);
    const auto &[found, key] = signatureKeyAt(signature->keyName(), seen);
    if (!takeKey(found, *signature, story))
        return story;
    story.keyBits = key.keyBits;
    const DkimVerification verification = verifyDkim(message, field, *signature, key, now);
    if (verification.verdict == DkimVerdict::Pass)
        return settle(story, ProofState::Pass, toWord(verification.verdict), passSentence(verification, key));
    const auto state = verification.verdict == DkimVerdict::BodyMissing ? ProofState::Unknown : ProofState::Fail;
    return settle(story, state, toWord(verification.verdict), failureSentence(verification));
}

} // namespace

SignatureKey signatureKeyAt(const QString &keyName, Observations &seen)
{
    const auto answer = seen.ask(DnsLookup{.name = keyName, .type = RrType::Txt}); // remembered
    const DkimSelectorSeen selector = readDkimSelector({keyName.section(u'.', 0, 0), true, *answer}, {});
    if (selector.status == "temperror"_L1)
        return {SignatureKeyState::DnsFailure, {}};
    return selector.status == "missing"_L1 ? SignatureKey{} : SignatureKey{SignatureKeyState::Found, selector.key};
}

std::vector<SignatureStory> tellSignatures(const Message &message, const QDateTime &now, Observations &seen)
{
    std::vector<DnsLookup> keys; // asked together: one round trip
    std::vector<std::pair<const MessageField *, Result<DkimSignature>>> fields;
    for (const MessageField &field : message.fields) {
        if (!field.isNamed("DKIM-Signature") || fields.size() >= kMostSignatures)
            continue;
        fields.emplace_back(&field, parseDkimSignature(field));
        if (const auto &signature = fields.back().second)
            keys.push_back({.name = signature->keyName(), .type = RrType::Txt});
    }
    seen.askAll(keys);
    std::vector<SignatureStory> stories;
    for (const auto &[field, signature] : fields) {
        if (seen.token().isCancelled())
            break;
        stories.push_back(tellSignature(message, *field, signature, now, seen));
    }
    return stories;
}

} // namespace cockpit
