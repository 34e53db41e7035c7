#include "ui/message/storywords.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

constexpr qsizetype kMostHosts = 3; // in a title

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MessagePage)
};

} // namespace

QString proofWord(ProofState state)
{
    switch (state) {
    case ProofState::Pass:
        return Text::tr("passed");
    case ProofState::Fail:
        return Text::tr("failed");
    case ProofState::Missing:
        return Text::tr("not there");
    case ProofState::Unknown:
        return Text::tr("cannot be told");
    }
    Q_UNREACHABLE();
}

QString receiverWord(ProofState state)
{
    switch (state) {
    case ProofState::Pass:
        return Text::tr("believes it");
    case ProofState::Fail:
        return Text::tr("takes it for a fake");
    case ProofState::Missing:
        return Text::tr("has to guess");
    case ProofState::Unknown:
        return Text::tr("not known yet");
    }
    Q_UNREACHABLE();
}

QString receiverNote(const MessageStory &story)
{
    if (story.state == ProofState::Pass)
        return Text::tr("Whether it lands in the inbox is then a matter of its content and of your reputation.");
    if (story.state != ProofState::Fail || story.dmarc.policy.isEmpty())
        return {};
    if (story.dmarc.policy == QLatin1String("none"))
        return Text::tr("You ask for nothing to be done (p=none).");
    return story.dmarc.policy == QLatin1String("reject") ? Text::tr("You ask that it is refused (p=reject).")
                                                         : Text::tr("You ask that it goes to spam (p=quarantine).");
}

QString sourceSentence(const SpfStory &spf)
{
    switch (spf.addressSource) {
    case FactSource::Nowhere:
        return Text::tr("The header does not tell from which server it came.");
    case FactSource::Person:
        return Text::tr("The server's address %1 is what you typed.").arg(spf.address);
    case FactSource::Claimed:
        return Text::tr("The server's address %1 is claimed by the receiver, in a line that it added.")
            .arg(spf.address);
    case FactSource::Guessed:
        return Text::tr("The server's address %1 is a guess from the Received lines. Correct it if you know better.")
            .arg(spf.address);
    }
    Q_UNREACHABLE();
}

QString alignmentSentence(const Alignment &alignment, const QString &authorDomain)
{
    if (authorDomain.isEmpty())
        return {};
    if (alignment.strict)
        return Text::tr("It speaks for the author's own domain, %1.").arg(authorDomain);
    if (alignment.walk && alignment.list)
        return Text::tr("It speaks for another name of the same organisation as %1, which is enough unless the policy "
                        "is strict.")
            .arg(authorDomain);
    if (alignment.walk || alignment.list)
        return Text::tr("Receivers differ on whether it speaks for %1.").arg(authorDomain);
    return Text::tr("It does not speak for %1, so it proves nothing about the author.").arg(authorDomain);
}

QString signatureTitle(const SignatureStory &signature)
{
    if (signature.domain.isEmpty())
        return Text::tr("DKIM signature that cannot be read");
    return Text::tr("DKIM: %1, selector %2, %3").arg(signature.domain, signature.selector, signature.algorithm);
}

QString arcTitle(const ArcStory &arc)
{
    return arc.hosts.isEmpty()
               ? Text::tr("Passed on by others (ARC)")
               : Text::tr("Passed on by %1 (ARC)").arg(arc.hosts.mid(0, kMostHosts).join(QStringLiteral(", ")));
}

} // namespace cockpit
