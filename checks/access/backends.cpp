#include "checks/access/backends.h"

#include "checks/access/backendfinders.h"
#include "checks/tokens/jwt.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kBeforeKey = 300;

// Empty for a key that is no token.
QString claimOf(const QByteArray &key, const QString &name)
{
    const auto token = jwtIn(Secret(key));
    return token ? token->claims.text(name) : QString();
}

// "Array.from(" and its like take no name, but minified code calls whatever it likes "from".
void addSupabaseNames(BackendFound &found, const QString &code)
{
    static const QRegularExpression tables(u"(?:(?<!storage)(?<!Array)(?<!Buffer)(?<!Object)\\.from\\(|/rest/v1/(?!rpc/"
                                           u"))[\"'`]?([A-Za-z_][A-Za-z0-9_]{0,62})"
                                           u"(?:[\"'`]\\)|[\"'`?])"_s);
    static const QRegularExpression functions(
        u"(?:\\.rpc\\([\"'`]|/rest/v1/rpc/)([A-Za-z_][A-Za-z0-9_]{0,62})[\"'`?]"_s);
    static const QRegularExpression buckets(u"(?:\\bstorage\\.from\\([\"'`]|/storage/v1/object/(?:public|sign)/)"
                                            u"([A-Za-z0-9_.-]{1,62})[\"'`/]"_s);
    static const QRegularExpression services(
        u"(?:\\bfunctions\\.invoke\\([\"'`]|/functions/v1/)([A-Za-z0-9_-]{1,62})[\"'`?]"_s);
    addNames(found.services, code, services, kMostDatabaseFunctions);
    addNames(found.tables, code, tables, kMostTables);
    addNames(found.functions, code, functions, kMostDatabaseFunctions);
    addNames(found.buckets, code, buckets, kMostBuckets);
}

// createClient("https://…", "key") in any spelling that a packer makes of it; else the project that the key names.
QUrl originFor(const QString &code, qsizetype keyAt, const QByteArray &key)
{
    static const QRegularExpression beside(u"[\"'`](https://[a-z0-9.-]+)/?[\"'`]\\s*,\\s*[\"'`]$"_s);
    const QString before = code.mid(std::max<qsizetype>(0, keyAt - kBeforeKey), std::min(keyAt, kBeforeKey));
    if (const auto match = beside.match(before); match.hasMatch())
        return QUrl(match.captured(1));
    static const QRegularExpression reference(u"^[a-z0-9]{15,30}$"_s);
    const QString ref = claimOf(key, u"ref"_s);
    if (reference.match(ref).hasMatch() && code.contains(ref + ".supabase.co"_L1))
        return QUrl(u"https://%1.supabase.co"_s.arg(ref));
    static const QRegularExpression hosted(u"https://[a-z0-9]{15,30}\\.supabase\\.co"_s);
    const auto match = hosted.match(code);
    return ref.isEmpty() && match.hasMatch() ? QUrl(match.captured()) : QUrl();
}

void findSupabase(std::vector<BackendFound> &all, const QString &code)
{
    static const QRegularExpression keys(
        u"\\b(eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}|sb_publishable_[A-Za-z0-9_-]{20,})"_s);
    auto matches = keys.globalMatch(code);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const QByteArray key = match.captured(1).toLatin1();
        const QUrl origin = isPublicSupabaseKey(key) ? originFor(code, match.capturedStart(1), key) : QUrl();
        if (!origin.isEmpty())
            addBackend(all, {.kind = BackendKind::Supabase, .origin = origin, .key = key, .project = {}});
    }
}

QString fieldIn(const QString &text, const QString &name)
{
    const QRegularExpression field(u"\\b%1[\"']?\\s*:\\s*[\"'`]([^\"'`\\s]{1,200})[\"'`]"_s.arg(name));
    return field.match(text).captured(1);
}

