#include "models/handover/facts.h"

#include "models/checkcatalog.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

constexpr int kLongestName = 253; // RFC 1035 section 2.3.4, without the root

std::vector<RedirectHop> chainFrom(const QJsonArray &array)
{
    std::vector<RedirectHop> chain;
    for (const QJsonValue value : array) {
        const QJsonObject hop = value.toObject();
        chain.push_back(
            {hop.value("url"_L1).toString(), hop.value("status"_L1).toInt(), hop.value("location"_L1).toString()});
    }
    return chain;
}

const std::map<QString, QString> &checkTitles()
{
    static const std::map<QString, QString> titles = [] {
        std::map<QString, QString> byId;
        if (const Result<CheckCatalog> catalog = CheckCatalog::load())
            for (const CatalogEntry &entry : catalog->entries())
                byId.insert_or_assign(entry.id, entry.title);
        return byId;
    }();
    return titles;
}

constexpr qsizetype kMostHostsNamed = 3;

// A summary tells how much was looked at; of a problem, what was found says more.
QString sentenceOf(const ProjectState &project, const CheckResult &result)
{
    QStringList titles;
    for (const auto &[id, record] : project.findings) {
        const Finding &finding = record.finding;
        const bool isOfResult =
            finding.checkId == result.checkId && (result.host.isEmpty() || finding.host == result.host);
        if (record.isOpen() && isOfResult && !titles.contains(finding.title))
            titles << finding.title;
    }
    if (!titles.isEmpty())
        return titles.join(u"; "_s);
    return result.summary.isEmpty() ? result.reason : result.summary;
}

using Sentence = std::pair<QString, QStringList>; // and the hosts that it is true of

std::vector<Sentence> sentencesOf(const ProjectState &project, const QString &checkId)
{
    std::vector<Sentence> sentences;
    for (const CheckResult *result : resultsOf(project, checkId)) {
        const QString sentence = sentenceOf(project, *result);
        if (sentence.isEmpty())
            continue;
        auto known = std::ranges::find(sentences, sentence, &Sentence::first);
        if (known == sentences.end())
            known = sentences.insert(sentences.end(), {sentence, {}});
        if (!result->host.isEmpty())
            known->second << result->host;
    }
    return sentences;
}

QString withHosts(const QString &sentence, const QStringList &hosts)
{
    if (hosts.isEmpty() || (hosts.size() == 1 && sentence.contains(hosts.front())))
        return sentence;
    const auto more = static_cast<int>(hosts.size() - kMostHostsNamed);
    const QString named = hosts.mid(0, kMostHostsNamed).join(u", "_s);
    return u"%1: %2"_s.arg(more > 0 ? Text::tr("%1 and %n more", nullptr, more).arg(named) : named, sentence);
}

// The words of tls.renewal for who renews ({"kind","name"}).
QString renewalIn(const QJsonObject &owner)
{
    const QString kind = owner.value("kind"_L1).toString();
    const QString name = owner.value("name"_L1).toString();
    if (kind == "platform"_L1)
        return Text::tr("%1, by itself").arg(name);
    if (kind == "acme_client"_L1)
        return Text::tr("a program on your server (%1)").arg(name);
    if (kind == "person"_L1)
        return Text::tr("a person");
    if (kind == "own_authority"_L1)
        return Text::tr("an authority of your own");
    return kind.isEmpty() ? QString() : notKnownYet();
}

void readName(const QJsonObject &certificate, CertificateFacts &facts)
{
    const QString first = certificate.value("names"_L1).toArray().first().toString();
    if (const QString name = first.isEmpty() ? certificate.value("subject"_L1).toString() : first; !name.isEmpty())
        facts.name = plainText(name, kLongestName);
    if (const QString fingerprint = certificate.value("fingerprint"_L1).toString(); !fingerprint.isEmpty())
        facts.fingerprint = fingerprint;
}

} // namespace

QString certificateText(const CertificateFacts &facts)
{
    constexpr int kTelling = 8; // hexadecimal digits: enough to tell a product's certificates apart
    if (facts.name.isEmpty())
        return notKnownYet();
    return facts.fingerprint.isEmpty() ? facts.name : u"%1 (%2)"_s.arg(facts.name, facts.fingerprint.left(kTelling));
}

std::vector<const CheckResult *> resultsOf(const ProjectState &project, const QString &checkId)
{
    std::vector<const CheckResult *> results;
    for (const auto &[key, result] : project.latest)
        if (result.checkId == checkId)
            results.push_back(&result);
    return results;
}

std::vector<DetectedProvider> detectedProviders(const ProjectState &project)
{
    std::vector<DetectedProvider> providers;
    for (const CheckResult *result : resultsOf(project, u"dns.providers"_s))
        for (const QJsonValue value : result->observed.value("providers"_L1).toArray()) {
            const auto kind = providerKindFromWord(value["kind"_L1].toString());
            const QString name = value["name"_L1].toString();
            if (kind && !name.isEmpty())
                providers.push_back({*kind, name});
        }
    return providers;
}

