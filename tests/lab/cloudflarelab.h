// A server on loopback that speaks Cloudflare's documented API, as far as the program asks it: zones, settings, DNS
// records in pages, rulesets, page rules, bot management, certificates, DNSSEC, and the answers for a token that is
// wrong or may too little.
#pragma once

#include "checks/engine/netoptions.h"
#include "models/secret.h"
#include "tests/lab/hostileserver.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryFile>

#include <map>
#include <mutex>

namespace cockpit::lab {

// What the zone holds; the defaults are those of a zone that is set well.
struct LabZone
{
    QString name = QStringLiteral("example.com");
    QString id = QStringLiteral("023e105f4ecef8ad9ca31a8372d0c353");
    QString plan = QStringLiteral("Free Website");
    QString status = QStringLiteral("active");
    bool isPaused = false;
    QJsonObject settings;    // id: value
    QStringList fixedByPlan; // ids that are not editable
    QJsonArray records;      // {"name","type","content","proxied","proxiable"}
    QJsonObject rulesets;    // phase: [rules]; a phase that is missing was never made
    QJsonArray pageRules;
    QJsonObject bots;
    QJsonArray packs; // {"type","status","hosts"}
    bool isUniversal = true;
    QString dnssec = QStringLiteral("active");
};
LabZone wellSetZone();

// A whole answer instead of the usual one.
struct LabAnswer
{
    int status = 200;
    QByteArrayList headers = {"Content-Type: application/json"};
    QByteArray body;
};

class CloudflareLab
{
public:
    explicit CloudflareLab(LabZone zone = wellSetZone());
    ~CloudflareLab();

    // Leads the API's name here, and trusts this server.
    NetOptions options() const;
    Secret token() const { return Secret("Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY"); }

    void setZone(const LabZone &zone);
    void setTokenStatus(const QString &status); // "active", "disabled", "expired"
    // Parts of paths that the token may not read: "/settings", "/dns_records".
    void forbid(const QString &part);
    // For every path that holds this part; a '$' stands for its end.
    void answerWith(const QString &part, const LabAnswer &answer);

    // "/zones?name=example.com", in the order in which they came, without "/client/v4".
    QStringList asked() const;
    // Methods other than GET.
    int writes() const;

private:
    QByteArray answerTo(const QByteArray &request);
    LabAnswer usualAnswer(const QString &target) const; // under the lock
    LabAnswer ofZone(const QString &path, const QString &query) const;

    mutable std::mutex m_mutex;
    LabZone m_zone;
    QString m_tokenStatus = QStringLiteral("active");
    QStringList m_forbidden;
    std::map<QString, LabAnswer> m_scripted;
    QStringList m_asked;
    int m_writes = 0;
    QTemporaryFile m_root;
    std::unique_ptr<HostileServer> m_server; // last: its threads use the rest
};

// A list that an envelope holds, as the API writes it.
LabAnswer labResult(const QJsonValue &result, int page = 1, int totalPages = 1);
LabAnswer labError(int status, int code, const QString &message);

} // namespace cockpit::lab
