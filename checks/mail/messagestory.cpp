#include "checks/mail/messagestory.h"

#include "checks/mail/messagearc.h"
#include "checks/mail/messagesignatures.h"
#include "checks/mail/spfevaluation.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MessageStory)
};

ProofState stateOf(SpfResult result)
{
    switch (result) {
    case SpfResult::Pass:
        return ProofState::Pass;
    case SpfResult::None:
        return ProofState::Missing;
    case SpfResult::TempError:
        return ProofState::Unknown;
    case SpfResult::Neutral:
    case SpfResult::Fail:
    case SpfResult::SoftFail:
    case SpfResult::PermError:
        return ProofState::Fail;
    }
    Q_UNREACHABLE();
}

QString spfSentence(const SpfStory &story, const SpfEvaluation &evaluation)
{
    if (!evaluation.problem.isEmpty())
        return evaluation.problem;
    if (story.state == ProofState::Missing)
        return Text::tr("%1 does not say which servers may send for it (no SPF record).").arg(story.domain);
    if (story.state == ProofState::Pass)
        return Text::tr("%1 lists the server %2 as one of its senders (\"%3\").")
            .arg(story.domain, story.address, story.mechanism);
    return story.mechanism.isEmpty()
               ? Text::tr("%1 does not list the server %2 (result: %3).").arg(story.domain, story.address, story.result)
               : Text::tr("%1 does not list the server %2 (result: %3, by \"%4\").")
                     .arg(story.domain, story.address, story.result, story.mechanism);
}

QString domainOf(const QString &address)
{
    return address.mid(address.lastIndexOf(u'@') + 1).toLower();
}

// What the person knows goes before what the header says.
SpfStory spfIdentity(const MessageClues &clues, const MessageInput &input)
{
    SpfStory story;
    story.envelopeSender = input.envelopeSender.isEmpty() ? clues.envelopeSender : input.envelopeSender;
    story.senderSource = input.envelopeSender.isEmpty() ? clues.senderSource : FactSource::Person;
    story.address = input.clientAddress.isEmpty() ? clues.address : input.clientAddress;
    story.addressSource = input.clientAddress.isEmpty() ? clues.addressSource : FactSource::Person;
    // RFC 7208 section 2.4: of a bounce, the name that the server gave.
    const bool isKnown = story.senderSource != FactSource::Nowhere;
    story.domain = !story.envelopeSender.isEmpty() ? domainOf(story.envelopeSender) : isKnown ? clues.helo : QString();
    return story;
}

SpfStory tellSpf(const MessageClues &clues, const MessageInput &input, const QDateTime &now, Observations &seen)
{
    SpfStory story = spfIdentity(clues, input);
    if (story.domain.isEmpty()) {
        story.sentence = Text::tr("The header does not say which address stood on the envelope (Return-Path), so SPF "
                                  "cannot be checked. Add it by hand if you know it.");
        return story;
    }
    const QHostAddress client(story.address);
    if (client.isNull()) {
        story.sentence =
            Text::tr("The header does not say from which server it came, so SPF cannot be checked. Add the "
                     "address by hand if you know it.");
        return story;
    }
    const SpfEvaluation evaluation = evaluateSpf({client, story.envelopeSender, clues.helo}, {}, now, seen);
    story.state = stateOf(evaluation.result);
    story.result = toWord(evaluation.result);
    story.mechanism = evaluation.mechanism;
    story.sentence = spfSentence(story, evaluation);
    return story;
}

void align(MessageStory &story, const DomainStanding &author, Observations &seen)
{
    const auto alignmentWith = [&](const QString &domain) {
        return domain.isEmpty() ? Alignment() : alignmentOf(askForStanding(domain, seen), author);
    };
    story.spf.alignment = alignmentWith(story.spf.domain);
    for (SignatureStory &signature : story.signatures)
        signature.alignment = alignmentWith(signature.domain);
}

void tellDmarc(MessageStory &story, Observations &seen)
{
    const DomainStanding author = askForStanding(story.authorDomain, seen);
    align(story, author, seen);
    const bool isUnsure = author.isUnsure();
    story.dmarc = judgeMessageDmarc({author.byWalk(), isUnsure, author.existsInDns, false}, story.authorDomain,
                                    story.spf, story.signatures);
    story.oldDmarc = judgeMessageDmarc({author.byList(), isUnsure, author.existsInDns, true}, story.authorDomain,
                                       story.spf, story.signatures);
    story.disagreement = disagreementBetween(story.dmarc, story.oldDmarc);
}

