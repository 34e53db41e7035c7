// Where something is put into a backend service, and how.
#include "checks/access/backendwrites.h"

#include "checks/actors/canary.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "models/access/routesample.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendWrites)
};

const QString kFirestoreHost = u"firestore.googleapis.com"_s;
const QString kFilesHost = u"firebasestorage.googleapis.com"_s;

struct PlaceForm
{
    BackendKind kind;
    BackendPart part;
    QRegularExpression path; // the first group is the name
};

const std::vector<PlaceForm> &placeForms()
{
    using enum BackendPart;
    static const std::vector<PlaceForm> forms{
        {BackendKind::Supabase, Table, QRegularExpression(u"^/rest/v1/([A-Za-z_]\\w{0,62})$"_s)},
        {BackendKind::Supabase, Bucket, QRegularExpression(u"^/storage/v1/object/([\\w.-]{1,62})$"_s)},
        {BackendKind::Firebase, Collection,
         QRegularExpression(u"^/v1/projects/[a-z0-9-]{4,40}/databases/\\(default\\)/documents/([\\w-]{1,62})$"_s)},
        {BackendKind::Firebase, Bucket, QRegularExpression(u"^/v0/b/([a-z0-9.-]{4,80})/o$"_s)},
        {BackendKind::Firebase, Database, QRegularExpression(u"^/([\\w-]{1,62}(?:/[\\w-]{1,62}){0,5})\\.json$"_s)}};
    return forms;
}

bool isHostOf(const BackendFound &backend, const PlaceForm &form, const Route &route)
{
    if (backend.kind != form.kind)
        return false;
    if (form.part == BackendPart::Collection)
        return route.host == kFirestoreHost && route.path.startsWith(u"/v1/projects/%1/"_s.arg(backend.project));
    if (form.kind == BackendKind::Firebase && form.part == BackendPart::Bucket)
        return route.host == kFilesHost && backend.buckets.contains(route.path.section(u'/', 3, 3));
    return !backend.origin.isEmpty() && route.host == hostOf(backend.origin);
}

std::optional<BackendPlace> placeOf(const Route &route, const BackendFound *backend)
{
    if (!maySafelyWrite(route) || route.method != "POST"_L1 || route.host.isEmpty())
        return std::nullopt;
    for (const PlaceForm &form : placeForms()) {
        const auto match = form.path.match(route.path);
        if (match.hasMatch() && (!backend || isHostOf(*backend, form, route)))
            return BackendPlace{form.part, match.captured(1), route};
    }
    return std::nullopt;
}

ActiveRequest requestTo(const BackendFound &backend, const QByteArray &method, const QString &address)
{
    ActiveRequest request{.method = method, .url = QUrl(address)};
    if (backend.kind == BackendKind::Supabase)
        request.headers = {{"apikey", backend.key}};
    if (backend.kind == BackendKind::Supabase && backend.key.startsWith("eyJ"))
        request.headers.push_back({"Authorization", "Bearer " + backend.key});
    request.writes = method != "GET";
    return request;
}

