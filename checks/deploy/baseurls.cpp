#include "checks/deploy/baseurls.h"

#include "checks/engine/lookgaps.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace deploy;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BaseUrls)
};

QString wordOf(Use use)
{
    switch (use) {
    case Use::Call:
        return u"call"_s;
    case Use::Literal:
        return u"literal"_s;
    case Use::Fallback:
        return u"fallback"_s;
    case Use::Binary:
        return u"binary"_s;
    }
    Q_UNREACHABLE();
}

struct Fault
{
    QString code;
    Severity severity = Severity::High;
    Impact impact = Impact::Downtime;
    QString title;
    QString wanted;
};

std::optional<Fault> faultOf(const BuiltAddress &one)
{
    switch (one.kind) {
    case AddressKind::OwnMachine:
        return Fault{u"own_machine"_s, Severity::High, Impact::Downtime,
                     Text::tr("The built app calls the visitor's own computer"),
                     Text::tr("For a customer nothing answers there.")};
    case AddressKind::OtherNetwork:
        return Fault{u"other_network"_s, Severity::High, Impact::Downtime,
                     Text::tr("The built app calls an address that only your network has"),
                     Text::tr("For a customer nothing answers there.")};
    case AddressKind::Tunnel:
        return Fault{u"tunnel"_s, Severity::High, Impact::Downtime,
                     Text::tr("The built app calls a developer's machine"),
                     Text::tr("This address leads through a tunnel to one computer, and ends when it sleeps.")};
    case AddressKind::OwnTest:
        return Fault{u"test_host"_s, Severity::High, Impact::DataExposure,
                     Text::tr("The built app calls the test system"),
                     Text::tr("What real customers do there ends up among test data.")};
    case AddressKind::Preview:
        return Fault{u"preview_host"_s, Severity::High, Impact::Downtime,
                     Text::tr("The built app calls a preview deployment"),
                     Text::tr("Previews are of one branch, and are deleted or closed without notice.")};
    case AddressKind::ProviderTest:
        return Fault{u"provider_test"_s, Severity::High, Impact::Downtime,
                     Text::tr("The built app calls a provider's test system"),
                     Text::tr("Payments and orders there are not real.")};
    case AddressKind::OwnPlain:
        return Fault{u"plain_http"_s, Severity::Medium, Impact::DataExposure,
                     Text::tr("The built app calls your product without encryption"),
                     Text::tr("Whoever is on the way can read and change it; phones and secure pages refuse it.")};
    case AddressKind::Own:
    case AddressKind::Library:
    case AddressKind::Other:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

// On a server a private address, and the machine itself, are as good as any.
bool isFine(const BuiltAddress &one)
{
    return one.isForServer && (one.kind == AddressKind::OwnMachine || one.kind == AddressKind::OtherNetwork ||
                               one.kind == AddressKind::OwnPlain);
}

std::optional<Finding> findingFor(const BuiltAddress &one)
{
    const auto fault = faultOf(one);
    if (!fault || isFine(one))
        return std::nullopt;
    const bool isSure = one.address.use == Use::Call || one.address.use == Use::Literal;
    Finding finding;
    finding.code = fault->code;
    finding.subject = one.address.origin();
    finding.proof = isSure ? Proof::Strong : Proof::Lead;
    finding.severity = isSure ? fault->severity : Severity::Medium;
    finding.impact = fault->impact;
    finding.title = fault->title;
    const QString where =
        one.address.line > 0 ? Text::tr("%1, line %2").arg(one.file, QString::number(one.address.line)) : one.file;
    finding.whatWeSaw = one.address.use == Use::Fallback
                            ? Text::tr("%1 names %2 for when a setting is empty. %3")
                                  .arg(where, finding.subject + one.address.path, fault->wanted)
                            : Text::tr("%1 names %2. %3").arg(where, finding.subject + one.address.path, fault->wanted);
    finding.location = Location{one.file, one.address.line, {}};
    finding.effortMinutes = 20;
    return finding;
}

QJsonObject observedOf(const BuiltAddress &one)
{
    return {{u"origin"_s, one.address.origin()},
            {u"kind"_s, toWord(one.kind)},
            {u"use"_s, wordOf(one.address.use)},
            {u"file"_s, one.file},
            {u"line"_s, one.address.line > 0 ? QJsonValue(one.address.line) : QJsonValue()},
            {u"places"_s, one.places}};
}

} // namespace

Judged judgeBaseUrls(const BuiltAddresses &read)
{
    QJsonArray addresses;
    std::vector<Finding> findings;
    int own = 0;
    for (const BuiltAddress &one : read.addresses) {
        addresses.append(observedOf(one));
        own += one.kind == AddressKind::Own ? 1 : 0;
        if (auto finding = findingFor(one))
            findings.push_back(std::move(*finding));
    }
    Judged judged;
    judged.observed = {{u"addresses"_s, addresses}, {u"files"_s, read.files}};
    if (read.files == 0 && read.gaps.isEmpty()) {
        judged.outcome = Outcome::NotRun;
        judged.reason = Text::tr("There is no built code in what you named: build the app and name the folder that it "
                                 "is written to (dist, build, .next).");
        return judged;
    }
    judged.outcome = outcomeFor(findings);
    judged.summary = findings.empty()
                         ? Text::tr("%n built file(s) name %1 address(es) of the product, and none of a test", nullptr,
                                    static_cast<int>(read.files))
                               .arg(own)
                         : Text::tr("%n address(es) are not production's", nullptr, static_cast<int>(findings.size()));
    judged.findings = std::move(findings);
    leaveOpen(judged, anyBehind(read.gaps));
    return judged;
}

Check baseUrlsCheck()
{
    return {.id = u"deploy.base-urls"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::Downtime},
            .needs = {Need::Folder},
            .sources = {SourceKind::Build, SourceKind::Package},
            .look = [](const Look &look) {
                const ReadBuiltAddresses question{look.facts.sources, look.target};
                const auto read = look.seen.ask(question);
                return *read ? judgeBaseUrls(**read) : couldNotLook(read->error());
            }};
}

} // namespace cockpit
