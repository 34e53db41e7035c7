#include "checks/mail/dkimselector.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dkim)
};

} // namespace

std::vector<QByteArray> dkimTextsOf(const Result<DnsAnswer> &answer)
{
    std::vector<QByteArray> texts;
    if (answer) {
        for (const DnsRecord &record : answer->records(RrType::Txt))
            texts.push_back(record.text);
    }
    std::ranges::sort(texts);
    return texts;
}

DkimSelectorSeen readDkimSelector(const DkimSelector &selector, const std::vector<QByteArray> &wildcard)
{
    DkimSelectorSeen seen{selector.name, u"missing"_s, {}, selector.fromUser, {}};
    if (!selector.answer || selector.answer->status == DnsStatus::ServFail ||
        selector.answer->status == DnsStatus::Refused || selector.answer->status == DnsStatus::OtherRcode) {
        seen.status = u"temperror"_s;
        return seen;
    }
    const std::vector<QByteArray> texts = dkimTextsOf(selector.answer);
    if (texts.empty()) {
        if (const QStringList chain = selector.answer->cnameChain(); !chain.isEmpty())
            seen.deadAlias = chain.last();
        return seen;
    }
    if (texts == wildcard) {
        seen.status = u"unknown"_s; // every name answers that
        return seen;
    }
    seen.key = readDkimKey(texts.front());
    if (texts.size() > 1) {
        seen.key.status = DkimKeyStatus::Invalid;
        seen.key.problem = Text::tr("There are %n records at one selector.", nullptr, static_cast<int>(texts.size()));
    }
    seen.status = toWord(seen.key.status);
    return seen;
}

} // namespace cockpit
