#include "checks/mail/messagestory.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MessageStory)
};

// Receivers of the two standards read one text differently, and one of them may not be able to use it.
const DmarcRecord *recordOf(const DmarcView &view)
{
    if (!view.found.level)
        return nullptr;
    const auto &record = view.isOld ? view.found.level->oldRecord : view.found.level->record;
    return record ? &*record : nullptr;
}

QString policyOf(const DmarcView &view, const DmarcRecord &record)
{
    if (view.isOld)
        return toWord(view.found.isInherited ? record.subdomainPolicy.value_or(record.policy) : record.policy);
    if (!view.found.isInherited)
        return toWord(record.effectivePolicy());
    return toWord(view.existsInDns ? record.effectiveSubdomainPolicy() : record.effectiveNonexistentPolicy());
}

bool isAligned(const Alignment &alignment, bool strictly, bool isOld)
{
    if (strictly)
        return alignment.strict;
    return isOld ? alignment.list : alignment.walk;
}

// Could still turn out well: what was not known may pass, or the walk may say otherwise once its servers answer.
bool couldPass(ProofState state, const Alignment &alignment, bool strictly, bool isOld)
{
    const bool mayAlign = isAligned(alignment, strictly, isOld) || (!strictly && alignment.isUnsure);
    return mayAlign && (state == ProofState::Pass || state == ProofState::Unknown);
}

QString sentenceOf(const DmarcStory &story, const QString &authorDomain)
{
    switch (story.state) {
    case ProofState::Pass:
        if (story.byDkim && story.bySpf)
            return Text::tr("It passes by DKIM and by SPF, both in the name of %1.").arg(authorDomain);
        return story.byDkim ? Text::tr("It passes by DKIM in the name of %1. That also holds when it is forwarded.")
                                  .arg(authorDomain)
                            : Text::tr("It passes by SPF alone in the name of %1: as soon as somebody forwards it, it "
                                       "no longer does.")
                                  .arg(authorDomain);
    case ProofState::Fail:
        return Text::tr("Neither DKIM nor SPF proves it in the name of %1. Receivers are asked for: %2.")
            .arg(authorDomain, story.policy);
    case ProofState::Missing:
        return Text::tr("%1 has no DMARC record: receivers are told nothing, and fakes look the same.")
            .arg(authorDomain);
    case ProofState::Unknown:
        return Text::tr("It cannot be told yet: something that decides could not be checked.");
    }
    Q_UNREACHABLE();
}

} // namespace

DmarcStory judgeMessageDmarc(const DmarcView &view, const QString &authorDomain, const SpfStory &spf,
                             const std::vector<SignatureStory> &signatures)
{
    DmarcStory story;
    story.organizationalDomain = view.found.organizationalDomain;
    const DmarcRecord *record = recordOf(view);
    const bool strictDkim = record && record->strictDkim;
    const bool strictSpf = record && record->strictSpf;
    const auto proves = [&](const SignatureStory &s) {
        return s.state == ProofState::Pass && isAligned(s.alignment, strictDkim, view.isOld);
    };
    const auto mayProve = [&](const SignatureStory &s) {
        return couldPass(s.state, s.alignment, strictDkim, view.isOld);
    };
    story.byDkim = std::ranges::any_of(signatures, proves);
    story.bySpf = spf.state == ProofState::Pass && isAligned(spf.alignment, strictSpf, view.isOld);
    if (record) {
        story.foundAt = view.found.level->domain;
        story.policy = policyOf(view, *record);
    }
    const bool mayPass = std::ranges::any_of(signatures, mayProve) ||
                         couldPass(spf.state, spf.alignment, strictSpf, view.isOld) ||
                         (spf.state == ProofState::Unknown && spf.domain.isEmpty());
    if (view.isUnsure)
        story.state = ProofState::Unknown;
    else if (!record)
        story.state = ProofState::Missing;
    else if (story.byDkim || story.bySpf)
        story.state = ProofState::Pass;
    else
        story.state = mayPass ? ProofState::Unknown : ProofState::Fail;
    story.sentence = sentenceOf(story, authorDomain);
    return story;
}

QString disagreementBetween(const DmarcStory &dmarc, const DmarcStory &oldDmarc)
{
    if (dmarc.state == ProofState::Missing && oldDmarc.state == ProofState::Missing)
        return {};
    const bool sameEnd =
        dmarc.state == oldDmarc.state && dmarc.byDkim == oldDmarc.byDkim && dmarc.bySpf == oldDmarc.bySpf;
    if (!sameEnd)
        return Text::tr("Receivers differ. By the rules of 2026 (RFC 9989) the organisation is %1 and the result is "
                        "\"%2\"; by the older ones (RFC 7489) it is %3 and \"%4\". Both are in use, so make it pass by "
                        "both: sign with the very domain of the From line.")
            .arg(dmarc.organizationalDomain, toWord(dmarc.state), oldDmarc.organizationalDomain,
                 toWord(oldDmarc.state));
    if (dmarc.policy != oldDmarc.policy)
        return Text::tr("Receivers come to the same result, but would treat a fake differently: \"%1\" by the rules of "
                        "2026 (RFC 9989), \"%2\" by the older ones (RFC 7489).")
            .arg(dmarc.policy, oldDmarc.policy);
    return {};
}

} // namespace cockpit
