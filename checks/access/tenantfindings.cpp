#include "checks/access/tenantfindings.h"

#include "checks/actors/likeness.h"
#include "checks/actors/recordid.h"
#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

QString howWords(CrossWay way)
{
    switch (way) {
    case CrossWay::Path:
        return Text::tr("by the id in the address");
    case CrossWay::Nobody:
        return Text::tr("without signing in");
    case CrossWay::Version:
        return Text::tr("at an older version of the interface");
    case CrossWay::Wildcard:
        return Text::tr("with a word that stands for any record in place of the id");
    case CrossWay::Method:
        return Text::tr("by sending POST with a header field that says it is GET");
    case CrossWay::Query:
    case CrossWay::ManyIds:
        return Text::tr("by the id behind the question mark");
    case CrossWay::Polluted:
        return Text::tr("by naming its own id first and the foreign one behind it");
    case CrossWay::Body:
        return Text::tr("by the id in what it sent");
    case CrossWay::Header:
        return Text::tr("by naming the other customer in a header field");
    case CrossWay::Filter:
        return Text::tr("by naming the other customer in the filter");
    case CrossWay::List:
        return Text::tr("in the plain list");
    case CrossWay::Export:
        return Text::tr("in the export");
    case CrossWay::Search:
        return Text::tr("by searching");
    case CrossWay::GraphQl:
        return Text::tr("by a GraphQL question");
    }
    Q_UNREACHABLE();
}

Severity severityOf(Proof proof)
{
    switch (proof) {
    case Proof::Proven:
        return Severity::Critical;
    case Proof::Strong:
        return Severity::High;
    case Proof::Lead:
        return Severity::Medium;
    }
    Q_UNREACHABLE();
}

bool isPlanted(const ReachVerdict &verdict)
{
    return !verdict.markers.empty() && verdict.markers.front().kind == MarkerKind::Canary;
}

QString seenWords(const ReachVerdict &verdict, const TenantLook &look)
{
    if (isPlanted(verdict))
        return Text::tr("the text %1, which only the test record of %2 has", "what an answer holds")
            .arg(verdict.markers.front().text, look.owner);
    if (!verdict.markers.empty())
        return Text::tr("%n text(s) that only %1 has", "what an answer holds", static_cast<int>(verdict.markers.size()))
            .arg(look.owner);
    return Text::tr("the same content as %1 gets", "what an answer holds").arg(look.owner);
}

bool isReadByNobody(const CrossedAnswer &one, const ReachVerdict &verdict)
{
    if (!one.stranger)
        return false;
    return Markers(verdict.markers).areIn(*one.stranger, sentBy(one.crossing.request)) ||
           likenessOf(*one.stranger, one.answer) == Likeness::Same;
}

} // namespace

QString writeCode(bool removes)
{
    return removes ? u"cross_delete"_s : u"cross_write"_s;
}

QString crossingCode(CrossWay way)
{
    switch (way) {
    case CrossWay::Path:
    case CrossWay::Version:
    case CrossWay::Wildcard:
        return u"cross_path"_s;
    case CrossWay::Method:
        return u"cross_method"_s;
    case CrossWay::Nobody:
        return u"open_to_strangers"_s;
    case CrossWay::Query:
    case CrossWay::ManyIds:
    case CrossWay::Polluted:
        return u"cross_query"_s;
    case CrossWay::Body:
        return u"cross_body"_s;
    case CrossWay::Header:
        return u"cross_header"_s;
    case CrossWay::Filter:
        return u"cross_filter"_s;
    case CrossWay::List:
        return u"cross_list"_s;
    case CrossWay::Export:
        return u"cross_export"_s;
    case CrossWay::Search:
        return u"cross_search"_s;
    case CrossWay::GraphQl:
        return u"cross_graphql"_s;
    }
    Q_UNREACHABLE();
}

