#include "checks/abuse/upload.h"
#include "checks/actors/casetally.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/statusclass.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Upload)
};

constexpr std::size_t kMostShown = 3;

// Taken, and there when it is asked for.
bool isKept(const TriedFile &one)
{
    return one.tried.wasTaken && one.tried.after && isSuccess(*one.tried.after);
}

bool isScriptFile(UploadKind kind)
{
    return kind == UploadKind::Html || kind == UploadKind::Svg || kind == UploadKind::WrongBytes ||
           kind == UploadKind::Polyglot;
}

bool runsHere(const TriedFile &one)
{
    return isScriptFile(one.file.kind) && isKept(one) && !one.isElsewhere && servedFileOf(*one.tried.after).runs();
}

// The name stands in what the product keeps: its id, its address, or the name it shows.
bool keepsName(const TriedFile &one)
{
    const QByteArray &body = one.tried.answer.body;
    switch (one.file.kind) {
    case UploadKind::PathName:
        return body.contains("../LC-") || body.contains("..\\/LC-");
    case UploadKind::EncodedPathName:
        return body.contains("../LC-") || body.contains("..%2fLC-") || body.contains("..%2FLC-");
    case UploadKind::LongName:
        return body.contains(one.file.name);
    case UploadKind::Good:
    case UploadKind::Empty:
    case UploadKind::TooLarge:
    case UploadKind::DoubleExtension:
    case UploadKind::WrongBytes:
    case UploadKind::Html:
    case UploadKind::Svg:
    case UploadKind::Polyglot:
    case UploadKind::TestVirus:
        return false;
    }
    Q_UNREACHABLE();
}

CaseFault runsFault()
{
    return {u"script_runs"_s,
            Severity::High,
            Proof::Proven,
            Impact::AccountTakeover,
            Text::tr("An uploaded file runs as a script on your domain"),
            Text::tr("It is handed out from your host with a type that browsers run, as no download and without a "
                     "policy that stops scripts. Wanted: a download, or a host of its own.")};
}

CaseFault typeFault(bool isServedSafely)
{
    return {u"any_type_accepted"_s,
            isServedSafely ? Severity::Low : Severity::Medium,
            Proof::Proven,
            Impact::AccountTakeover,
            Text::tr("Files of forbidden types are stored"),
            Text::tr("It was taken and can be fetched. Wanted: 415 or 422 for what is no picture or document, by its "
                     "bytes and not by its name.")};
}

CaseFault sizeFault()
{
    return {u"no_size_limit"_s,
            Severity::Low,
            Proof::Strong,
            Impact::CostAbuse,
            Text::tr("Uploads have no limit of size"),
            Text::tr("It was taken. Wanted: 413 above the size that your customers need.")};
}

CaseFault nameFault()
{
    return {u"name_kept"_s,
            Severity::Medium,
            Proof::Proven,
            Impact::DataExposure,
            Text::tr("The name of an uploaded file is kept as it comes"),
            Text::tr("The name shows in the answer as it was sent. Wanted: a name of the server's own, or 422.")};
}

CaseFault emptyFault()
{
    return {u"empty_accepted"_s,
            Severity::Low,
            Proof::Proven,
            Impact::Maintainability,
            Text::tr("Empty files are stored"),
            Text::tr("It was taken and can be fetched. Wanted: 422.")};
}

CaseFault virusFault()
{
    return {u"virus_accepted"_s,
            Severity::Low,
            Proof::Lead,
            Impact::DataExposure,
            Text::tr("Uploads may not be scanned for viruses"),
            Text::tr("It was taken and can be fetched at once. A scanner that looks later would not show here: ask "
                     "whoever runs the storage.")};
}

