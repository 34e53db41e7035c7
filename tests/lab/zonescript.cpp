#include "lab/zonescript.h"

#include <ldns/ldns.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kServFail = 2;
constexpr int kNxDomain = 3;
constexpr int kRefused = 5;

struct Line
{
    QString name;
    QString type;   // "A", "SERVFAIL", …
    QString target; // of SERVFAIL: the extended error, if any
    QString whole;
};

Line parsed(const QString &record)
{
    const QStringList words = record.split(u' ', Qt::SkipEmptyParts);
    QString name = words.front().toLower();
    name.chop(1);
    if (words.size() < 5)
        return {name, words.at(1), words.value(2), record};
    QString target = words.last().toLower();
    if (target.endsWith(u'.'))
        target.chop(1);
    return {name, words.at(3), target, record};
}

QString typeWord(int type)
{
    char *word = ldns_rr_type2str(static_cast<ldns_rr_type>(type));
    const QString text = QString::fromLatin1(word);
    std::free(word);
    return text;
}

DnsReply failureBecause(const QString &extendedError)
{
    DnsReply reply{.rcode = kServFail};
    if (!extendedError.isEmpty())
        reply.extendedErrors = {{extendedError.toInt(), {}}};
    return reply;
}

DnsReply answerFrom(const std::vector<Line> &lines, const DnsQuestionSeen &question)
{
    DnsReply reply{.rcode = kNxDomain, .authoritative = !question.recursionDesired};
    const QString type = typeWord(question.type);
    QString name = question.name;
    for (bool follow = true; follow;) {
        follow = false;
        reply.rcode = kNxDomain;
        const QString current = name;
        for (const Line &line : lines) {
            const bool isHere = line.name == current;
            if (isHere || line.name.endsWith(u'.' + current))
                reply.rcode = 0;
            if (isHere && line.type == "SERVFAIL"_L1)
                return failureBecause(line.target);
            if (isHere && line.type == "REFUSED"_L1)
                return {.rcode = kRefused};
            if (isHere && line.type == "SILENT"_L1)
                return {.silent = true};
            if (!isHere || (line.type != type && line.type != "CNAME"_L1))
                continue;
            reply.answers << line.whole;
            if (line.type == "CNAME"_L1 && type != "CNAME"_L1) {
                follow = reply.answers.size() < 20;
                name = line.target;
            }
        }
    }
    return reply;
}

} // namespace

ScriptedDns::Script zoneScript(QStringList records)
{
    std::vector<Line> lines;
    for (const QString &record : records)
        lines.push_back(parsed(record));
    return [lines](const DnsQuestionSeen &question) { return answerFrom(lines, question); };
}

} // namespace cockpit
