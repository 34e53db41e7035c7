// DMARC records.
#include "fuzz/fuzz.h"

#include "checks/mail/dmarcrecord.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray text = inputOf(bytes, size);
    const bool isOne = isDmarcRecord(text);
    resemblesDmarcRecord(text);
    const auto record = parseDmarc(text);
    if (!record) {
        promise(!record.error().isEmpty(), "an error in a DMARC record has a sentence");
        return 0;
    }
    promise(isOne, "what was parsed is a DMARC record");
    promise(record->effectivePolicy() <= record->policy, "t=y never makes a policy stricter");
    record->effectiveSubdomainPolicy();
    record->effectiveNonexistentPolicy();
    for (const QString &address : record->aggregateReports + record->failureReports)
        promise(address.contains(u'@'), "a report address is one");
    return 0;
}
