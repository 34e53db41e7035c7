// SPF: records are parsed, judged, mended and evaluated. The first line of the input is the record of example.com, the
// second that of _spf.example.com, the third an explanation, the fourth the sender.
#include "fuzz/fuzz.h"

#include "checks/engine/observations.h"
#include "checks/mail/spfevaluation.h"
#include "checks/mail/spffindings.h"
#include "checks/mail/spflint.h"
#include "checks/mail/spfrepair.h"
#include "checks/net/dnsclient.h"

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

DnsAnswer textAnswer(const QString &name, const QByteArray &text)
{
    DnsRecord record;
    record.name = name;
    record.type = RrType::Txt;
    record.text = text;
    record.strings = {text};
    DnsAnswer answer;
    answer.answers = {record};
    return answer;
}

DnsAnswer addressAnswer(const QString &name, RrType type, const QString &address)
{
    DnsRecord record;
    record.name = name;
    record.type = type;
    record.address = address;
    DnsAnswer answer;
    answer.answers = {record};
    return answer;
}

// What the run was not told beforehand is not asked for: it counts as stopped.
class Zone
{
public:
    explicit Zone(const QList<QByteArray> &lines)
    {
        m_token.cancel();
        text(u"example.com"_s, lines.value(0));
        text(u"_spf.example.com"_s, lines.value(1));
        text(u"why.example.com"_s, lines.value(2));
        for (const QString &name : {u"example.com"_s, u"a.example.com"_s}) {
            m_seen.put(DnsLookup{.name = name, .type = RrType::A}, addressAnswer(name, RrType::A, u"192.0.2.1"_s));
            m_seen.put(DnsLookup{.name = name, .type = RrType::Aaaa},
                       addressAnswer(name, RrType::Aaaa, u"2001:db8::1"_s));
        }
    }

    Observations &seen() { return m_seen; }

private:
    void text(const QString &name, const QByteArray &value)
    {
        m_seen.put(DnsLookup{.name = name, .type = RrType::Txt}, textAnswer(name, value));
    }

    CancelToken m_token;
    Observations m_seen{NetOptions(), m_token, Deadline::never(), nullptr};
};

void mend(const QByteArray &text)
{
    const QString corrected = correctedSpf(text);
    promise(corrected.isEmpty() || parseSpf(corrected.toLatin1()).has_value(), "a corrected SPF record is a valid one");
    const QString merged = mergedSpf({text, "v=spf1 mx -all"_ba});
    promise(merged.isEmpty() || parseSpf(merged.toLatin1()).has_value(), "a merged SPF record is a valid one");
}

void parse(const QByteArray &text)
{
    const auto record = parseSpf(text);
    if (!record) {
        promise(record.error().position >= 0 && record.error().position <= text.size(),
                "an SPF error lies within the record");
        promise(!record.error().message.isEmpty(), "an SPF error has a sentence");
        return;
    }
    promise(isSpfRecord(text), "a parsed record starts with v=spf1");
    promise(record->reachableTerms().size() <= record->terms.size(), "no more terms can be reached than there are");
    spfWithEnding(*record, u"~all"_s);
}

void judge(Zone &zone)
{
    const Result<SpfTree> tree = walkSpf(u"example.com"_s, zone.seen());
    promise(tree.has_value(), "the record of the domain itself was there");
    for (const Finding &finding : spfFindings(*tree, {u"mail.example.net"_s}))
        promise(!finding.code.isEmpty() && !finding.title.isEmpty(), "a finding has a code and a title");
    if (tree->root.parsed)
        spfLint(tree->root);
    printedSpfTree(*tree);
}

void evaluate(Zone &zone, const QByteArray &sender)
{
    const QString mailFrom = sender.isEmpty() ? u"user@example.com"_s : QString::fromLatin1(sender);
    for (const QString &from : {mailFrom, u"user@example.com"_s}) {
        for (const auto client : {"192.0.2.1"_L1, "2001:db8::1"_L1, "198.51.100.9"_L1}) {
            const SpfEvaluation result = evaluateSpf({QHostAddress(client), from, u"mail.example.com"_s}, {},
                                                     QDateTime::fromSecsSinceEpoch(0, Qt::UTC), zone.seen());
            promise(result.lookups <= kSpfLookupLimit + 1, "evaluation stops at the limit of look-ups");
            promise(!toWord(result.result).isEmpty(), "a result has a word");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QList<QByteArray> lines = inputOf(bytes, size).split('\n');
    for (const QByteArray &line : lines.first(std::min<qsizetype>(lines.size(), 2))) {
        parse(line);
        mend(line);
    }
    Zone zone(lines);
    judge(zone);
    evaluate(zone, lines.value(3));
    return 0;
}
