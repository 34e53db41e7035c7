// Messages: header fields, DKIM-Signature fields and their canonical forms, chains of ARC. Keys do not matter here,
// only that each signature is worked through to its end.
#include "fuzz/fuzz.h"

#include "checks/mail/arcchain.h"

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

DkimKey keyFor(DkimAlgorithm algorithm)
{
    const bool isEd = algorithm == DkimAlgorithm::Ed25519Sha256;
    return readDkimKey(
        isEd ? "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="_ba
             : "v=DKIM1; k=rsa; "
               "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFC"
               "jxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6"
               "mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"_ba);
}

void verify(const Message &message, const MessageField &field)
{
    const Result<DkimSignature> signature = parseDkimSignature(field);
    if (!signature) {
        promise(!signature.error().message.isEmpty(), "an unreadable signature says why");
        return;
    }
    const DkimVerification verified = verifyDkim(message, field, *signature, keyFor(signature->algorithm),
                                                 QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC));
    promise(verified.uncoveredBytes >= 0, "no fewer than no bytes are uncovered");
    promise(verified.verdict == DkimVerdict::Pass || !verified.reason.isEmpty(), "a refusal says why");
}

void verifyChain(const Message &message)
{
    const ArcChain chain = readArcChain(message);
    promise(chain.sets.empty() || chain.problem.isEmpty(), "a broken chain has no sets");
    promise(chain.sets.size() <= static_cast<std::size_t>(kMostArcSets), "a chain has an end");
    for (const ArcSet &set : chain.sets)
        promise(set.results && set.message && set.seal, "a set has its three fields");
    promise(signaturesToProve(chain).size() <= chain.sets.size() + 1, "one key for each seal, and one more");
    const auto key = [](const QString &name) {
        const auto algorithm = name.size() % 2 == 0 ? DkimAlgorithm::RsaSha256 : DkimAlgorithm::Ed25519Sha256;
        return SignatureKey{SignatureKeyState::Found, keyFor(algorithm)};
    };
    const ArcVerification verified =
        verifyArc(message, chain, key, QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC));
    const bool isClear = verified.verdict == ArcVerdict::Pass || verified.verdict == ArcVerdict::None;
    promise(isClear == verified.reason.isEmpty(), "a chain that does not hold says why");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const Result<Message> message = parseMessage(inputOf(bytes, size));
    if (!message)
        return 0;
    promise(!message->fields.empty(), "a message has a header");
    for (const MessageField &field : message->fields) {
        promise(field.raw.endsWith("\r\n"), "a field ends with CRLF");
        canonicalField(field.raw, Canonicalization::Simple);
        canonicalField(field.raw, Canonicalization::Relaxed);
        if (field.isNamed("DKIM-Signature"))
            verify(*message, field);
        if (field.isNamed("From"))
            authorDomain(field.value());
    }
    verifyChain(*message);
    for (const auto form : {Canonicalization::Simple, Canonicalization::Relaxed}) {
        const QByteArray once = canonicalBody(message->body, form);
        promise(canonicalBody(once, form) == once, "a canonical body stays as it is");
    }
    return 0;
}
