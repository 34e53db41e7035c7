#include "checks/mail/arcchain.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ArcChain)
};

enum class ArcKind { Results, Message, Seal };

std::optional<ArcKind> kindOf(const MessageField &field)
{
    if (field.isNamed("ARC-Authentication-Results"))
        return ArcKind::Results;
    if (field.isNamed("ARC-Message-Signature"))
        return ArcKind::Message;
    return field.isNamed("ARC-Seal") ? std::optional(ArcKind::Seal) : std::nullopt;
}

using Tags = tl::expected<std::vector<Tag>, QString>;

QString valueIn(const Tags &tags, QLatin1StringView name)
{
    if (!tags)
        return {};
    const auto tag = std::ranges::find(*tags, name, &Tag::name);
    return tag == tags->end() ? QString() : tag->value;
}

// 1 to 50; 0 for anything else. In the results it stands in front (section 4.1.1), in the others it is a tag.
int instanceOf(const MessageField &field, ArcKind kind, const Tags &tags)
{
    static const QRegularExpression front(u"^\\s*i\\s*=\\s*(\\d{1,2})\\s*(?:;|$)"_s);
    static const QRegularExpression number(u"^\\d{1,2}$"_s);
    const QString digits = kind == ArcKind::Results
                               ? front.match(QString::fromLatin1(field.value().left(100))).captured(1)
                               : number.match(valueIn(tags, "i"_L1)).captured(0);
    const int instance = digits.toInt();
    return instance <= kMostArcSets ? instance : 0;
}

// The field's place in its set; it may be taken.
const MessageField *&placeIn(ArcSet &set, ArcKind kind)
{
    switch (kind) {
    case ArcKind::Results:
        return set.results;
    case ArcKind::Message:
        return set.message;
    case ArcKind::Seal:
        return set.seal;
    }
    Q_UNREACHABLE();
}

void take(const Tags &tags, ArcKind kind, ArcSet &set)
{
    const auto read = [&](auto reader) -> Result<DkimSignature> {
        return tags ? reader(*tags) : failure(ErrorKind::BadInput, tags.error());
    };
    if (kind == ArcKind::Message)
        set.messageSignature = read(readArcMessageSignature);
    if (kind == ArcKind::Seal) {
        set.sealSignature = read(readArcSeal);
        set.status = valueIn(tags, "cv"_L1).toLower();
        set.host = valueIn(tags, "d"_L1).toLower();
    }
}

ArcChain broken(const QString &problem)
{
    return {{}, problem};
}

QString problemOfSeals(const std::vector<ArcSet> &sets)
{
    if (sets.back().status == "fail"_L1)
        return Text::tr("Its last server says itself that the chain before it did not hold (cv=fail).");
    for (const ArcSet &set : sets) {
        const auto wanted = set.instance == 1 ? "none"_L1 : "pass"_L1;
        if (set.status != wanted)
            return Text::tr("Seal %1 says cv=%2 where cv=%3 is wanted.")
                .arg(QString::number(set.instance), set.status.left(20), wanted);
    }
    return {};
}

// Section 5.1.1.1: the sets in order, each with its results, signature and seal; the last seal covers itself.
QByteArray sealedHeader(const std::vector<ArcSet> &sets, std::size_t last)
{
    QByteArray header;
    for (std::size_t i = 0; i <= last; ++i) {
        header += canonicalField(sets[i].results->raw, Canonicalization::Relaxed);
        header += canonicalField(sets[i].message->raw, Canonicalization::Relaxed);
        if (i < last)
            header += canonicalField(sets[i].seal->raw, Canonicalization::Relaxed);
    }
    return header + signatureFieldItself(*sets[last].seal, Canonicalization::Relaxed);
}

ArcVerification ended(ArcVerdict verdict, const QString &reason)
{
    return {verdict, reason, {}, 0, false};
}

// Empty when the key is there and can have made the signature.
std::optional<ArcVerification> problemOfKeyAt(const DkimSignature &signature, const SignatureKey &found)
{
    if (found.state == SignatureKeyState::DnsFailure)
        return ended(ArcVerdict::Unknown, Text::tr("The key at %1 could not be asked for.").arg(signature.keyName()));
    if (found.state == SignatureKeyState::Missing)
        return ended(ArcVerdict::Fail, Text::tr("There is no key at %1.").arg(signature.keyName()));
    if (const QString problem = problemOfKey(found.key, signature); !problem.isEmpty())
        return ended(ArcVerdict::Fail, problem);
    return std::nullopt;
}

