#include "checks/exposure/apidocs.h"

#include "checks/exposure/pathreport.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ApiDocs)
};

int countOf(const ApiDocument &document, AccessClass access)
{
    return static_cast<int>(std::ranges::count(document.routes, access, &Route::access));
}

// A document of public addresses is an invitation, and meant as one. One that names what only administrators or members
// may call tells an attacker where to knock.
Finding openDocument(const ApiDocument &document)
{
    const int admin = countOf(document, AccessClass::Admin);
    const int members = countOf(document, AccessClass::SignedIn);
    const QString where = document.answer.url.toDisplayString();
    const QString size = Text::tr("%1 is readable by everybody and lists %n address(es).", nullptr,
                                  static_cast<int>(document.routes.size()))
                             .arg(where);
    Finding finding =
        makeFinding(admin > 0 ? u"admin_document"_s : u"open_document"_s, admin > 0 ? Severity::Medium : Severity::Low,
                    Proof::Proven, Impact::DataExposure,
                    admin > 0 ? Text::tr("The plan of your API, its administration included, is open to everyone")
                              : Text::tr("The plan of your API is open to everyone"),
                    admin > 0 ? size + u' ' + Text::tr("Of these, %n for administration.", nullptr, admin)
                              : size + u' ' + Text::tr("Of these, %n behind a login.", nullptr, members));
    finding.evidence = {evidenceOf(document.answer)};
    finding.effortMinutes = 20;
    return finding;
}

// The same document often lies at several addresses.
std::vector<Finding> onePerKind(const std::vector<ApiDocument> &documents)
{
    std::vector<Finding> findings;
    for (const ApiDocument &document : documents) {
        const int closed = countOf(document, AccessClass::Admin) + countOf(document, AccessClass::SignedIn);
        if (closed == 0)
            continue;
        Finding finding = openDocument(document);
        if (std::ranges::find(findings, finding.code, &Finding::code) == findings.end())
            findings.push_back(std::move(finding));
    }
    return findings;
}

QString summaryOf(const std::vector<ApiDocument> &documents, size_t consoles, size_t asked)
{
    if (documents.empty() && consoles == 0)
        return Text::tr("No document about an API at %n usual address(es)", nullptr, static_cast<int>(asked));
    return Text::tr("%n open document(s) or page(s) about an API", nullptr,
                    static_cast<int>(documents.size() + consoles));
}

QJsonObject observedDocs(const std::vector<ApiDocument> &documents, const std::vector<const AskedPath *> &consoles,
                         size_t asked)
{
    QJsonArray rows;
    for (const ApiDocument &document : documents) {
        rows.append(QJsonObject{{u"path"_s, document.path},
                                {u"routes"_s, static_cast<int>(document.routes.size())},
                                {u"admin_routes"_s, countOf(document, AccessClass::Admin)}});
    }
    QJsonArray pages;
    for (const AskedPath *console : consoles)
        pages.append(console->path);
    return {{u"documents"_s, rows}, {u"consoles"_s, pages}, {u"asked"_s, static_cast<int>(asked)}};
}

Judged look(const Look &look)
{
    static const Result<std::vector<PathRule>> rules = loadPathRules(u"api-consoles"_s);
    if (!rules)
        return couldNotLook(rules.error());
    const auto paths = lookAtPaths(look, *rules);
    if (!paths)
        return paths.error();
    return judgeApiDocs(lookForApiDocuments(look, *look.host), *paths);
}

} // namespace

Judged judgeApiDocs(const ApiDocumentLook &look, const PathLook &paths)
{
    const std::vector<ApiDocument> &documents = look.documents;
    std::vector<const AskedPath *> consoles = provenAmong(paths.asked, paths.baselines);
    std::erase_if(consoles, [](const AskedPath *one) { return one->rule->id != "api-console"_L1; });
    const size_t asked = paths.asked.size() + static_cast<size_t>(apiDocumentPaths().size());
    std::vector<Finding> findings = onePerKind(documents);
    if (findings.empty()) // else the page shows the document that was just named
        findings = onePerRule(consoles);
    Judged judged = concluded(std::move(findings), summaryOf(documents, consoles.size(), asked),
                              observedDocs(documents, consoles, asked), {evidenceOf(paths.baselines.front())});
    if (judged.outcome == Outcome::Pass && !documents.empty()) {
        judged.outcome = Outcome::Info;
        judged.reason = Text::tr("The open document lists only what everybody may call.");
    }
    Untold untold = untoldAmong(paths.asked, paths.baselines);
    untold.silent = look.untold + untold.silent;
    untold.asked = static_cast<qsizetype>(asked);
    untold.gaps = {{}}; // which of the kinds a document is, its content tells
    admitUntold(judged, untold);
    return judged;
}

Check apiDocsCheck()
{
    return {.id = u"exposure.api-docs"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {},
            .look = look};
}

} // namespace cockpit
