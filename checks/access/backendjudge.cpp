#include "checks/access/backendreads.h"
#include "checks/access/backendwords.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"
#include "models/jsonplaces.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendReads)
};

QString hostOf(const BackendFound &backend)
{
    return backend.kind != BackendKind::Firebase ? backend.origin.host() : u"Firebase (%1)"_s.arg(backend.project);
}

bool hasKey(BackendKind kind)
{
    return kind == BackendKind::Supabase || kind == BackendKind::Firebase || kind == BackendKind::Appwrite;
}

struct Weight
{
    Severity severity = Severity::High;
    Proof proof = Proof::Strong;
};

// What a table holds is told by its columns, else by its name; some are meant for everybody, as are the street and the
// phone number of a shop.
Weight weightOf(const BackendAsk &ask)
{
    const bool isOfPeople = ask.columns.contains("email"_L1) || ask.columns.contains("password"_L1);
    const bool isPrivate = isPrivateName(ask.name);
    if (ask.columns.contains("password"_L1) || (isOfPeople && isPrivate))
        return {Severity::Critical, Proof::Proven};
    return isOfPeople || isPrivate ? Weight{Severity::High, Proof::Strong} : Weight{Severity::Medium, Proof::Lead};
}

Finding about(const BackendLook &look, const BackendAsk &ask, const QString &code, Weight weight, const QString &title,
              const QString &seen)
{
    Finding finding = makeFinding(code, weight.severity, weight.proof, Impact::DataExposure, title, seen);
    finding.host = ask.question.url.host();
    finding.subject = toWord(ask.part) + u' ' + ask.name;
    // The list of a bucket and the names of files are of customers: heads alone are shown.
    HttpResponse shown = *ask.answer;
    if (ask.part == BackendPart::File)
        shown.url.setPath(shown.url.path().section(u'/', 0, -2) + u"/…"_s);
    finding.evidence = {evidenceOf(shown)};
    finding.effortMinutes = 60;
    finding.whatWeSaw +=
        u' ' + (hasKey(look.backend.kind) ? Text::tr("Asked with the key that every visitor of your pages gets, at %1.")
                                          : Text::tr("Asked as any visitor can, at %1."))
                   .arg(hostOf(look.backend));
    return finding;
}

