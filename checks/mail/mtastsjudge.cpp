#include "checks/mail/mtasts.h"

#include "checks/mail/extrarecord.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MtaSts)
};

// RFC 8461 section 3.2: weeks or more. Below a day, an attacker has only to wait.
constexpr qint64 kShortestUsefulAge = 24LL * 60 * 60;

QString policyAddress(const QString &domain)
{
    return stsPolicyQuestion(domain).url.toString();
}

Finding found(const QString &code, const QString &title, const QString &seen)
{
    return extraFinding(code, title, seen);
}

QJsonObject observedOf(const StsPolicy &policy, const QByteArray &text)
{
    return {{u"digest"_s, stsDigest(text)},
            {u"mode"_s, toWord(policy.mode)},
            {u"max_age"_s, policy.maxAge},
            {u"mx"_s, QJsonArray::fromStringList(policy.mx)}};
}

// Why senders cannot take a policy from this answer.
std::optional<Finding> unusablePolicy(const HttpResponse &response, const QString &domain)
{
    const QString address = policyAddress(domain);
    if (response.trust != CertificateTrust::Trusted) {
        return found(u"policy_certificate"_s, Text::tr("The certificate of the mail policy is not valid"),
                     Text::tr("The server of %1 shows a certificate that is not valid for its name. Senders then take "
                              "no policy from it.")
                         .arg(address));
    }
    if (response.status >= 300 && response.status < 400) {
        return found(u"policy_redirects"_s, Text::tr("The mail policy is somewhere else"),
                     Text::tr("%1 answers with a redirect (status %2). Senders do not follow it.")
                         .arg(address, QString::number(response.status)));
    }
    if (response.status != 200) {
        return found(
            u"policy_unreachable"_s, Text::tr("The mail policy cannot be fetched"),
            Text::tr("%1 answers with status %2, where 200 is wanted.").arg(address, QString::number(response.status)));
    }
    if (response.bodyTruncated) {
        return found(u"policy_invalid"_s, Text::tr("The mail policy cannot be read"),
                     Text::tr("%1 is larger than the 64 KB that senders read.").arg(address));
    }
    return std::nullopt;
}

void judgeType(const HttpResponse &response, const QString &domain, std::vector<Finding> &findings)
{
    const QByteArray type = response.header("content-type").value_or(QByteArray());
    if (type.split(';').front().trimmed().toLower() == "text/plain")
        return;
    findings.push_back(found(u"policy_type"_s, Text::tr("The mail policy is not sent as plain text"),
                             Text::tr("%1 is sent with the content type \"%2\"; some senders take text/plain alone.")
                                 .arg(policyAddress(domain), shownText(type, 60))));
}

void judgeMailHosts(const StsPolicy &policy, const MtaStsFacts &facts, Judged &judged)
{
    QJsonArray left;
    for (const QString &host : facts.mailHosts) {
        if (policy.mode == StsMode::None || allowsMx(policy, host))
            continue;
        left.append(host);
        const bool isLost = policy.mode == StsMode::Enforce;
        Finding finding =
            found(u"mx_not_covered"_s, Text::tr("The mail policy leaves out a mail server"),
                  isLost ? Text::tr("%1 takes mail for %2, but the policy in mode enforce does not name it: large "
                                    "senders deliver no mail to it.")
                               .arg(host, facts.domain)
                         : Text::tr("%1 takes mail for %2, but the policy does not name it. In mode testing senders "
                                    "only report that; in mode enforce mail would be lost.")
                               .arg(host, facts.domain));
        if (isLost)
            finding.severity = Severity::High;
        finding.subject = host;
        judged.findings.push_back(std::move(finding));
    }
    judged.observed.insert(u"not_covered"_s, left);
}

// Senders that know the id keep the policy that they have, until it runs out.
std::optional<Finding> staleId(const StsMemory &known, const StsMemory &seen, const MtaStsFacts &facts)
{
    if (known.digest == seen.digest)
        return std::nullopt;
    Finding finding =
        found(u"id_not_changed"_s, Text::tr("The mail policy changed, but its id did not"),
              Text::tr("The policy at %1 is not the one that was there before, but the record at _mta-sts.%2 still has "
                       "the id \"%3\". Senders that know this id keep the old policy until it runs out.")
                  .arg(policyAddress(facts.domain), facts.domain, known.id));
    if (known.mode != StsMode::Enforce || !known.isHeld(facts.now))
        return finding;
    const auto isLost = [&](const QString &host) { return !allowsMx(known.mx, host); };
    if (const auto lost = std::ranges::find_if(facts.mailHosts, isLost); lost != facts.mailHosts.end()) {
        finding.severity = Severity::High;
        finding.whatWeSaw += u' ' + Text::tr("The old one, in mode enforce, does not name %1: they deliver no mail to "
                                             "it.")
                                        .arg(*lost);
    }
    return finding;
}

