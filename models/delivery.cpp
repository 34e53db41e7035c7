#include "models/delivery.h"

#include "models/hostname.h"
#include "models/target.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Delivery)
};

// A name alone, without the port or path that people paste along.
bool isHost(const QString &text)
{
    const bool isName =
        std::ranges::all_of(text, [](QChar c) { return c.isLetterOrNumber() || c == u'.' || c == u'-'; });
    return isName && normaliseHostName(text).has_value();
}

// One address, in printable ASCII: what SMTP takes everywhere.
bool isAddress(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    const bool isPlain = std::ranges::all_of(
        text, [](QChar c) { return c > u' ' && c < QChar(0x7f) && !u"<>,;()\\\"[]:"_s.contains(c); });
    return at > 0 && isPlain && text.size() <= 254 && isHost(text.mid(at + 1));
}

bool isPlainText(const QString &text)
{
    return std::ranges::none_of(text, [](QChar c) { return c < u' ' || c == QChar(0x7f); });
}

} // namespace

QString toWord(SmtpSecurity value)
{
    switch (value) {
    case SmtpSecurity::Tls:
        return u"tls"_s;
    case SmtpSecurity::StartTls:
        return u"starttls"_s;
    }
    Q_UNREACHABLE();
}

std::optional<SmtpSecurity> smtpSecurityFromWord(QStringView word)
{
    for (const auto value : {SmtpSecurity::Tls, SmtpSecurity::StartTls}) {
        if (toWord(value) == word)
            return value;
    }
    return std::nullopt;
}

QString whatIsMissing(const DeliverySetup &setup)
{
    if (!isHost(setup.host))
        return Text::tr("Give the name of the server that your product sends through, such as smtp.yourprovider.com.");
    if (setup.port == 0)
        return Text::tr("Give the server's port: 465, or 587.");
    if (!isPlainText(setup.user))
        return Text::tr("The user name holds a line break or another character that no user name has.");
    if (needsPassword(setup) && setup.keychainEntry.isEmpty())
        return Text::tr("Choose the password of the account. It stays in your keychain.");
    if (!isAddress(setup.from))
        return Text::tr("Give the address that your product sends from, such as hello@yourproduct.com.");
    if (!isAddress(setup.to))
        return Text::tr("Give an address that you can read, best with another provider than your own.");
    return {};
}

bool needsPassword(const DeliverySetup &setup)
{
    return setup.userIsPassword || !setup.user.isEmpty();
}

DeliverySetup withoutSecret(DeliverySetup setup, const Secret &password)
{
    if (!setup.user.isEmpty() && setup.user.toUtf8() == password.reveal().trimmed())
        setup.userIsPassword = true;
    if (setup.userIsPassword)
        setup.user.clear();
    return setup;
}

bool isOfDomain(const DeliveryProof &proof, const QString &domain)
{
    return !domain.isEmpty() && isWithin(proof.domain, domain);
}

ProofUse useOf(const DeliveryProof &proof, const std::optional<DeliveryProof> &known, const QString &domain)
{
    const bool isOurs = isOfDomain(proof, domain);
    if (!isOurs && !proof.isOwnTest)
        return ProofUse::Leave;
    // Better than nothing, for it is said what it lacked; worse than anything else.
    if (!isOurs || proof.dmarc == ProofState::Unknown || proof.oldDmarc == ProofState::Unknown)
        return known ? ProofUse::Leave : ProofUse::Keep;
    if (proof.isOwnTest || (proof.dmarc == ProofState::Pass && proof.oldDmarc == ProofState::Pass))
        return ProofUse::Keep;
    return ProofUse::Ask;
}

DeliveryProof proofOf(const MessageStory &story, const std::optional<SentMessage> &sent, const QDateTime &at)
{
    const auto isAligned = [](const Alignment &alignment) { return alignment.walk && alignment.list; };
    DeliveryProof proof;
    proof.at = at;
    proof.domain = story.authorDomain;
    proof.dmarc = story.dmarc.state;
    proof.oldDmarc = story.oldDmarc.state;
    proof.byDkim = story.dmarc.byDkim && story.oldDmarc.byDkim;
    proof.bySpf = story.dmarc.bySpf && story.oldDmarc.bySpf;
    proof.spfResult = story.spf.result;
    proof.spfDomain = story.spf.domain;
    proof.spfAligned = isAligned(story.spf.alignment);
    for (const SignatureStory &signature : story.signatures)
        proof.signatures.push_back(
            {signature.domain, signature.selector, signature.state, isAligned(signature.alignment)});
    proof.isTyped = story.spf.addressSource == FactSource::Person || story.spf.senderSource == FactSource::Person;
    proof.isOwnTest = sent && !sent->token.isEmpty() && sent->token == story.token;
    return proof;
}

} // namespace cockpit
