#include "checks/mail/dkim.h"

#include "checks/mail/mailintent.h"
#include "checks/net/dnsname.h"
#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"
#include "models/providers.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QStringList senderProviders(const Look &look)
{
    const std::vector<DnsLookup> questions{{.name = look.target.domain, .type = RrType::Mx},
                                           {.name = look.target.domain, .type = RrType::Txt}};
    const auto answers = look.seen.askAll(questions);
    QStringList ids;
    for (const Provider &provider : knownProviders()) {
        const auto carriesMail = [&](const DnsRecord &r) { return matchesHost(provider.mx, r.target); };
        const auto isIncluded = [&](const DnsRecord &r) {
            return std::ranges::any_of(provider.spf,
                                       [&](const QString &domain) { return r.text.contains(domain.toLatin1()); });
        };
        const bool isSeen = (*answers[0] && std::ranges::any_of((*answers[0])->records(RrType::Mx), carriesMail)) ||
                            (*answers[1] && std::ranges::any_of((*answers[1])->records(RrType::Txt), isIncluded));
        if (isSeen)
            ids << provider.id;
    }
    return ids;
}

// The facts that other programs read are there all the same, without values.
Judged withoutSelectors(Judged judged, qsizetype tried)
{
    judged.observed = {{u"selectors"_s, QJsonArray()}, {u"tried"_s, static_cast<int>(tried)}};
    return judged;
}

Judged lookAtDkim(const Look &look)
{
    const QString domain = look.target.domain;
    if (isMissingDomain(domain, look.seen))
        return unlessMissing(withoutSelectors({}, 0), domain, look.seen);
    const QStringList names = dkimSelectorsFor(senderProviders(look), look.facts.dkimSelectors);
    std::vector<DnsLookup> questions{{.name = u"_domainkey."_s + domain, .type = RrType::Txt},
                                     {.name = randomLabel() + u"._domainkey."_s + domain, .type = RrType::Txt}};
    for (const QString &name : names)
        questions.push_back({.name = name + u"._domainkey."_s + domain, .type = RrType::Txt});
    const auto answers = look.seen.askAll(questions);
    const bool anyAnswer = std::ranges::any_of(answers, [](const auto &answer) { return answer->has_value(); });
    if (!anyAnswer)
        return withoutSelectors(couldNotLook(answers.front()->error()), names.size());

    if (const auto gap = gapIn(questions[1], *answers[1])) // what every name answers: without it no answer can be read
        return withoutSelectors(couldNotLook(*gap), names.size());

    DkimFacts facts{domain, {}, *answers[0], *answers[1], saysItSendsNoMail(domain, look.seen)};
    std::vector<Evidence> evidence;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const auto at = static_cast<size_t>(i) + 2;
        facts.selectors.push_back({names[i], look.facts.dkimSelectors.contains(names[i]), *answers[at]});
        if (*answers[at] && (*answers[at])->status == DnsStatus::Answered)
            evidence.push_back(evidenceOf(questions[at], **answers[at]));
    }
    Judged judged = judgeDkim(facts);
    judged.evidence = std::move(evidence);
    return judged;
}

} // namespace

QStringList dkimSelectorsFor(const QStringList &providerIds, const QStringList &fromUser)
{
    static const QJsonObject lists = [] {
        QFile file(u":/rules/dkim-selectors.json"_s);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }();
    QStringList names = fromUser;
    const auto append = [&](const QJsonArray &list) {
        for (const QJsonValue name : list)
            names << name.toString();
    };
    for (const QString &id : providerIds)
        append(lists["providers"_L1][id].toArray());
    append(lists["generic"_L1].toArray());
    names.removeDuplicates();
    return names;
}

Check dkimCheck()
{
    return {.id = u"mail.dkim"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtDkim};
}

} // namespace cockpit