void judgePolicy(const HttpResponse &response, const QString &id, const MtaStsFacts &facts, Judged &judged)
{
    if (auto finding = unusablePolicy(response, facts.domain)) {
        judged.findings.push_back(std::move(*finding));
        return;
    }
    const auto policy = parseStsPolicy(response.body);
    if (!policy) {
        judged.findings.push_back(
            found(u"policy_invalid"_s, Text::tr("The mail policy cannot be read"),
                  Text::tr("The policy at %1 is not valid: %2. Senders treat it as if it were not there.")
                      .arg(policyAddress(facts.domain), policy.error())));
        return;
    }
    judged.observed.insert(u"policy"_s, observedOf(*policy, response.body));
    judgeType(response, facts.domain, judged.findings);
    judgeMailHosts(*policy, facts, judged);
    const StsMemory seen = memoryOf(id, response.body, *policy, facts.now);
    const StsMemory known = remembered(facts.known, seen);
    if (auto finding = staleId(known, seen, facts))
        judged.findings.push_back(std::move(*finding));
    remember(known, judged.observed);
    if (!policy->duplicates.isEmpty()) {
        judged.findings.push_back(
            found(u"duplicate_key"_s, Text::tr("The mail policy says one thing twice"),
                  Text::tr("In the policy at %1, \"%2\" stands more than once; only the first one counts.")
                      .arg(policyAddress(facts.domain), policy->duplicates.front())));
    }
    if (policy->mode != StsMode::None && policy->maxAge < kShortestUsefulAge) {
        judged.findings.push_back(found(u"short_life"_s, Text::tr("The mail policy is forgotten too soon"),
                                        Text::tr("The policy of %1 holds for %2 seconds (max_age); weeks are wanted.")
                                            .arg(facts.domain, QString::number(policy->maxAge))));
    }
    judged.summary = policy->mode == StsMode::Enforce ? Text::tr("Senders are told to insist on encryption")
                                                      : Text::tr("A mail policy in mode %1").arg(toWord(policy->mode));
}

void judgeRecord(const QByteArray &text, const MtaStsFacts &facts, Judged &judged)
{
    judged.observed.insert(u"record"_s, shownText(text));
    const auto id = parseStsRecord(text);
    if (!id) {
        judged.findings.push_back(
            found(u"invalid_record"_s, Text::tr("The mail policy record cannot be read"),
                  Text::tr("The record at _mta-sts.%1 is \"%2\": %3. Senders treat it as if it were not there.")
                      .arg(facts.domain, shownText(text), id.error())));
        return;
    }
    judged.observed.insert(u"id"_s, *id);
    if (!facts.policy)
        return;
    if (*facts.policy) {
        judgePolicy(**facts.policy, *id, facts, judged);
        return;
    }
    judged.findings.push_back(
        found(u"policy_unreachable"_s, Text::tr("The mail policy cannot be fetched"),
              Text::tr("_mta-sts.%1 promises a policy at %2, but it cannot be fetched: %3")
                  .arg(facts.domain, policyAddress(facts.domain), facts.policy->error().message)));
}

std::optional<Finding> recordFault(const ExtraRecord &record, const QString &domain)
{
    if (record.state == ExtraState::Several) {
        return found(
            u"several_records"_s, Text::tr("There are several mail policy records"),
            Text::tr("_mta-sts.%1 has more than one record of version STSv1; senders then use none.").arg(domain));
    }
    if (record.state == ExtraState::Absent && !record.nearMiss.isEmpty()) {
        return found(u"not_recognised"_s, Text::tr("The mail policy record is not recognised"),
                     Text::tr("The record at _mta-sts.%1 is \"%2\"; it has to begin with exactly \"v=STSv1;\".")
                         .arg(domain, shownText(record.nearMiss)));
    }
    return std::nullopt;
}

} // namespace

Judged judgeMtaSts(const MtaStsFacts &facts)
{
    const ExtraRecord record = readExtraRecord(facts.record, kStsVersion);
    if (record.state == ExtraState::DnsFailure)
        return unknownExtra(stsRecordQuestion(facts.domain), facts.record.status);
    Judged judged;
    if (auto fault = recordFault(record, facts.domain))
        judged.findings.push_back(std::move(*fault));
    if (record.state == ExtraState::One)
        judgeRecord(record.text, facts, judged);
    judged.observed.insert(u"status"_s, judged.observed.contains(u"policy"_s) ? u"valid"_s : u"invalid"_s);
    const QString sound = judged.summary; // of the policy
    return concludedExtra(std::move(judged), record, Text::tr("No policy for encrypted delivery; an optional extra"),
                          sound);
}

} // namespace cockpit