void setBody(ActiveRequest &request, const QByteArray &contentType, const QByteArray &body)
{
    request.headers.push_back({"Content-Type", contentType});
    request.body = body;
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// A field that takes any text, as far as its name and its value tell: no id, no date, no address.
bool takesAnyText(const QString &name, const QJsonValue &value)
{
    static const QRegularExpression ids(u"(?:^|_)(?:id|uuid|at|on|date|time|email|url|kind|type|status|role)$|Id$"_s);
    static const QRegularExpression formed(u"^[0-9a-f-]{32,36}$|^\\d{4}-\\d\\d|[@/]"_s);
    return value.isString() && !ids.match(name).hasMatch() && !formed.match(value.toString()).hasMatch();
}

// The founder's example with that text in it.
std::optional<SmallRow> rowLike(const RouteSample &sample, const QString &text)
{
    const auto body = bodyWithText(sample.body, sample.contentType, text);
    SmallRow row{.fields = QJsonDocument::fromJson(body.value_or(sample.body)).object(), .column = {}};
    for (auto it = row.fields.begin(); it != row.fields.end() && row.column.isEmpty(); ++it) {
        const bool isIt = body ? it.value() == QJsonValue(text) : takesAnyText(it.key(), it.value());
        if (isIt)
            row.column = it.key();
    }
    if (row.column.isEmpty())
        return std::nullopt;
    row.fields.insert(row.column, text);
    return row;
}

// The row is looked for and removed by "column=eq.text". A name that PostgREST (url_grammar: its own parameters, "and"
// and "or", "." and "->" of what is inside) or the gateway before it (apikey) reads in another way would be no filter,
// and the removal one of every row.
bool canFilter(const QString &column)
{
    static const QRegularExpression plain(u"^[\\p{L}_][\\p{L}\\p{N}_ $-]*$"_s);
    static const QStringList taken{u"select"_s, u"columns"_s, u"on_conflict"_s, u"order"_s, u"limit"_s,
                                   u"offset"_s, u"and"_s,     u"or"_s,          u"not"_s,   u"apikey"_s};
    return plain.match(column).hasMatch() && !taken.contains(column, Qt::CaseInsensitive);
}

// With nothing in the place of what every row needs: it cannot come into being. The text stays in it, by which it is
// found and removed where what is known of the table is not true any more.
std::optional<QJsonObject> rowWithGap(const SmallRow &row, const TableShape *shape)
{
    if (!shape)
        return std::nullopt;
    const auto needed = std::ranges::find_if(
        shape->columns, [&](const TableColumn &one) { return one.isRequired && one.name != row.column; });
    if (needed == shape->columns.end())
        return std::nullopt;
    QJsonObject fields = row.fields;
    fields.insert(needed->name, QJsonValue::Null);
    return fields;
}

// By the founder's example, else by what is known of the table.
std::optional<SmallRow> rowFor(const BackendPlace &place, const std::vector<RouteSample> &samples,
                               const TableShape *shape, const QString &text)
{
    const RouteSample *sample = sampleFor(u"POST"_s, place.route.path, place.route.host, samples);
    const auto row = sample ? rowLike(*sample, text) : std::nullopt;
    return row || !shape ? row : smallRowFor(*shape, text);
}

Result<BackendTrial> tableTrial(BackendTrial trial, const BackendFound &backend,
                                const std::vector<RouteSample> &samples, const std::vector<TableShape> &shapes)
{
    const auto shape = std::ranges::find(shapes, trial.place.name, &TableShape::name);
    const TableShape *known = shape == shapes.end() ? nullptr : &*shape;
    const auto row = rowFor(trial.place, samples, known, trial.text);
    if (!row)
        return failure(ErrorKind::NotFound,
                       Text::tr("nobody knows what a row needs: give an example of what is sent to %1, with a text in "
                                "it, or name the folder of the code with its types")
                           .arg(routeName(trial.place.route)));
    if (!canFilter(row->column))
        return failure(ErrorKind::NotFound,
                       Text::tr("a row with a text in its column %1 could not be told from the others, and so not be "
                                "removed again: give an example of what is sent to %2 with a text in another column")
                           .arg(row->column, routeName(trial.place.route)));
    trial.hidesSilently = true;
    const QString table = backend.origin.toString() + trial.place.route.path;
    const QString own = u"%1?%2=eq.%3"_s.arg(table, row->column, trial.text);
    trial.see = requestTo(backend, "GET", own + u"&select="_s + row->column);
    trial.create = requestTo(backend, "POST", table);
    // Rolled back where the service lets visitors ask for that (PostgREST, db-tx-end).
    trial.create.headers.push_back({"Prefer", "return=representation, tx=rollback"});
    setBody(trial.create, "application/json", compact(row->fields));
    trial.remove = requestTo(backend, "DELETE", own);
    if (const auto fields = rowWithGap(*row, known)) {
        trial.blind = requestTo(backend, "POST", table);
        trial.blind->headers.push_back({"Prefer", "return=minimal, tx=rollback"});
        setBody(*trial.blind, "application/json", compact(*fields));
    }
    return trial;
}

BackendTrial fileTrial(BackendTrial trial, const BackendFound &backend)
{
    const QString file = trial.text + u".txt"_s;
    const QString bucket = u"https://%1%2"_s.arg(trial.place.route.host, trial.place.route.path);
    if (backend.kind == BackendKind::Supabase) {
        trial.hidesSilently = true;
        const QString base = backend.origin.toString() + u"/storage/v1/object/"_s;
        trial.see = requestTo(backend, "POST", base + u"list/"_s + trial.place.name);
        trial.see.writes = false;
        setBody(trial.see, "application/json",
                compact({{u"prefix"_s, QString()}, {u"search"_s, trial.text}, {u"limit"_s, 1}}));
        trial.create = requestTo(backend, "POST", base + trial.place.name + u'/' + file);
        trial.remove = requestTo(backend, "DELETE", base + trial.place.name + u'/' + file);
    } else {
        trial.see = requestTo(backend, "GET", bucket + u'/' + file);
        trial.create = requestTo(backend, "POST", u"%1?uploadType=media&name=%2"_s.arg(bucket, file));
        trial.remove = requestTo(backend, "DELETE", bucket + u'/' + file);
    }
    setBody(trial.create, "text/plain", trial.text.toLatin1());
    return trial;
}

BackendTrial recordTrial(BackendTrial trial, const BackendFound &backend)
{
    const QString base = u"https://%1%2"_s.arg(trial.place.route.host, trial.place.route.path);
    if (trial.place.part == BackendPart::Database) {
        const QString own = base.chopped(5) + u'/' + trial.text + u".json"_s;
        trial.see = requestTo(backend, "GET", own);
        trial.create = requestTo(backend, "PUT", own);
        setBody(trial.create, "application/json", compact({{u"note"_s, trial.text}}));
        trial.remove = requestTo(backend, "DELETE", own);
        return trial;
    }
    trial.see = requestTo(backend, "GET", base + u'/' + trial.text);
    trial.create = requestTo(backend, "POST", base + u"?documentId="_s + trial.text);
    const QJsonObject note{{u"stringValue"_s, trial.text}};
    setBody(trial.create, "application/json", compact({{u"fields"_s, QJsonObject{{u"note"_s, note}}}}));
    trial.remove = requestTo(backend, "DELETE", base + u'/' + trial.text);
    return trial;
}

} // namespace

