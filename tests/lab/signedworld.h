// A root and zones below it, each signed or not, as a resolver tells of them: aliases are followed across zones.
#pragma once

#include "checks/net/dnsclient.h"
#include "lab/scripteddns.h"
#include "tests/lab/signedzone.h"

namespace cockpit::lab {

enum class ZoneSigning { Good, Expired, None };

struct WorldZone
{
    QString name;
    QByteArray records; // master format, without SOA and NS
    ZoneSigning signing = ZoneSigning::Good;
};

class SignedWorld
{
public:
    explicit SignedWorld(const std::vector<WorldZone> &zones)
    {
        QByteArray root;
        for (const WorldZone &zone : zones)
            root += add(zone);
        const QByteArray ds = add({QStringLiteral("."), root});
        m_anchor = QString::fromLatin1(ds.simplified()).section(QStringLiteral(" DS "), 1);
    }

    // To be put in the place of TrustAnchors.
    std::vector<DnsRecord> anchors() const { return {{.type = RrType::Ds, .presentation = m_anchor}}; }

    ScriptedDns::Script script() const
    {
        return [lines = m_lines](const DnsQuestionSeen &question) { return answerFrom(lines, question); };
    }

private:
    struct Line
    {
        QString name;
        QString type;
        QString first; // of the rdata: what an alias leads to, what a signature covers
        QString whole;
    };

    // What stands in the parent's zone, or vouches for it.
    QByteArray add(const WorldZone &zone)
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QByteArray origin = zone.name.toLatin1() + (zone.name == u'.' ? "" : ".");
        const QByteArray plain = "$ORIGIN " + origin +
                                 "\n$TTL 300\n@ SOA ns.example. hostmaster.example. 1 7200 3600 1209600 300\n"
                                 "@ NS ns.example.\n" +
                                 zone.records;
        const bool isGood = zone.signing == ZoneSigning::Good;
        SignedZone made = signZone(zone.name, plain, now.addDays(-30), now.addDays(isGood ? 11 : -1));
        if (zone.signing == ZoneSigning::None) {
            made.file = withoutLines(withoutLines(withoutLines(made.file, "\tRRSIG\t"), "\tDNSKEY\t"), "\tNSEC\t");
            made.ds.clear();
        }
        for (const QByteArray &line : made.file.split('\n')) {
            const QStringList words = QString::fromLatin1(line.simplified()).split(u' ');
            if (words.size() > 4)
                m_lines.push_back({nameOf(words[0]), words[3], words[4], words.join(u' ')});
        }
        return made.ds + (zone.name == u'.' ? QByteArray() : origin + " NS ns.example.\n");
    }

    static QString nameOf(QString absolute)
    {
        if (absolute.endsWith(u'.'))
            absolute.chop(1);
        return absolute.toLower();
    }

    static DnsReply answerFrom(const std::vector<Line> &lines, const DnsQuestionSeen &question)
    {
        DnsReply reply;
        const QString type = toWord(static_cast<RrType>(question.type));
        QString name = question.name;
        for (int steps = 0; steps < 10; ++steps) {
            QString next;
            for (const Line &line : lines) {
                const bool isAlias = line.type == u"CNAME" && type != u"CNAME";
                const bool isSignature = line.type == u"RRSIG" && (line.first == type || line.first == u"CNAME");
                if (line.name != name || (line.type != type && !isAlias && !(isSignature && question.dnssecOk)))
                    continue;
                reply.answers << line.whole;
                if (isAlias)
                    next = nameOf(line.first);
            }
            if (next.isEmpty())
                return reply;
            name = next;
        }
        return reply;
    }

    std::vector<Line> m_lines;
    QString m_anchor;
};

} // namespace cockpit::lab