Finding crossingFinding(const TenantLook &look, const ResourceLook &resource, const CrossedAnswer &one,
                        const ReachVerdict &verdict)
{
    const bool isOpen = one.crossing.asNobody || isReadByNobody(one, verdict);
    Proof proof = verdict.proof.value_or(Proof::Lead);
    // Whoever guesses that a page is private may be wrong: what everybody may read is no leak. Not even a test record
    // in a list is then: perhaps whatever is made there is published. At an address of its own that is less likely. A
    // stranger who got no answer in time leaves that open.
    if ((isOpen || one.isStrangerUntold) && one.crossing.isGuessed)
        proof = isPlanted(verdict) && !one.crossing.isOfList ? std::max(proof, Proof::Strong) : Proof::Lead;
    const QString asked =
        QString::fromLatin1(one.crossing.request.method) + u' ' + one.crossing.request.url.toDisplayString();
    const QString who = one.crossing.asNobody ? Text::tr("a stranger") : look.outsider;
    Finding finding = makeFinding(
        isOpen ? u"open_to_strangers"_s : crossingCode(one.crossing.way), severityOf(proof), proof,
        Impact::DataExposure,
        isOpen ? Text::tr("Anybody can read a customer's records (%1)").arg(resource.name)
               : Text::tr("One customer can read another customer's records (%1)").arg(resource.name),
        Text::tr("%1, asked as %2, answers with %3: reached %4. Wanted: 403 or 404, or an answer without the record.")
            .arg(asked, who, seenWords(verdict, look), howWords(one.crossing.way)));
    finding.host = hostOf(one.crossing.request.url);
    finding.subject = one.crossing.routeName;
    finding.evidence = {requestProof(
        one.sent.value_or(one.crossing.request), one.answer,
        {.actor = one.crossing.asNobody ? QString() : look.outsider, .markers = verdict.markers, .known = look.known})};
    if (const auto kind = idKindOf(resource.id))
        finding.evidence.push_back({Text::tr("How hard the id is to guess"), describeGuessing(*kind, resource.id)});
    finding.effortMinutes = 120;
    return finding;
}

// Strong and no more: some products show all their customers to each other on purpose.
Finding mailFinding(const TenantLook &look, const CrossedAnswer &one)
{
    const ReachVerdict verdict{.reach = ActorReach::Allowed,
                               .why = ReachWhy::Marker,
                               .markers = {{look.ownersMail, MarkerKind::Mail, {}}},
                               .proof = Proof::Strong};
    return crossingFinding(look, {.name = one.crossing.routeName, .id = {}}, one, verdict);
}

Finding writeFinding(const TenantLook &look, const ResourceLook &resource, const BlindWrite &write)
{
    const QString asked = QString::fromLatin1(write.request.method) + u' ' + write.request.url.toDisplayString();
    Finding finding = makeFinding(
        writeCode(write.removes), Severity::Critical, Proof::Proven, Impact::DataExposure,
        write.removes ? Text::tr("One customer can delete another customer's records (%1)").arg(resource.name)
                      : Text::tr("One customer can change another customer's records (%1)").arg(resource.name),
        Text::tr("%1, sent as %2, was answered with status %3, and the test record of %4 is changed or gone. The "
                 "answer alone does not show it.")
            .arg(asked, look.outsider, QString::number(write.answer.status), look.owner));
    finding.host = hostOf(write.request.url);
    finding.subject = write.routeName;
    finding.evidence = {requestProof(write.request, write.answer, {.actor = look.outsider, .known = look.known})};
    finding.effortMinutes = 120;
    return finding;
}

Finding oracleFinding(const TenantLook &look, const ResourceLook &resource, const CrossedAnswer &path)
{
    Finding finding = makeFinding(
        u"existence_oracle"_s, Severity::Low, Proof::Strong, Impact::DataExposure,
        Text::tr("Refusals tell which records exist (%1)").arg(resource.name),
        Text::tr("%1 gets status %2 for a record of another customer and status %3 for one that does not "
                 "exist. Whoever counts through the ids learns how many there are. Wanted: 404 for both.")
            .arg(look.outsider, QString::number(path.answer.status), QString::number(resource.madeUp->status)));
    finding.host = hostOf(path.crossing.request.url);
    finding.subject = path.crossing.routeName;
    finding.evidence = {requestProof(path.sent.value_or(path.crossing.request), path.answer,
                                     {.actor = look.outsider, .known = look.known})};
    finding.effortMinutes = 30;
    return finding;
}

} // namespace cockpit