std::vector<BackendPlace> markedPlaces(const std::vector<Route> &routes, const BackendFound *backend)
{
    std::vector<BackendPlace> places;
    for (const Route &route : routes) {
        if (auto place = placeOf(route, backend))
            places.push_back(std::move(*place));
    }
    return places;
}

int requestsForWrites(const std::vector<Route> &routes)
{
    return kWriteRequests * std::min(kMostWrites, static_cast<int>(markedPlaces(routes).size()));
}

Result<BackendTrial> trialFor(const BackendPlace &place, const BackendFound &backend,
                              const std::vector<RouteSample> &samples, const std::vector<TableShape> &shapes)
{
    BackendTrial trial{.place = place, .text = newCanaryText(), .see = {}, .create = {}, .remove = {}};
    Result<BackendTrial> made = place.part == BackendPart::Table
                                    ? tableTrial(std::move(trial), backend, samples, shapes)
                                : place.part == BackendPart::Bucket ? fileTrial(std::move(trial), backend)
                                                                    : recordTrial(std::move(trial), backend);
    if (!made)
        return made;
    made->remove.errand = ActiveErrand::Undo;
    for (ActiveRequest *one : {&made->see, &made->create, &made->remove})
        one->routeName = place.route.path;
    if (made->blind)
        made->blind->routeName = place.route.path;
    return made;
}

} // namespace cockpit
