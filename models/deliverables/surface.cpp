#include "models/deliverables/makers.h"
#include "models/redirectrows.h"
#include "models/surfacematrix.h"
#include "models/targetchange.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit::deliverables {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverable)
};

QString sayNoRoutes()
{
    return Text::tr("No route list yet: import an OpenAPI file, a HAR recording or a Postman collection.");
}

void writeHosts(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Host"), Text::tr("Role"), Text::tr("What was seen")};
    table.emptyText = Text::tr("No host is known.");
    for (const Host &host : input.project.settings.target.hosts) {
        QString seen = handover::notKnownYet();
        for (const CheckResult *result : handover::resultsOf(input.project, u"tls.reachable"_s))
            if (result->host == host.name && !result->summary.isEmpty())
                seen = result->summary;
        table.rows.push_back({host.name, labelOf(host.role), seen});
    }
    if (table.rows.empty())
        draft.missing(Text::tr("No address yet: enter the address of the product."));
    draft.add(std::move(table));
}

// Two tables, since one with eight columns is wider than paper.
constexpr std::size_t kColumnsOfATable = 4;

void writeMatrix(Draft &draft, const HandoverInput &input)
{
    const std::vector<SurfaceRow> rows = surfaceMatrix(input.project);
    for (std::size_t first = 0; first < kSurfaceColumns.size(); first += kColumnsOfATable) {
        const std::size_t end = std::min(first + kColumnsOfATable, kSurfaceColumns.size());
        Table table;
        table.header = {Text::tr("Host")};
        table.emptyText = Text::tr("No host is known.");
        for (std::size_t i = first; i < end; ++i)
            table.header << labelOf(kSurfaceColumns[i]);
        for (const SurfaceRow &row : rows) {
            QStringList cells{displayName(row.host.name)};
            for (std::size_t i = first; i < end; ++i)
                cells << (row.cells[i].figure.isEmpty()
                              ? wordOf(row.cells[i])
                              : Text::tr("%1 (%2)").arg(wordOf(row.cells[i]), row.cells[i].figure));
            table.rows.push_back(cells);
        }
        draft.add(std::move(table));
    }
}

void writeOldAddresses(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Old address"), Text::tr("Should lead to"), Text::tr("Last look")};
    table.emptyText = Text::tr("No list of old addresses yet: write or import it on the page “Old addresses”.");
    for (const RedirectRow &row : redirectRows(input.project))
        table.rows.push_back(
            {row.entry.from, row.entry.to.isEmpty() ? Text::tr("any page") : row.entry.to, seenText(row)});
    if (table.rows.empty())
        draft.missing(table.emptyText);
    draft.add(std::move(table));
}

void writeRoutes(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Method"), Text::tr("Path"), Text::tr("Open to"), Text::tr("Host"),
                    Text::tr("Learnt from")};
    table.emptyText = sayNoRoutes();
    for (const Route &route : routesOnTarget(input.project))
        table.rows.push_back({route.method, route.path, labelOf(route.access), route.host, route.source});
    if (table.rows.empty())
        draft.missing(sayNoRoutes());
    draft.add(std::move(table));
}

QString endOf(const handover::CertificateFacts &facts)
{
    const QString date = handover::dateText(facts.notAfter);
    if (facts.hasExpired())
        return Text::tr("%1 (expired)").arg(date);
    return facts.daysLeft ? Text::tr("%1 (%n day(s) left)", nullptr, *facts.daysLeft).arg(date) : date;
}

void writeCertificates(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Host"),    Text::tr("Certificate"), Text::tr("Issued by"),
                    Text::tr("Ends on"), Text::tr("Renewed by"),  Text::tr("Chain")};
    table.emptyText = Text::tr("No certificate was seen yet.");
    for (const handover::CertificateFacts &facts : handover::certificates(input.project))
        table.rows.push_back({facts.host, handover::certificateText(facts), facts.issuer, endOf(facts),
                              facts.renewal.isEmpty() ? handover::notKnownYet() : facts.renewal, facts.chain});
    if (table.rows.empty())
        draft.missing(Text::tr("No certificate was seen yet: run the checks of the domain stage."));
    draft.add(std::move(table));
}

} // namespace

void writeSurfaceMap(Draft &draft, const HandoverInput &input)
{
    draft.heading(Text::tr("Hosts"), 3);
    writeHosts(draft, input);
    draft.heading(Text::tr("What was looked at on each"), 3);
    writeMatrix(draft, input);
    draft.heading(Text::tr("Routes"), 3);
    writeRoutes(draft, input);
    draft.heading(Text::tr("What else strangers can reach"), 3);
    handover::listChecks(draft, input.project,
                         {u"exposure.admin-paths"_s, u"exposure.files"_s, u"exposure.api-docs"_s, u"exposure.debug"_s,
                          u"exposure.integrations"_s});
}

void writeRedirectMap(Draft &draft, const HandoverInput &input)
{
    draft.heading(Text::tr("Old addresses"), 3);
    writeOldAddresses(draft, input);
    draft.heading(Text::tr("Redirects that were seen"), 3);
    Table table;
    table.header = {Text::tr("From"), Text::tr("Status"), Text::tr("To")};
    table.emptyText = Text::tr("No redirect was seen yet.");
    for (const auto &chain : handover::redirectChains(input.project))
        for (const handover::RedirectHop &hop : chain)
            if (!hop.location.isEmpty())
                table.rows.push_back({hop.url, QString::number(hop.status), hop.location});
    if (table.rows.empty())
        draft.missing(Text::tr("No redirect was seen yet: run the checks of the domain stage."));
    draft.add(std::move(table));
    handover::listChecks(draft, input.project,
                         {u"http.https-redirect"_s, u"http.canonical"_s, u"http.redirect-map"_s,
                          u"http.mixed-content"_s, u"handover.redirects"_s});
}

void writeEdgeSummary(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("System"), Text::tr("Provider")};
    table.emptyText = Text::tr("No provider was recognised yet.");
    for (const handover::DetectedProvider &provider : handover::detectedProviders(input.project))
        table.rows.push_back({labelOf(provider.kind), provider.name});
    if (table.rows.empty())
        draft.missing(Text::tr("No provider was recognised yet: run the checks of the domain stage."));
    draft.add(std::move(table));
    draft.heading(Text::tr("Certificates"), 3);
    writeCertificates(draft, input);
    draft.heading(Text::tr("Protection"), 3);
    handover::listChecks(draft, input.project,
                         {u"dns.resolution"_s, u"tls.reachable"_s, u"http.https-redirect"_s, u"edge.detect"_s,
                          u"edge.origin-exposed"_s, u"edge.bot-and-ddos"_s, u"edge.waf-rules"_s,
                          u"abuse.rate-limit"_s});
}

void writeCachePolicy(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Path"), Text::tr("Open to"), Text::tr("May be cached")};
    table.emptyText = sayNoRoutes();
    for (const Route &route : routesOnTarget(input.project)) {
        const bool shareable = route.access == AccessClass::Public && route.method == "GET"_L1;
        table.rows.push_back({route.path, labelOf(route.access),
                              shareable ? Text::tr("yes, if it is the same for everybody") : Text::tr("never")});
    }
    if (table.rows.empty())
        draft.missing(sayNoRoutes());
    draft.paragraph(Text::tr("Static files may be kept for long. Pages and answers behind a sign-in are never kept."));
    draft.add(std::move(table));
    handover::listChecks(
        draft, input.project,
        {u"http.cache-static"_s, u"http.cache-private"_s, u"edge.cache-rules"_s, u"edge.cache-leak"_s});
}

} // namespace cockpit::deliverables