// Of the newest set: the message is as that server passed it on. Those before cannot hold once somebody changed it.
ArcVerification proveMessage(const Message &message, const ArcSet &newest, const SignatureKeys &keys,
                             const QDateTime &now)
{
    const Result<DkimSignature> &signature = newest.messageSignature;
    if (!signature)
        return ended(ArcVerdict::Fail, signature.error().message);
    const SignatureKey found = keys(signature->keyName());
    if (const auto problem = problemOfKeyAt(*signature, found))
        return *problem;
    const DkimVerification verified = verifyDkim(message, *newest.message, *signature, found.key, now);
    switch (verified.verdict) {
    case DkimVerdict::Pass:
        return {ArcVerdict::Pass, {}, {}, verified.uncoveredBytes, found.key.isTest};
    case DkimVerdict::BodyMissing:
        return ended(ArcVerdict::Unknown, verified.reason);
    case DkimVerdict::BodyChanged:
    case DkimVerdict::HeaderChanged:
    case DkimVerdict::Expired:
    case DkimVerdict::KeyUnusable:
        return ended(ArcVerdict::Fail, verified.reason);
    }
    Q_UNREACHABLE();
}

ArcVerification proveSeal(const std::vector<ArcSet> &sets, std::size_t last, const SignatureKeys &keys)
{
    const Result<DkimSignature> &seal = sets[last].sealSignature;
    if (!seal)
        return ended(ArcVerdict::Fail, seal.error().message);
    const SignatureKey found = keys(seal->keyName());
    if (const auto problem = problemOfKeyAt(*seal, found))
        return *problem;
    if (!isSignatureOf(sealedHeader(sets, last), *seal, found.key))
        return ended(ArcVerdict::Fail, Text::tr("Seal %1 (of %2) does not fit what it covers.")
                                           .arg(QString::number(sets[last].instance), seal->domain));
    return {ArcVerdict::Pass, {}, {}, 0, found.key.isTest};
}

// The first step that fails decides; one that cannot be told leaves it open.
void combine(ArcVerification &whole, const ArcVerification &step)
{
    whole.isTest = whole.isTest || step.isTest;
    const bool decides = step.verdict == ArcVerdict::Fail
                             ? whole.verdict != ArcVerdict::Fail
                             : step.verdict == ArcVerdict::Unknown && whole.verdict == ArcVerdict::Pass;
    if (!decides)
        return;
    whole.verdict = step.verdict;
    whole.reason = step.reason;
}

} // namespace

QString toWord(ArcVerdict verdict)
{
    switch (verdict) {
    case ArcVerdict::None:
        return u"none"_s;
    case ArcVerdict::Pass:
        return u"pass"_s;
    case ArcVerdict::Fail:
        return u"fail"_s;
    case ArcVerdict::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

ArcChain readArcChain(const Message &message)
{
    std::map<int, ArcSet> sets;
    for (const MessageField &field : message.fields) {
        const auto kind = kindOf(field);
        if (!kind)
            continue;
        const Tags tags = *kind == ArcKind::Results ? Tags() : parseTagList(field.value(), TagNames::ExactCase);
        const int instance = instanceOf(field, *kind, tags);
        if (instance == 0)
            return broken(Text::tr("A field of it has no number from 1 to %1 (i=).").arg(kMostArcSets));
        ArcSet &set = sets[instance];
        set.instance = instance;
        if (placeIn(set, *kind))
            return broken(Text::tr("Set %1 has the field %2 twice.")
                              .arg(QString::number(instance), QString::fromLatin1(field.name)));
        placeIn(set, *kind) = &field;
        take(tags, *kind, set);
    }
    ArcChain chain;
    chain.sets.reserve(sets.size());
    for (const auto &[instance, set] : sets) {
        if (instance != static_cast<int>(chain.sets.size()) + 1)
            return broken(Text::tr("Set %1 of it is missing.").arg(chain.sets.size() + 1));
        if (!set.results || !set.message || !set.seal)
            return broken(Text::tr("Set %1 of it is not complete.").arg(instance));
        chain.sets.push_back(set);
    }
    if (chain.sets.empty())
        return chain;
    const QString problem = problemOfSeals(chain.sets);
    return problem.isEmpty() ? chain : broken(problem);
}

std::vector<DkimSignature> signaturesToProve(const ArcChain &chain)
{
    std::vector<DkimSignature> signatures;
    signatures.reserve(chain.sets.size() + 1);
    if (!chain.sets.empty() && chain.sets.back().messageSignature)
        signatures.push_back(*chain.sets.back().messageSignature);
    for (const ArcSet &set : chain.sets) {
        if (set.sealSignature)
            signatures.push_back(*set.sealSignature);
    }
    return signatures;
}

ArcVerification verifyArc(const Message &message, const ArcChain &chain, const SignatureKeys &keys,
                          const QDateTime &now, const CancelToken &token)
{
    if (!chain.problem.isEmpty())
        return ended(ArcVerdict::Fail, chain.problem);
    if (chain.sets.empty())
        return {};
    ArcVerification whole = proveMessage(message, chain.sets.back(), keys, now);
    for (std::size_t i = chain.sets.size(); i > 0; --i) {
        if (token.isCancelled())
            return ended(ArcVerdict::Unknown, Text::tr("Stopped before it was read to its end."));
        combine(whole, proveSeal(chain.sets, i - 1, keys));
    }
    for (const ArcSet &set : chain.sets)
        whole.hosts << set.host;
    return whole;
}

} // namespace cockpit
