#include "app/practice/shop/backendstate.h"

#include <QJsonDocument>

namespace cockpit::backend {

using namespace Qt::StringLiterals;

namespace {

using enum BackendFault;

PageReply denied(int status, const QString &word)
{
    return shop::jsonReply(status,
                           {{u"error"_s, QJsonObject{{u"code"_s, status}, {u"message"_s, word}, {u"status"_s, word}}}});
}

PageReply record(BackendState &state, const PageRequest &request)
{
    auto &records = state.store.records;
    if (request.method == "PUT")
        records[request.path()] = request.body;
    if (request.method == "DELETE")
        records.erase(request.path());
    const auto found = records.find(request.path());
    return {.contentType = "application/json", .body = found == records.end() ? QByteArray("null") : found->second};
}

PageReply realtime(BackendState &state, const PageRequest &request)
{
    const QByteArray path = request.path();
    if (state.has(RecordsWritable) && path.startsWith("/feedback/"))
        return record(state, request);
    if (!state.has(RealtimeRootOpen))
        return shop::jsonReply(401, {{u"error"_s, u"Permission denied"_s}});
    if (path != "/.json")
        return {.status = 200, .contentType = "application/json", .body = "null"}; // nothing is kept there
    return shop::jsonReply(200, {{u"orders"_s, true}, {u"members"_s, true}});
}

PageReply firestore(const BackendState &state, const QByteArray &path)
{
    if (!path.endsWith("/documents/members") || !state.has(FirestoreOpen))
        return denied(403, u"PERMISSION_DENIED"_s);
    const QJsonObject fields{{u"email"_s, QJsonObject{{u"stringValue"_s, u"tom.okafor@birchbakery.example"_s}}}};
    return shop::jsonReply(
        200, {{u"documents"_s, QJsonArray{QJsonObject{{u"name"_s, u"projects/ledger/databases/(default)/documents/"
                                                                  "members/2"_s},
                                                      {u"fields"_s, fields}}}}});
}

PageReply signUp(const BackendState &state, const PageRequest &request)
{
    if (queryOf(request).queryItemValue(u"key"_s).toLatin1() != state.firebaseKey)
        return denied(400, u"API_KEY_INVALID"_s);
    if (!state.has(FirebaseSignUpOpen))
        return denied(400, u"ADMIN_ONLY_OPERATION"_s);
    // Without an address it is a sign-in of nobody; with one it has to be good.
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    if (body.contains("email"_L1) && !body["email"_L1].toString().contains(u'@'))
        return denied(400, u"INVALID_EMAIL"_s);
    if (body.contains("password"_L1) && body["password"_L1].toString().size() < 6)
        return denied(400, u"WEAK_PASSWORD : Password should be at least 6 characters"_s);
    return shop::jsonReply(200, {{u"idToken"_s, QString::fromLatin1(randomText(60))}, {u"expiresIn"_s, u"3600"_s}});
}

} // namespace

std::optional<PageReply> firebaseAnswer(BackendState &state, const PageRequest &request)
{
    const QByteArray path = request.path();
    if (path.endsWith(".json"))
        return realtime(state, request);
    if (path.startsWith("/v1/projects/") && path.contains("/documents/"))
        return firestore(state, path);
    if (path == "/v0/b/ledger.appspot.com/o") {
        if (!state.has(FirebaseFilesOpen))
            return denied(403, u"Permission denied."_s);
        return shop::jsonReply(200,
                               {{u"items"_s, QJsonArray{QJsonObject{{u"name"_s, u"ids/passport-fischer.jpg"_s}}}}});
    }
    if (path == "/v1/accounts:signUp" && request.method == "POST")
        return signUp(state, request);
    return {};
}

} // namespace cockpit::backend
