#include "checks/mail/messagearc.h"

#include "checks/mail/messagesignatures.h"
#include "checks/net/dnsclient.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MessageStory)
};

constexpr int kLongestShown = 100;
constexpr qsizetype kLongestRead = 4000;

// "pass" in "i=1; lists.example; dmarc=pass header.from=…".
QString claimedDmarc(const MessageField &results)
{
    static const QRegularExpression result(u"(?:^|;)\\s*dmarc\\s*=\\s*([a-z]+)"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    const QString text = QString::fromLatin1(withoutCommentsAndQuotes(results.value().left(kLongestRead)));
    return result.match(text).captured(1).toLower();
}

QString whatItSays(const ArcChain &chain, const QString &first)
{
    const QString dmarc = claimedDmarc(*chain.sets.front().results);
    if (dmarc == "pass"_L1)
        return Text::tr("%1 vouches that DMARC passed when the message came there.").arg(first);
    if (dmarc.isEmpty())
        return Text::tr("%1 says nothing about DMARC.").arg(first);
    return Text::tr("%1 says that DMARC came to \"%2\" when the message came there.")
        .arg(first, plainText(dmarc, kLongestShown));
}

QString sentenceOf(const ArcChain &chain, const ArcVerification &verified)
{
    switch (verified.verdict) {
    case ArcVerdict::None:
        return {};
    case ArcVerdict::Fail:
        return Text::tr("The chain of servers that passed it on does not hold, and receivers pay no heed to it: %1")
            .arg(verified.reason);
    case ArcVerdict::Unknown:
        return Text::tr("Whether the chain of servers that passed it on holds cannot be told: %1").arg(verified.reason);
    case ArcVerdict::Pass:
        break;
    }
    const QString first = plainText(verified.hosts.front(), kLongestShown);
    const QString way =
        verified.hosts.size() == 1
            ? Text::tr("A mailing list or forwarder, %1, passed it on and vouches for it (ARC).").arg(first)
            : Text::tr("Mailing lists or forwarders passed it on and vouch for it (ARC), %n of them, from %1 to %2.",
                       nullptr, static_cast<int>(verified.hosts.size()))
                  .arg(first, plainText(verified.hosts.back(), kLongestShown));
    QStringList sentences{way, whatItSays(chain, first)};
    if (verified.uncoveredBytes > 0)
        sentences << Text::tr("It leaves %n byte(s) at the end of the message uncovered (l=): anybody could have added "
                              "them.",
                              nullptr, static_cast<int>(verified.uncoveredBytes));
    if (verified.isTest)
        sentences << Text::tr("A key of it is in test mode (t=y): receivers may pay no heed to it.");
    sentences << Text::tr("That proves nothing to DMARC: each receiver decides whom it trusts.");
    return sentences.join(u' ');
}

ProofState stateOf(ArcVerdict verdict)
{
    switch (verdict) {
    case ArcVerdict::None:
        return ProofState::Missing;
    case ArcVerdict::Pass:
        return ProofState::Pass;
    case ArcVerdict::Fail:
        return ProofState::Fail;
    case ArcVerdict::Unknown:
        return ProofState::Unknown;
    }
    Q_UNREACHABLE();
}

} // namespace

ArcStory tellArc(const Message &message, const QDateTime &now, Observations &seen)
{
    const ArcChain chain = readArcChain(message);
    const std::vector<DkimSignature> signatures = signaturesToProve(chain);
    std::vector<DnsLookup> keys; // asked for at once
    keys.reserve(signatures.size());
    for (const DkimSignature &signature : signatures)
        keys.push_back({.name = signature.keyName(), .type = RrType::Txt});
    seen.askAll(keys);
    const auto verified = verifyArc(
        message, chain, [&](const QString &name) { return signatureKeyAt(name, seen); }, now, seen.token());
    ArcStory story;
    story.state = stateOf(verified.verdict);
    story.verdict = toWord(verified.verdict);
    for (const QString &host : verified.hosts)
        story.hosts << plainText(host, kLongestShown);
    story.sentence = sentenceOf(chain, verified);
    return story;
}

} // namespace cockpit