std::optional<CaseFault> faultOf(const TriedFile &one, bool isServedSafely)
{
    if (runsHere(one))
        return runsFault();
    if (!isKept(one))
        return std::nullopt;
    switch (one.file.kind) {
    case UploadKind::Html:
    case UploadKind::Svg:
    case UploadKind::WrongBytes:
    case UploadKind::DoubleExtension:
        return typeFault(isServedSafely);
    case UploadKind::TooLarge:
        return sizeFault();
    case UploadKind::Empty:
        return emptyFault();
    case UploadKind::TestVirus:
        return virusFault();
    case UploadKind::PathName:
    case UploadKind::EncodedPathName:
    case UploadKind::LongName:
        return keepsName(one) ? std::optional(nameFault()) : std::nullopt;
    case UploadKind::Good:
    case UploadKind::Polyglot: // its bytes are a picture
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

// A path in a name need not be fetched to be dangerous: it is there as soon as it is kept.
std::optional<CaseFault> wholeFaultOf(const TriedFile &one, bool isServedSafely)
{
    if (one.tried.wasTaken && keepsName(one))
        return nameFault();
    return faultOf(one, isServedSafely);
}

struct UploadCase
{
    CaseFault fault;
    const TriedFile *file;
    QString route;
};

Finding findingOf(const UploadLook &look, const std::vector<const UploadCase *> &cases)
{
    const UploadCase &first = *cases.front();
    QStringList what;
    for (const UploadCase *one : cases)
        what.append(Text::tr("%1: %2", "a route and a file").arg(one->route, describe(one->file->file.kind)));
    Severity severity = first.fault.severity;
    for (const UploadCase *one : cases)
        severity = std::min(severity, one->fault.severity);
    Finding finding = makeFinding(first.fault.code, severity, first.fault.proof, first.fault.impact, first.fault.title,
                                  what.join(u"; "_s) + u". "_s + first.fault.wanted);
    finding.host = hostOf(first.file->tried.answer.url);
    finding.effortMinutes = 90;
    for (std::size_t i = 0; i < std::min(cases.size(), kMostShown); ++i) {
        const TriedBody &tried = cases[i]->file->tried;
        finding.evidence.push_back(
            requestProof(tried.request, tried.answer, {.actor = look.actor, .known = look.known}));
        if (!tried.after || cases[i]->file->isElsewhere)
            continue;
        ActiveRequest read;
        read.url = tried.after->url;
        finding.evidence.push_back(requestProof(read, *tried.after, {.actor = look.actor, .known = look.known}));
    }
    return finding;
}

QJsonObject rowOf(const TriedFile &one)
{
    QJsonObject row{{u"kind"_s, toWord(one.file.kind)},
                    {u"status"_s, one.tried.answer.status},
                    {u"taken"_s, one.tried.wasTaken},
                    {u"elsewhere"_s, one.isElsewhere}};
    if (one.tried.after && !one.isElsewhere) {
        const ServedFile served = servedFileOf(*one.tried.after);
        row.insert(u"type"_s, QString::fromLatin1(served.type.left(80)));
        row.insert(u"nosniff"_s, served.isNosniff);
        row.insert(u"attachment"_s, served.isAttachment);
    }
    return row;
}

// Whether browsers run nothing of what is stored there: as the good file is handed out, so are others.
bool isServedSafely(const UploadRun &run)
{
    return std::ranges::all_of(run.files, [](const TriedFile &one) {
        return !isKept(one) || one.isElsewhere || servedFileOf(*one.tried.after).isAttachment ||
               servedFileOf(*one.tried.after).isSandboxed;
    });
}

void countRoute(const UploadRun &run, CaseTally &tally, std::vector<UploadCase> &cases)
{
    QJsonArray files;
    const QString name = routeName(run.route);
    bool isTold = false;
    for (const TriedFile &one : run.files) {
        files.append(rowOf(one));
        const auto fault = wholeFaultOf(one, isServedSafely(run));
        if (fault)
            cases.push_back({*fault, &one, name});
        const bool isRefused = one.tried.answer.status >= 400 && one.tried.answer.status < 500;
        isTold = isTold || fault || isRefused;
    }
    QString notTested = run.notTested;
    if (notTested.isEmpty() && !isTold)
        notTested = Text::tr("%1: no answer told whether a bad file is refused.").arg(name);
    QJsonObject row{{u"route"_s, name}, {u"files"_s, files}};
    if (run.good)
        row.insert(u"good"_s, QString::fromLatin1(run.good->file.contentType));
    tally.addRow(row, notTested);
}

} // namespace

Judged judgeUpload(const UploadLook &look)
{
    CaseTally tally{.gaps = LookGaps(look.brokenOff)};
    std::vector<UploadCase> cases;
    int sent = 0;
    for (const UploadRun &run : look.routes) {
        countRoute(run, tally, cases);
        sent += static_cast<int>(run.files.size());
    }
    for (const auto &alike : groupedByCode(cases, [](const UploadCase &one) { return one.fault.code; }))
        tally.findings.push_back(findingOf(look, alike));
    tally.gaps.say(look.notTried);
    tally.gaps.say(leftOutGap(look.leftOut, kMostUploadRoutes).sentence);
    if (tally.gaps.isSaid())
        tally.gaps.hideAll(); // a finding speaks of all routes together
    const QJsonObject observed{{u"actor"_s, look.actor},
                               {u"routes"_s, tally.rows},
                               {u"not_tried"_s, QJsonArray::fromStringList(look.notTried)},
                               {u"left_out"_s, QJsonArray::fromStringList(look.leftOut)},
                               {u"requests"_s, look.requests}};
    return judgedFrom(std::move(tally), Text::tr("%n bad file(s) sent", nullptr, sent), observed);
}

} // namespace cockpit