std::vector<std::vector<RedirectHop>> redirectChains(const ProjectState &project)
{
    std::map<QString, std::vector<RedirectHop>> byStart;
    for (const auto &[key, result] : project.latest) {
        if (!result.checkId.startsWith("http."_L1))
            continue;
        const std::vector<RedirectHop> chain = chainFrom(result.observed.value("chain"_L1).toArray());
        if (!chain.empty())
            byStart.insert_or_assign(chain.front().url, chain);
    }
    std::vector<std::vector<RedirectHop>> chains;
    chains.reserve(byStart.size());
    for (auto &[start, chain] : byStart)
        chains.push_back(std::move(chain));
    return chains;
}

std::vector<CertificateFacts> certificates(const ProjectState &project)
{
    std::map<QString, CertificateFacts> byHost;
    for (const auto &[key, result] : project.latest) {
        if (!result.checkId.startsWith("tls."_L1))
            continue;
        const QJsonObject certificate = result.observed.value("certificate"_L1).toObject();
        CertificateFacts &facts = byHost[result.host];
        facts.host = result.host;
        if (const QString issuer = certificate.value("issuer"_L1).toString(); !issuer.isEmpty())
            facts.issuer = issuer;
        readName(certificate, facts);
        const QDateTime end = QDateTime::fromString(certificate.value("not_after"_L1).toString(), Qt::ISODate);
        if (end.isValid())
            facts.notAfter = end;
        if (const QString chain = result.observed.value("chain"_L1).toString(); !chain.isEmpty())
            facts.chain = chain;
        if (const QJsonValue days = result.observed.value("days_left"_L1); days.isDouble())
            facts.daysLeft = days.toInt();
        if (const QString renewal = renewalIn(result.observed.value("owner"_L1).toObject()); !renewal.isEmpty())
            facts.renewal = renewal;
    }
    std::vector<CertificateFacts> all;
    for (const auto &[host, facts] : byHost)
        if (!facts.issuer.isEmpty() || facts.notAfter.isValid())
            all.push_back(facts);
    return all;
}

QString observedText(const QJsonObject &observed, const QString &path)
{
    QJsonValue value = observed;
    for (const QString &name : path.split(u'.'))
        value = value.toObject().value(name);
    if (value.isDouble())
        return QString::number(value.toDouble());
    return value.toString();
}

QString titleOfCheck(const QString &checkId)
{
    const auto title = checkTitles().find(checkId);
    return title == checkTitles().end() ? checkId : title->second;
}

QString whatIsKnown(const ProjectState &project, const QString &checkId)
{
    QStringList known;
    for (const auto &[sentence, hosts] : sentencesOf(project, checkId))
        known << withHosts(sentence, hosts);
    if (const auto answer = project.answers.find(checkId); answer != project.answers.end()) {
        const QString text = answer->second.text.isEmpty() ? labelOf(answer->second.value) : answer->second.text;
        known << u"%1 (%2)"_s.arg(text, signature(answer->second));
    }
    return known.join(u'\n');
}

QString notLookedAtSentence(const QString &title)
{
    return Text::tr("Not looked at yet: %1 Run the check or answer it.").arg(title);
}

void listChecks(Draft &draft, const ProjectState &project, const QStringList &checkIds)
{
    for (const QString &id : checkIds) {
        const ItemState state = checkState(id, project);
        draft.add(StatusLine{state, titleOfCheck(id), whatIsKnown(project, id), {}});
        if (state == ItemState::NotLookedAt)
            draft.missing(notLookedAtSentence(titleOfCheck(id)));
    }
}

QString signature(const Answer &answer)
{
    return answer.by.isEmpty() ? dateText(answer.answeredAt) : u"%1, %2"_s.arg(answer.by, dateText(answer.answeredAt));
}

QString untilAndReason(const Decision &decision)
{
    QStringList parts;
    if (decision.until.isValid())
        parts << Text::tr("until %1").arg(dateText(decision.until.startOfDay(Qt::UTC)));
    if (!decision.reason.isEmpty())
        parts << decision.reason;
    return parts.join(u", "_s);
}

QString dateText(const QDateTime &time)
{
    return time.isValid() ? QLocale().toString(time.toUTC().date(), u"d MMMM yyyy"_s) : notKnownYet();
}

QString dateTimeText(const QDateTime &time)
{
    return time.isValid() ? QLocale().toString(time.toUTC(), u"d MMMM yyyy, HH:mm 'UTC'"_s) : notKnownYet();
}

QString effortText(int minutes)
{
    const int hours = minutes / 60;
    const int rest = minutes % 60;
    if (hours == 0)
        return Text::tr("%1 min").arg(rest);
    return rest == 0 ? Text::tr("%1 h").arg(hours)
                     : Text::tr("%1 h %2 min").arg(QString::number(hours), QString::number(rest));
}

QString notKnownYet()
{
    return Text::tr("not known yet");
}

} // namespace cockpit::handover