QString headlineOf(const MessageStory &story)
{
    const QString &domain = story.authorDomain;
    switch (story.state) {
    case ProofState::Pass:
        return story.dmarc.byDkim
                   ? Text::tr("Receivers can tell that this message really comes from %1.").arg(domain)
                   : Text::tr("Receivers can tell that this message really comes from %1, as long as nobody forwards "
                              "it: only SPF proves it.")
                         .arg(domain);
    case ProofState::Fail:
        return story.dmarc.policy == "none"_L1
                   ? Text::tr("To receivers this message looks like a fake of %1. Your policy lets it through, but it "
                              "counts against you.")
                         .arg(domain)
                   : Text::tr("To receivers this message looks like a fake of %1, and they are asked to keep it out of "
                              "the inbox.")
                         .arg(domain);
    case ProofState::Missing:
        return Text::tr("%1 has no DMARC policy, so receivers do not compare: this message and a fake look alike.")
            .arg(domain);
    case ProofState::Unknown:
        return story.isHeaderOnly
                   ? Text::tr("Only the header is there, which is not enough to prove the message. Open the whole of "
                              "it as a file.")
                   : Text::tr("It cannot be told yet whether receivers believe this message.");
    }
    Q_UNREACHABLE();
}

// The worse of the two standards: both kinds of receivers are out there.
ProofState worse(ProofState one, ProofState other)
{
    for (const auto state : {ProofState::Fail, ProofState::Unknown, ProofState::Missing}) {
        if (one == state || other == state)
            return state;
    }
    return ProofState::Pass;
}

void addRemarks(const Message &message, const MessageInput &input, MessageStory &story)
{
    if (story.isHeaderOnly)
        story.remarks << Text::tr("There is a header but no text below it, so the hash of the body cannot be checked.");
    const auto count = message.named("DKIM-Signature").size();
    if (count > kMostSignatures)
        story.remarks << Text::tr("It has %1 signatures, of which the first %2 were checked.")
                             .arg(QString::number(count), QString::number(kMostSignatures));
    const auto isChanged = [](const SignatureStory &s) { return s.verdict == "body_changed"_L1; };
    if (std::ranges::any_of(story.signatures, isChanged) && !input.bytes.contains("\r\n"))
        story.remarks << Text::tr("It was pasted as text, which often changes it a little. Saved as a file (.eml) it "
                                  "stays as it came.");
}

tl::unexpected<Error> stopped()
{
    return failure(ErrorKind::Cancelled, Text::tr("Stopped before the message was read to its end."));
}

} // namespace

Result<MessageStory> tellMessage(const MessageInput &input, const QDateTime &now, Observations &seen)
{
    const Result<Message> message = parseMessage(input.bytes);
    if (!message)
        return tl::unexpected(message.error());
    if (seen.token().isCancelled())
        return stopped();
    const MessageClues clues = cluesIn(*message);
    MessageStory story;
    story.author = clues.author;
    story.authorDomain = clues.authorDomain;
    story.isHeaderOnly = message->body.trimmed().isEmpty();
    story.claims = clues.claims;
    story.remarks = clues.remarks;
    story.token = QString::fromLatin1(message->first(kDeliveryTokenField).value_or(QByteArray()).left(64));
    story.spf = tellSpf(clues, input, now, seen);
    story.signatures = tellSignatures(*message, now, seen);
    story.arc = tellArc(*message, now, seen);
    addRemarks(*message, input, story);
    if (story.authorDomain.isEmpty()) {
        story.state = story.dmarc.state = story.oldDmarc.state = ProofState::Fail;
        story.headline = story.dmarc.sentence = story.oldDmarc.sentence = clues.authorProblem;
    } else {
        tellDmarc(story, seen);
        story.state = worse(story.dmarc.state, story.oldDmarc.state);
        story.headline = headlineOf(story);
    }
    if (seen.token().isCancelled())
        return stopped();
    return story;
}

Result<MessageStory> readMessage(const MessageInput &input, const NetOptions &net, const CancelToken &token)
{
    Observations seen(net, token, Deadline::in(net.runDeadline), nullptr);
    return tellMessage(input, QDateTime::currentDateTimeUtc(), seen);
}

} // namespace cockpit
