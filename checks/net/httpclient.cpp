#include "checks/net/httpclient.h"

#include "checks/engine/observations.h"
#include "checks/net/httpbatch.h"
#include "checks/net/trustroots.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

// GraphQL names what changes something a mutation; a query only reads (its specification, 6.2).
bool isQuery(const HttpGet &question)
{
    static const QRegularExpression change(QStringLiteral("\\b(?:mutation|subscription)\\b"));
    const QJsonObject sent = QJsonDocument::fromJson(question.body).object();
    const QString text = sent.value(QLatin1String("query")).toString().trimmed();
    return question.method == "POST" && sent.size() == 1 &&
           (text.startsWith(QLatin1String("query")) || text.startsWith(QLatin1Char('{'))) &&
           !change.match(text).hasMatch();
}

// A look-up in the OSV database, whose lists of names are too long for an address (google.github.io/osv.dev/api).
bool isOsvLookUp(const HttpGet &question)
{
    return question.method == "POST" && question.trustedOnly &&
           question.url == QUrl(QStringLiteral("https://api.osv.dev/v1/querybatch"));
}

// Supabase's storage lists the files of a bucket by a POST (supabase.com/docs, storage: list).
bool isStorageList(const HttpGet &question)
{
    const QJsonObject sent = QJsonDocument::fromJson(question.body).object();
    return question.method == "POST" && sent.size() == 2 && sent.contains(QLatin1String("prefix")) &&
           sent.contains(QLatin1String("limit")) &&
           question.url.path().startsWith(QLatin1String("/storage/v1/object/list/"));
}

// Convex runs there what is written as a query alone, which its runtime keeps from writing (docs.convex.dev, HTTP API).
bool isConvexQuery(const HttpGet &question)
{
    const QJsonObject sent = QJsonDocument::fromJson(question.body).object();
    return question.method == "POST" && question.url.path() == QLatin1String("/api/query") &&
           question.url.host().endsWith(QLatin1String(".convex.cloud")) && sent.size() == 3 &&
           sent.contains(QLatin1String("path")) && sent.value(QLatin1String("args")).toObject().isEmpty();
}

bool isReadByPost(const HttpGet &question)
{
    return isQuery(question) || isOsvLookUp(question) || isStorageList(question) || isConvexQuery(question);
}

std::optional<Error> refusal(const HttpGet &question)
{
    // PROPFIND asks for a listing (RFC 4918 section 9.1) and is registered as safe.
    static constexpr std::array<QByteArrayView, 4> kReading = {"GET", "HEAD", "OPTIONS", "PROPFIND"};
    const QString scheme = question.url.scheme();
    if (!question.url.isValid() || question.url.host().isEmpty() ||
        (scheme != QLatin1String("http") && scheme != QLatin1String("https"))) {
        return Error{ErrorKind::BadInput,
                     Text::tr("\"%1\" is not a web address that can be asked for.").arg(question.url.toString())};
    }
    if (question.trustedOnly && scheme != QLatin1String("https")) {
        return Error{
            ErrorKind::BadInput,
            Text::tr("\"%1\" is not encrypted, so nothing secret is sent there.").arg(question.url.toString())};
    }
    const bool isReading = std::ranges::find(kReading, QByteArrayView(question.method)) != kReading.end();
    if ((isReading && !question.body.isEmpty()) || (!isReading && !isReadByPost(question))) {
        return Error{ErrorKind::BadInput,
                     Text::tr("The method %1 is not one that only reads.").arg(QString::fromLatin1(question.method))};
    }
    return std::nullopt;
}

} // namespace

Result<HttpResponse> probe(const HttpGet &question, ProbeContext &context)
{
    return std::move(probeAll(std::span<const HttpGet>(&question, 1), context).front());
}

std::vector<Result<HttpResponse>> probeAll(std::span<const HttpGet> questions, ProbeContext &context)
{
    const auto roots = context.observations.ask(TrustRoots{context.options.caFile});
    if (!*roots)
        return std::vector<Result<HttpResponse>>(questions.size(), tl::unexpected<Error>(roots->error()));

    std::vector<HostAddresses> places;
    for (const HttpGet &question : questions)
        places.push_back({hostOf(question.url), portOf(question.url)});
    const auto addresses = context.observations.askAll(places);

    HttpBatch batch(context, (*roots)->get());
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (const auto error = refusal(questions[i]))
            batch.addAnswered(*error);
        else if (!*addresses[i])
            batch.addAnswered(addresses[i]->error());
        else
            batch.add(questions[i], **addresses[i]);
    }
    return batch.run();
}

} // namespace cockpit
