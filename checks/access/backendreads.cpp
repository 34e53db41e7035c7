#include "checks/access/backendreads.h"

#include "checks/access/backendasks.h"
#include "checks/access/backendfinders.h"
#include "checks/access/backendfurther.h"
#include "checks/access/backendmemory.h"
#include "checks/access/backendpages.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendReads)
};

constexpr std::size_t kMostColumnTables = 10;

// A key of the older kind is a token as well; of the newer kind it is refused as one.
std::vector<Header> headersFor(const BackendFound &backend)
{
    std::vector<Header> headers{{"apikey", backend.key}};
    if (backend.key.startsWith("eyJ"))
        headers.push_back({"Authorization", "Bearer " + backend.key});
    return headers;
}

HttpGet get(const BackendFound &backend, const QString &path, const QByteArray &method = "GET")
{
    HttpGet question;
    question.url = QUrl(backend.origin.toString() + path);
    question.method = method;
    question.headers = headersFor(backend);
    return question;
}

HttpGet counting(HttpGet question)
{
    question.headers.push_back({"Prefer", "count=exact"});
    return question;
}

HttpGet listing(const BackendFound &backend, const QString &bucket)
{
    HttpGet question = get(backend, u"/storage/v1/object/list/"_s + bucket, "POST");
    question.headers.push_back({"Content-Type", "application/json"});
    question.body = R"({"prefix":"","limit":1})";
    return question;
}

BackendAsk databaseAsk(const BackendFound &backend, const QString &place)
{
    return {BackendPart::Database, backend.origin.host(),
            HttpGet{.url = QUrl(backend.origin.toString() + u"/%1.json?shallow=true"_s.arg(place))}};
}

// The mask leaves out every field: only the name of one document comes.
BackendAsk collectionAsk(const BackendFound &backend, const QString &collection)
{
    const QString url = u"https://firestore.googleapis.com/v1/projects/%1/databases/(default)/documents/%2"
                        u"?pageSize=1&mask.fieldPaths=__name__"_s.arg(backend.project, collection);
    return {BackendPart::Collection, collection, HttpGet{.url = QUrl(url)}};
}

BackendAsk bucketAsk(const BackendFound &backend, const QString &bucket)
{
    if (backend.kind == BackendKind::Supabase)
        return {BackendPart::Bucket, bucket, listing(backend, bucket)};
    const QString url = u"https://firebasestorage.googleapis.com/v0/b/%1/o?maxResults=1"_s.arg(bucket);
    return {BackendPart::Bucket, bucket, HttpGet{.url = QUrl(url)}};
}

template<typename Maker>
void addEach(std::vector<BackendAsk> &asks, const QStringList &names, const QString &madeUp, const Maker &make)
{
    for (const QString &name : names)
        asks.push_back(make(name));
    if (names.isEmpty())
        return;
    asks.push_back(make(madeUp));
    asks.back().isMadeUp = true;
}

// pg_graphql names what a visitor may use of the tables: names alone, and a question that only reads.
BackendAsk schemaByGraphQl(const BackendFound &backend)
{
    HttpGet question = get(backend, u"/graphql/v1"_s, "POST");
    question.headers.push_back({"Content-Type", "application/json"});
    question.body = R"({"query":"query{__schema{queryType{fields{name}}}}"})";
    return {BackendPart::Schema, u"graphql"_s, question};
}

void addSupabase(std::vector<BackendAsk> &asks, const BackendFound &backend, const QString &madeUp)
{
    asks.push_back({BackendPart::Settings, u"settings"_s, get(backend, u"/auth/v1/settings"_s)});
    asks.push_back({BackendPart::Schema, u"schema"_s, get(backend, u"/rest/v1/"_s)});
    asks.push_back(schemaByGraphQl(backend));
    addEach(asks, backend.tables, madeUp, [&](const QString &name) { return tableAsk(backend, name); });
    addEach(asks, backend.functions, madeUp, [&](const QString &name) {
        return BackendAsk{BackendPart::Function, name, get(backend, u"/rest/v1/rpc/"_s + name, "HEAD")};
    });
    addEach(asks, backend.buckets, madeUp, [&](const QString &name) { return bucketAsk(backend, name); });
}