QString tableWords(const BackendAsk &ask)
{
    const QString rows = Text::tr("The table %1 gives a stranger %n row(s).", nullptr,
                                  static_cast<int>(std::min<qint64>(rowsIn(ask), 2'000'000'000)))
                             .arg(ask.name);
    return ask.columns.isEmpty() ? rows
                                 : rows + u' ' + Text::tr("Among its columns: %1.").arg(ask.columns.join(u", "_s));
}

// Of the other services. What a server of contents (Strapi, Directus) gives to everybody is meant so, but for what is
// private by its name.
std::optional<Finding> recordsFinding(const BackendLook &look, const BackendAsk &ask)
{
    const bool isOfContents = ask.kind == BackendKind::Strapi || ask.kind == BackendKind::Directus;
    // A name alone proves nothing: "users:viewer" tells a stranger that there is none.
    const bool isByNameAlone = ask.part == BackendPart::Query && !givesRecords(*ask.answer);
    const Weight weight = isByNameAlone ? Weight{Severity::Medium, Proof::Lead} : weightOf(ask);
    if (isOfContents && weight.proof == Proof::Lead)
        return std::nullopt;
    const QString title = ask.part == BackendPart::Query ? Text::tr("Anybody can ask a query of your backend")
                                                         : Text::tr("Anybody can read records of your backend");
    const QString seen =
        ask.part == BackendPart::Query
            ? Text::tr("The query %1 has an answer for a stranger. Look whether it is for everybody.").arg(ask.name)
            : tableWords(ask);
    return about(look, ask, u"records_open"_s, weight, title, seen);
}

std::optional<Finding> findingFor(const BackendLook &look, const BackendAsk &ask)
{
    switch (ask.part) {
    case BackendPart::Query:
        return recordsFinding(look, ask);
    case BackendPart::Setup:
        return about(look, ask, u"backend_unclaimed"_s, {Severity::Critical, Proof::Proven},
                     Text::tr("Anybody can be administrator of your backend"), unclaimedWords(ask.kind));
    case BackendPart::Console:
        return about(look, ask, u"console_open"_s, {Severity::Low, Proof::Proven},
                     Text::tr("The console of your database opens for everybody"),
                     Text::tr("A stranger gets the console at %1. It wants the secret, and shows where to try one.")
                         .arg(ask.question.url.toString(QUrl::RemoveQuery)));
    case BackendPart::Service:
        return about(look, ask, u"service_open"_s, {Severity::Medium, Proof::Strong},
                     Text::tr("Anybody can start a function of your backend"),
                     Text::tr("The edge function %1 ran for a stranger without a session. Where that is meant, accept "
                              "this finding with that reason.")
                         .arg(ask.name));
    case BackendPart::SignUp:
        return about(look, ask, u"sign_up_open"_s, {Severity::Low, Proof::Strong},
                     Text::tr("Anybody can make an account at your backend"),
                     Text::tr("Sign-up by address and password is open, also past your pages: a rule that asks only "
                              "for a sign-in is open to everybody. It was asked with what cannot become an account."));
    case BackendPart::Table:
        if (ask.kind != BackendKind::Supabase)
            return recordsFinding(look, ask);
        return about(look, ask, u"table_open"_s, weightOf(ask), Text::tr("Anybody can read a table of your database"),
                     tableWords(ask));
    case BackendPart::Function:
        return about(look, ask, u"function_open"_s, {Severity::Medium, Proof::Lead},
                     Text::tr("Anybody can call a function of your database"),
                     Text::tr("The function %1 answers a stranger. Look whether it hands out or does something that "
                              "is not for everybody.")
                         .arg(ask.name));
    case BackendPart::Schema:
        return about(look, ask, u"schema_listed"_s, {Severity::Low, Proof::Proven},
                     Text::tr("The list of your tables is open to everybody"),
                     Text::tr("A stranger gets the names of all tables and columns."));
    case BackendPart::Settings: {
        const bool isAtOnce = jsonRoot(ask.answer->body).toObject().value("mailer_autoconfirm"_L1).toBool();
        if (!isAtOnce)
            return std::nullopt;
        return about(look, ask, u"sign_up_unconfirmed"_s, {Severity::Low, Proof::Proven},
                     Text::tr("Anybody gets an account without confirming an address"),
                     Text::tr("Sign-up is open and needs no confirmation: a rule that asks only for a sign-in is open "
                              "to everybody."));
    }
    case BackendPart::Bucket:
        return about(look, ask, u"bucket_listed"_s, {Severity::High, Proof::Proven},
                     Text::tr("Anybody can list the files of your storage"),
                     Text::tr("The bucket %1 lists its files to a stranger.").arg(ask.name));
    case BackendPart::File:
        return about(look, ask, u"bucket_public"_s,
                     isPrivateName(ask.name) ? Weight{Severity::Critical, Proof::Strong}
                                             : Weight{Severity::Medium, Proof::Lead},
                     Text::tr("Files of your storage open for everybody"),
                     Text::tr("A file of the bucket %1 opens for a stranger by its public address.").arg(ask.name));
    case BackendPart::Database:
        return about(look, ask, u"database_open"_s, {Severity::Critical, Proof::Proven},
                     Text::tr("Anybody can read your database"),
                     Text::tr("The root of the realtime database answers a stranger with %n name(s).", nullptr,
                              static_cast<int>(jsonRoot(ask.answer->body).toObject().size())));
    case BackendPart::Collection:
        return about(look, ask, u"collection_open"_s, weightOf(ask),
                     Text::tr("Anybody can read a collection of your database"),
                     Text::tr("The collection %1 gives documents to a stranger.").arg(ask.name));
    }
    Q_UNREACHABLE();
}

struct Tally
{
    int closed = 0;
    int untold = 0;
    int asideUntold = 0; // of what is no record: a description, settings, a setup, a console
    int notCalled = 0;
    int withoutAppCheck = 0;
    HeldBack heldBack = HeldBack::No; // the question whether anybody can sign up
    HeldBack queries = HeldBack::No;  // a query of Convex
    QJsonArray rows;
    std::vector<Finding> findings;
    LookGaps gaps;
};

bool tellsOfRecords(BackendPart part)
{
    return part != BackendPart::Settings && part != BackendPart::Schema && part != BackendPart::Setup &&
           part != BackendPart::Console && part != BackendPart::SignUp;
}

// A workflow that the pages name: it was not started, so that only its owner knows what a stranger gets.
std::optional<Finding> serviceFinding(const BackendLook &look)
{
    const bool isWorkflow = look.backend.kind == BackendKind::N8n || look.backend.kind == BackendKind::Retool;
    if (!isWorkflow || look.backend.services.isEmpty())
        return std::nullopt;
    Finding finding = makeFinding(
        u"service_named"_s, Severity::Low, Proof::Lead, Impact::CostAbuse,
        Text::tr("Your pages name a workflow that anybody can start"),
        Text::tr("The code of your pages names what starts a workflow or opens an app of yours at %1: %n address(es). "
                 "Not called, as each does something. Look whether each checks who calls, and how often.",
                 nullptr, static_cast<int>(look.backend.services.size()))
            .arg(look.backend.origin.host()));
    finding.host = look.backend.origin.host();
    finding.subject = toWord(look.backend.kind);
    finding.effortMinutes = 30;
    return finding;
}

QJsonObject rowOf(const BackendAsk &ask, BackendResult result, const QUrl &origin)
{
    QJsonObject row{{u"what"_s, toWord(ask.part)}, {u"name"_s, ask.name}, {u"result"_s, toWord(result)}};
    if (ask.answer)
        row.insert(u"status"_s, ask.answer->status);
    if (ask.answer && ask.part == BackendPart::Table && rowsIn(ask) >= 0)
        row.insert(u"rows"_s, rowsIn(ask));
    if (ask.question.url.host() != origin.host())
        row.insert(u"host"_s, ask.question.url.host());
    if (!ask.columns.isEmpty())
        row.insert(u"columns"_s, QJsonArray::fromStringList(ask.columns));
    return row;
}

void countLook(Tally &tally, const BackendLook &look)
{
    QJsonArray asked;
    for (const BackendAsk &ask : look.asks) {
        if (ask.isMadeUp)
            continue;
        const BackendResult result = resultOf(look, ask);
        asked.append(rowOf(ask, result, look.backend.origin));
        // The first reason: what is beyond a run's own measure comes last.
        HeldBack &why = givesContent(ask) ? tally.queries : tally.heldBack;
        if (why == HeldBack::No)
            why = ask.heldBack;
        const bool isRecord = tellsOfRecords(ask.part);
        if (isRecord && (result == BackendResult::Closed || result == BackendResult::Empty))
            ++tally.closed;
        if (result == BackendResult::Unclear) {
            tally.untold += isRecord ? 1 : 0;
            tally.asideUntold += !isRecord && ask.heldBack == HeldBack::No ? 1 : 0; // which is said below
            tally.gaps.hide({.subject = toWord(ask.part) + u' ' + ask.name, .host = ask.question.url.host()});
        }
        auto finding = result == BackendResult::Open ? findingFor(look, ask) : std::nullopt;
        if (finding)
            tally.findings.push_back(std::move(*finding));
    }
    QStringList notCalled = look.backend.services;
    for (const BackendAsk &ask : look.asks) {
        if (ask.part == BackendPart::Service)
            notCalled.removeAll(ask.name);
    }
    QJsonObject row{{u"kind"_s, toWord(look.backend.kind)},
                    {u"origin"_s, look.backend.origin.toString()},
                    {u"asked"_s, asked},
                    {u"not_called"_s, QJsonArray::fromStringList(notCalled)}};
    if (look.backend.kind == BackendKind::Firebase)
        row.insert(u"app_check"_s, look.backend.hasAppCheck);
    tally.rows.append(row);
    tally.notCalled += static_cast<int>(notCalled.size());
    tally.withoutAppCheck += look.backend.kind == BackendKind::Firebase && !look.backend.hasAppCheck ? 1 : 0;
    if (auto finding = serviceFinding(look))
        tally.findings.push_back(std::move(*finding));
}

} // namespace

Judged withBackends(Judged judged, const std::vector<BackendLook> &looks)
{
    if (looks.empty())
        return judged;
    Tally tally;
    for (const BackendLook &look : looks)
        countLook(tally, look);
    judged.observed.insert(u"backends"_s, tally.rows);
    judged.hasNothingToTry = false; // there is something, and it may not have been reached
    QString summary = Text::tr("%n part(s) of your backend service give strangers nothing", nullptr, tally.closed);
    if (!tally.findings.empty()) {
        std::ranges::move(tally.findings, std::back_inserter(judged.findings));
        judged.outcome = outcomeFor(judged.findings);
    } else if (judged.outcome == Outcome::NotRun && tally.closed > 0) {
        judged.outcome = Outcome::Info; // the reason says what is open about the routes
    }
    tally.gaps.say(describeUntold(tally.untold, tally.asideUntold));
    tally.gaps.say({whyHeldBack(tally.heldBack), whyNotRun(tally.queries)});
    leaveOpen(judged, tally.gaps); // beside what stays open of the routes
    if (tally.notCalled > 0)
        summary +=
            Text::tr("; not called, as each does something: %n function(s) or workflow(s)", nullptr, tally.notCalled);
    if (tally.withoutAppCheck > 0)
        summary += Text::tr("; no App Check in the code of your pages: other programs may use your Firebase as well");
    judged.summary = judged.summary.isEmpty() ? summary : judged.summary + u"; "_s + summary;
    return judged;
}

} // namespace cockpit
