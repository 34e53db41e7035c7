// CAA records: the input is the rdata as it stands on the wire, and once more as the text of a zone file.
#include "fuzz/fuzz.h"

#include "checks/dns/caarecord.h"
#include "checks/net/dnswire.h"

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QByteArray answerWith(const QByteArray &rdata)
{
    const QByteArray name("\x07"
                          "example\x03"
                          "com\0",
                          13);
    const QByteArray header("\x12\x34\x81\x80\0\1\0\1\0\0\0\0", 12);
    const QByteArray typeAndClass("\x01\x01\0\1", 4); // CAA, IN
    const auto size = static_cast<std::uint16_t>(rdata.size());
    const char length[] = {static_cast<char>(size >> 8), static_cast<char>(size & 0xff)};
    return header + name + typeAndClass + "\xc0\x0c" + typeAndClass + QByteArray("\0\0\x01\x2c", 4) +
           QByteArray(length, 2) + rdata;
}

void look(const CaaSet &set)
{
    for (const bool isWildcard : {false, true}) {
        const auto issuers = set.issuersFor(isWildcard);
        promise(!set.records.empty() || !issuers, "no record is no rule");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray input = inputOf(bytes, std::min<std::size_t>(size, 4096));
    if (const auto read = readAnswer(answerWith(input), {.name = u"example.com"_s, .type = RrType::Caa}))
        look(readCaaSet(u"example.com"_s, read->answer));
    if (const auto record = parseCaa(QString::fromLatin1(input))) {
        promise(record->tag == record->tag.toLower(), "a tag is in lower case");
        look({u"example.com"_s, {*record}});
    }
    for (const QString &name : caaClimb(QString::fromLatin1(input.left(255))))
        promise(!name.isEmpty(), "the root has no CAA records");
    return 0;
}