// What firebase.initializeApp() takes: the fields stand side by side.
void findFirebase(std::vector<BackendFound> &all, const QString &code)
{
    static const QRegularExpression keys(u"apiKey[\"']?\\s*:\\s*[\"'`](AIza[A-Za-z0-9_-]{35})[\"'`]"_s);
    constexpr qsizetype kAround = 800;
    auto matches = keys.globalMatch(code);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const qsizetype from = std::max<qsizetype>(0, match.capturedStart() - kAround);
        const QString around = code.mid(from, match.capturedEnd() + kAround - from);
        static const QRegularExpression plain(u"^[a-z0-9-]{4,40}$"_s);
        BackendFound found{.kind = BackendKind::Firebase, .origin = {}, .key = match.captured(1).toLatin1()};
        found.project = fieldIn(around, u"projectId"_s);
        if (!plain.match(found.project).hasMatch())
            continue;
        const QUrl database(fieldIn(around, u"databaseURL"_s));
        if (database.scheme() == "https"_L1)
            found.origin = QUrl(u"https://"_s + database.authority());
        static const QRegularExpression bucketName(u"^[a-z0-9.-]{4,80}$"_s);
        if (const QString bucket = fieldIn(around, u"storageBucket"_s); bucketName.match(bucket).hasMatch())
            found.buckets = {bucket};
        addBackend(all, std::move(found));
    }
}

void addFirebaseNames(BackendFound &found, const QString &code)
{
    static const QRegularExpression collections(u"(?:\\bcollection\\(\\s*[A-Za-z_$][\\w$.]{0,30}\\s*,\\s*|\\."
                                                u"collection\\(\\s*)[\"'`]([A-Za-z_][A-Za-z0-9_-]{0,62})"
                                                u"[\"'`]"_s);
    addNames(found.tables, code, collections, kMostTables);
    // The service that the library of App Check asks, by whatever name a packer gave to its functions.
    found.hasAppCheck =
        found.hasAppCheck || code.contains("initializeAppCheck"_L1) || code.contains("exchangeRecaptcha"_L1);
}

} // namespace

void addBackend(std::vector<BackendFound> &all, BackendFound found)
{
    const bool isKnown = std::ranges::any_of(all, [&](const BackendFound &one) {
        return one.kind == found.kind && one.origin == found.origin && one.project == found.project;
    });
    if (!isKnown && all.size() < kMostBackends)
        all.push_back(std::move(found));
}

void addNames(QStringList &names, const QString &code, const QRegularExpression &pattern, qsizetype most)
{
    addNames(names, code, pattern, most, [](const QRegularExpressionMatch &match) { return match.captured(1); });
}

void addNames(QStringList &names, const QString &code, const QRegularExpression &pattern, qsizetype most,
              NameOfMatch nameOf)
{
    auto matches = pattern.globalMatch(code);
    while (matches.hasNext() && names.size() < most) {
        const QString name = nameOf(matches.next());
        if (!name.isEmpty() && !names.contains(name))
            names.append(name);
    }
}

QString toWord(BackendKind value)
{
    switch (value) {
    case BackendKind::Supabase:
        return u"supabase"_s;
    case BackendKind::Firebase:
        return u"firebase"_s;
    case BackendKind::PocketBase:
        return u"pocketbase"_s;
    case BackendKind::Convex:
        return u"convex"_s;
    case BackendKind::Hasura:
        return u"hasura"_s;
    case BackendKind::Appwrite:
        return u"appwrite"_s;
    case BackendKind::Strapi:
        return u"strapi"_s;
    case BackendKind::Directus:
        return u"directus"_s;
    case BackendKind::N8n:
        return u"n8n"_s;
    case BackendKind::Retool:
        return u"retool"_s;
    }
    Q_UNREACHABLE();
}

bool isPublicSupabaseKey(const QByteArray &key)
{
    return key.startsWith("sb_publishable_") || claimOf(key, u"role"_s) == "anon"_L1;
}

std::vector<BackendFound> backendsIn(const std::vector<QByteArray> &files)
{
    std::vector<BackendFound> all;
    for (const QByteArray &file : files) {
        const bool mayBe = file.contains("eyJ") || file.contains("sb_publishable_") || file.contains("AIza");
        const QString code = mayBe || maySpeakOfOthers(file) ? QString::fromUtf8(file) : QString();
        findSupabase(all, code);
        findFirebase(all, code);
        findOthers(all, code);
    }
    // The names may stand in another file than the key.
    for (const QByteArray &file : files) {
        const QString code = all.empty() ? QString() : QString::fromUtf8(file);
        for (BackendFound &found : all) {
            if (found.kind == BackendKind::Supabase)
                addSupabaseNames(found, code);
            else if (found.kind == BackendKind::Firebase)
                addFirebaseNames(found, code);
            else
                addOtherNames(found, code);
        }
    }
    return all;
}

} // namespace cockpit