void addFirebase(std::vector<BackendAsk> &asks, const BackendFound &backend, const QString &madeUp)
{
    if (!backend.origin.isEmpty())
        addEach(asks, {QString()}, madeUp, [&](const QString &place) { return databaseAsk(backend, place); });
    addEach(asks, backend.tables, madeUp, [&](const QString &name) { return collectionAsk(backend, name); });
    addEach(asks, backend.buckets, madeUp, [&](const QString &name) { return bucketAsk(backend, name); });
}

void answerAll(const Look &look, std::vector<BackendAsk> &asks)
{
    std::vector<HttpGet> questions;
    for (const BackendAsk &ask : asks) {
        if (!givesContent(ask))
            questions.push_back(ask.question);
    }
    const auto answers = look.seen.askAll(questions);
    auto answer = answers.begin();
    for (BackendAsk &ask : asks) {
        if (givesContent(ask)) {
            ask.heldBack = HeldBack::NotPermitted; // until backendcalls.h asks it
            continue;
        }
        const auto &mine = **answer++;
        if (mine)
            ask.answer = *mine;
    }
}

constexpr std::size_t kMostHostsTried = 6;

// The product's own hosts, which may be such a service without a word about it in the pages.
std::vector<BackendFound> possibleHosts(const Look &look, const std::vector<BackendFound> &named)
{
    std::vector<BackendFound> possible;
    std::size_t tried = 0;
    for (const Host &host : look.target.hosts) {
        if (host.role == HostRole::Mail || host.role == HostRole::Www || ++tried > kMostHostsTried)
            continue;
        const QUrl origin = QUrl(httpsAddress(host).toString(QUrl::RemovePath | QUrl::RemoveQuery));
        for (const BackendKind kind : kindsByFingerprint()) {
            const bool isNamed = std::ranges::any_of(
                named, [&](const BackendFound &one) { return one.kind == kind && one.origin == origin; });
            if (!isNamed)
                possible.push_back({.kind = kind, .origin = origin, .key = {}, .project = {}, .isCertain = false});
        }
    }
    return possible;
}

// What is recognised by words of the code alone may be anybody's interface, and the question is one for
// administrators: it goes to the product's own hosts, and to those of the service's vendor.
bool mayBeAsked(const Target &target, const BackendFound &found)
{
    const QString host = found.origin.host();
    return found.isCertain || isAtVendor(found) || isSameSite(host, target.domain) ||
           std::ranges::any_of(target.hosts,
                               [&](const Host &one) { return one.role != HostRole::Mail && one.name == host; });
}

void leaveStrangers(std::vector<BackendFound> &found, const Target &target, QStringList &notAsked)
{
    std::erase_if(found, [&](const BackendFound &one) {
        if (mayBeAsked(target, one))
            return false;
        notAsked.append(one.origin.toString());
        return true;
    });
    notAsked.removeDuplicates();
}

// Without those that turn out to be something else.
std::vector<BackendFound> recognised(const Look &look, std::vector<BackendFound> found)
{
    std::ranges::move(possibleHosts(look, found), std::back_inserter(found));
    std::vector<HttpGet> questions;
    for (const BackendFound &one : found) {
        if (const auto question = one.isCertain ? std::nullopt : fingerprintOf(one))
            questions.push_back(*question);
    }
    const auto answers = look.seen.askAll(questions);
    auto answer = answers.begin();
    std::erase_if(found, [&](const BackendFound &one) {
        if (one.isCertain || !fingerprintOf(one))
            return false;
        const auto &mine = **answer++;
        return !mine || !isFingerprint(one.kind, *mine);
    });
    return found;
}

