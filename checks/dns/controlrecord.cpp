// The token in the TXT record.
#include "checks/dns/controlproof.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ControlProof)
};

constexpr qsizetype kLongestShown = 200;

// What one server says.
enum class Standing { HasIt, HasOther, HasNothing, Alias, Unknown };

// A text counts at the name itself alone. An alias may lead to a name that a stranger holds, and whose texts a shared
// name server adds to its answer unasked.
std::vector<QByteArray> textsAt(const QString &name, const DnsAnswer &answer)
{
    std::vector<QByteArray> texts;
    for (const DnsRecord &record : answer.answers) {
        if (record.type == RrType::Txt && record.name.compare(name, Qt::CaseInsensitive) == 0)
            texts.push_back(record.text);
    }
    return texts;
}

bool holds(const DnsAnswer &answer, const QString &name, const QString &token)
{
    return std::ranges::any_of(textsAt(name, answer),
                               [&](const QByteArray &text) { return isTokenAlone(text, token); });
}

Standing standingOf(const QString &name, const QString &token, const Result<DnsAnswer> &answer)
{
    if (!answer || !answer->isConclusive() || !answer->authoritative)
        return Standing::Unknown;
    if (!answer->cnameChain().isEmpty())
        return Standing::Alias;
    if (holds(*answer, name, token))
        return Standing::HasIt;
    return textsAt(name, *answer).empty() ? Standing::HasNothing : Standing::HasOther;
}

// Why a text that is not the right one is there: the mistakes that people make.
QString otherText(const QString &name, const QString &token, const QByteArray &text)
{
    const QString shown = shownText(text, kLongestShown);
    const QString value = txtRecordValue(token);
    if (text.contains(token.toLatin1()))
        return Text::tr("The record at %1 has more than the token, such as quotation marks: \"%2\". It must be: %3")
            .arg(name, shown, value);
    if (text.startsWith(txtRecordValue({}).toLatin1()))
        return Text::tr("The record at %1 has the token of another project: \"%2\". It must be: %3")
            .arg(name, shown, value);
    return Text::tr("The record at %1 says something else: \"%2\". It must be: %3").arg(name, shown, value);
}

QString problemOf(const QString &name, const QString &token, const OwnerReply &reply, Standing standing)
{
    switch (standing) {
    case Standing::HasOther:
        return otherText(name, token, textsAt(name, *reply.answer).front());
    case Standing::Alias:
        return Text::tr(
                   "%1 is an alias (CNAME) for %2, so it cannot have a record of its own. Remove the alias, or use "
                   "the file instead.")
            .arg(name, shownName(reply.answer->cnameChain().front()));
    case Standing::HasNothing:
        return Text::tr("There is no TXT record at %1 yet. If you have just added it, your provider may need a few "
                        "minutes.")
            .arg(name);
    case Standing::HasIt:
    case Standing::Unknown:
        break;
    }
    return {};
}

QString sentenceOfSilence(const QString &domain, const OwnerReply &reply)
{
    QString why = Text::tr("It says that it is not in charge of %1.").arg(domain);
    if (!reply.answer)
        why = reply.answer.error().message;
    else if (!reply.answer->isConclusive())
        why = sentenceOf({.name = txtRecordName(domain)}, reply.answer->status);
    return Text::tr("None of the name servers of %1 could be asked. %2: %3").arg(domain, reply.server.name, why);
}

// The usual two: the panel of a provider that adds the domain by itself, and the token at the domain itself.
QString strayedSentence(const QString &domain, const QString &token, std::span<const Result<DnsAnswer>> strayed)
{
    const QString name = txtRecordName(domain);
    const QString doubled = name + u'.' + domain;
    for (const Result<DnsAnswer> &answer : strayed) {
        if (!answer)
            continue;
        if (holds(*answer, doubled, token))
            return Text::tr("The record stands at %1: your provider adds the domain by itself. Type only \"%2\" as its "
                            "name.")
                .arg(doubled, name.left(name.size() - domain.size() - 1));
        if (holds(*answer, domain, token))
            return Text::tr("The record stands at %1 itself. Its name must be %2.").arg(domain, name);
    }
    return {};
}

} // namespace

Result<ControlLook> judgeControlRecord(const QString &domain, const QString &token, std::span<const OwnerReply> replies,
                                       std::span<const Result<DnsAnswer>> strayed)
{
    const QString name = txtRecordName(domain);
    int having = 0;
    int answering = 0;
    QString problem; // of the first that answers and does not have it
    QString lagging;
    for (const OwnerReply &reply : replies) {
        const Standing standing = standingOf(name, token, reply.answer);
        if (standing == Standing::Unknown)
            continue;
        ++answering;
        if (standing == Standing::HasIt) {
            ++having;
        } else if (problem.isEmpty()) {
            problem = problemOf(name, token, reply, standing);
            lagging = reply.server.name;
        }
    }
    if (answering == 0)
        return failure(ErrorKind::Unreachable, sentenceOfSilence(domain, replies.front()));
    if (having == answering)
        return ControlLook{true, domain,
                           Text::tr("The token stands in the TXT record at %1: %2 is yours.").arg(name, domain)};
    if (having > 0)
        return ControlLook{false,
                           {},
                           Text::tr("%1 of %2 name servers have the record; %3 does not have it yet. Try again in "
                                    "a few minutes.")
                               .arg(QString::number(having), QString::number(answering), lagging)};
    const QString stray = strayedSentence(domain, token, strayed);
    return ControlLook{false, {}, stray.isEmpty() ? problem : stray};
}

Result<ControlLook> lookForControlRecord(const QString &domain, const QString &token, Observations &seen)
{
    const QString name = txtRecordName(domain);
    const auto replies = askEachOwner(domain, name, RrType::Txt, seen);
    if (!replies)
        return tl::unexpected<Error>(replies.error());
    if (seen.token().isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Stopped."));
    const auto first = judgeControlRecord(domain, token, *replies, {});
    if (!first || first->isProven)
        return first;
    std::vector<Result<DnsAnswer>> strayed;
    for (const QString &place : {name + u'.' + domain, domain}) {
        auto elsewhere = askEachOwner(domain, place, RrType::Txt, seen);
        if (!elsewhere)
            continue;
        for (OwnerReply &reply : *elsewhere)
            strayed.push_back(std::move(reply.answer));
    }
    return judgeControlRecord(domain, token, *replies, strayed);
}

} // namespace cockpit