void readColumns(const Look &look, BackendLook &seen)
{
    std::size_t looked = 0;
    for (BackendAsk &ask : seen.asks) {
        if (ask.part != BackendPart::Table || ask.kind != BackendKind::Supabase ||
            resultOf(seen, ask) != BackendResult::Open || ++looked > kMostColumnTables)
            continue;
        std::vector<HttpGet> questions;
        for (const QString &column : privateColumns())
            questions.push_back(columnQuestion(seen.backend, ask.name, column));
        const auto answers = look.seen.askAll(questions);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (*answers[i] && (*answers[i])->status >= 200 && (*answers[i])->status < 300)
                ask.columns.append(privateColumns().at(static_cast<qsizetype>(i)));
        }
        // Whoever says yes to every name has told nothing.
        const auto made = look.seen.ask(columnQuestion(seen.backend, ask.name, u"lc_no_such_column"_s));
        if (!*made || ((*made)->status >= 200 && (*made)->status < 300))
            ask.columns.clear();
    }
}

} // namespace

BackendAsk tableAsk(const BackendFound &backend, const QString &table)
{
    return {BackendPart::Table, table, counting(get(backend, u"/rest/v1/%1?select=*&limit=1"_s.arg(table), "HEAD"))};
}

bool givesContent(const BackendAsk &ask)
{
    return ask.part == BackendPart::Query;
}

const QStringList &privateColumns()
{
    static const QStringList names{u"email"_s, u"phone"_s, u"full_name"_s, u"address"_s, u"password"_s};
    return names;
}

HttpGet columnQuestion(const BackendFound &backend, const QString &table, const QString &column)
{
    return get(backend, u"/rest/v1/%1?select=%2&limit=1"_s.arg(table, column), "HEAD");
}

std::vector<BackendAsk> backendAsks(const BackendFound &backend, const QString &madeUp)
{
    std::vector<BackendAsk> asks;
    if (backend.kind == BackendKind::Supabase)
        addSupabase(asks, backend, madeUp);
    else if (backend.kind == BackendKind::Firebase)
        addFirebase(asks, backend, madeUp);
    else
        return otherBackendAsks(backend, madeUp);
    return asks;
}

std::vector<BackendLook> lookAtBackends(const Look &look, QStringList &notAsked)
{
    std::vector<BackendLook> looks;
    std::vector<BackendFound> named = backendsIn(codeOfPages(look));
    leaveStrangers(named, look.target, notAsked);
    addTablesOfCode(look, named);
    const QString madeUp = u"lc_"_s + probeWord(look.target.domain + look.startedAt.toString(Qt::ISODateWithMs));
    for (BackendFound &found : recognised(look, std::move(named))) {
        recallNames(found, look.facts.lastObserved(u"access.unauthenticated"_s));
        BackendLook seen{.backend = std::move(found), .asks = {}};
        seen.asks = backendAsks(seen.backend, madeUp);
        answerAll(look, seen.asks);
        for (auto *further : {&furtherTables, &filesOf}) {
            std::vector<BackendAsk> more = further(seen);
            answerAll(look, more);
            std::ranges::move(more, std::back_inserter(seen.asks));
        }
        readColumns(look, seen);
        looks.push_back(std::move(seen));
    }
    return looks;
}

Judged withNotAsked(Judged judged, const QStringList &origins)
{
    if (origins.isEmpty())
        return judged;
    judged.observed.insert(u"backends_not_asked"_s, QJsonArray::fromStringList(origins));
    const QString words = Text::tr("not asked, as neither you nor a vendor of backend services is known to own the "
                                   "host: %1")
                              .arg(origins.join(u", "_s));
    judged.summary = judged.summary.isEmpty() ? words : judged.summary + u"; "_s + words;
    const LookGap gap{.sentence = Text::tr("The code of your pages names what may be a backend service: %1. It was not "
                                           "asked, as its host may be somebody else's. If it is yours, add it to the "
                                           "hosts of the product.")
                                      .arg(origins.join(u", "_s))};
    leaveOpen(judged, gap);
    return judged;
}

} // namespace cockpit
